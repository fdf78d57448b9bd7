package dev.iresnet.training.detection;

import dev.iresnet.evaluation.Annotations;
import dev.iresnet.evaluation.TrueObject;
import dev.iresnet.image.EncodedImage;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.training.Augmentation;
import dev.iresnet.training.CropStore;
import dev.iresnet.training.Dataset;
import dev.iresnet.training.DatasetReader;
import dev.iresnet.training.LabelledPicture;
import dev.iresnet.training.LearningPictures;
import dev.iresnet.training.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/** Pictures with annotated boxes to learn from and to measure with. */
public final class DetectionPictures implements LearningPictures {
    private final Source source;
    private final List<String> labels;
    private final Dataset training;
    private final Optional<Dataset> validation;

    /** In pixels of the pictures, by path. */
    private final Map<Path, List<TrueObject>> truth;

    private DetectionPictures(
            Source source,
            List<String> labels,
            Dataset training,
            Optional<Dataset> validation,
            Map<Path, List<TrueObject>> truth) {
        this.source = source;
        this.labels = labels;
        this.training = training;
        this.validation = validation;
        this.truth = truth;
    }

    /**
     * Some annotated pictures.
     *
     * @param directory of the pictures, at any depth
     * @param annotations a directory of VOC's XML files, or COCO's JSON file
     * @param split names the pictures to take, one a line; all that are annotated if it is not
     *     there
     */
    public record Part(Path directory, Path annotations, Optional<Path> split) {}

    /**
     * Where the pictures are.
     *
     * @param training to learn from
     * @param order list of the pictures to take of these, in this order, instead of a split
     * @param validation to measure with
     * @param share of the pictures to measure with, where nothing else is said of them; 0 for none
     */
    public record Source(
            Part training, Optional<Path> order, Optional<Part> validation, double share) {
        public Source {
            if (!(share >= 0 && share < 1)) {
                throw new IllegalArgumentException(
                        "--validation must be a file, a directory or a share below 1, got "
                                + share);
            }
            if (order.isPresent() && training.split().isPresent()) {
                throw new IllegalArgumentException("--order and --split exclude each other");
            }
        }

        String validationName() {
            return validation
                    .map(part -> part.split().orElse(part.directory()))
                    .map(path -> String.valueOf(path.toAbsolutePath().normalize().getFileName()))
                    .orElse(String.valueOf(share));
        }
    }

    /**
     * Reads annotations, and all files once, for their digests.
     *
     * @param failed told of files that cannot be read, which are left out
     * @throws IOException if annotations are damaged or name other classes
     * @throws TrainingException if they cannot be learned from
     */
    public static DetectionPictures read(
            Source source, long seed, BiConsumer<Path, Exception> failed) throws IOException {
        List<String> labels = Annotations.labels(source.training().annotations());
        if (labels.isEmpty()) {
            throw new TrainingException(
                    source.training().annotations() + " annotates no object to learn");
        }
        Map<Path, List<TrueObject>> truth = new HashMap<>();
        Dataset all = read(source.training(), source.order(), labels, truth, failed);
        if (source.validation().isPresent()) {
            Dataset other =
                    read(source.validation().get(), Optional.empty(), labels, truth, failed);
            return new DetectionPictures(source, labels, all, Optional.of(other), truth);
        }
        if (source.share() == 0) {
            return new DetectionPictures(source, labels, all, Optional.empty(), truth);
        }
        Dataset.Split split = all.split(source.share(), seed);
        Optional<Dataset> measured = Optional.of(split.validation());
        return new DetectionPictures(source, labels, split.training(), measured, truth);
    }

    private static Dataset read(
            Part part,
            Optional<Path> order,
            List<String> labels,
            Map<Path, List<TrueObject>> truth,
            BiConsumer<Path, Exception> failed)
            throws IOException {
        if (!Files.isDirectory(part.directory())) {
            throw new TrainingException(part.directory() + " is not a directory");
        }
        Annotations annotations = Annotations.read(part.annotations(), labels);
        List<Path> files =
                order.isPresent()
                        ? DatasetReader.lines(part.directory(), order.get())
                        : EncodedImage.below(part.directory());
        List<Path> taken = annotations.taken(files, f -> name(part.directory(), f), part.split());
        if (order.isPresent() && taken.size() < files.size()) {
            throw new TrainingException(
                    "%s names %d pictures, of which %d are annotated"
                            .formatted(order.get(), files.size(), taken.size()));
        }
        List<LabelledPicture> pictures = new ArrayList<>();
        for (Path file : taken) {
            try {
                pictures.add(LabelledPicture.of(file, 0));
                truth.put(file, annotations.of(name(part.directory(), file)).orElseThrow());
            } catch (IOException e) {
                requireUnordered(order, file, e);
                failed.accept(file, e);
            }
        }
        // a picture has objects of many classes, and none itself
        return new Dataset(List.of("picture"), pictures);
    }

    private static Path name(Path directory, Path file) {
        return file.startsWith(directory) ? directory.relativize(file) : file;
    }

    private static void requireUnordered(Optional<Path> order, Path file, IOException e) {
        if (order.isPresent()) {
            throw new TrainingException(
                    "%s names %s, which cannot be read: %s"
                            .formatted(order.get(), file, e.getMessage()),
                    e);
        }
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    @Override
    public int count() {
        return training.pictures().size() + validation.map(v -> v.pictures().size()).orElse(0);
    }

    @Override
    public Prepared decode(
            Preprocessing rule,
            Augmentation augmentation,
            Path directory,
            int threads,
            BiConsumer<Path, Exception> failed,
            IntConsumer done)
            throws IOException {
        Views.requireKnown(augmentation);
        CropStore.Listener listener = CropStore.Listener.of(failed, done);
        CropStore learned =
                CropStore.open(
                        training, Views.stored(rule, augmentation), directory, threads, listener);
        Optional<CropStore> measured = Optional.empty();
        if (validation.isPresent()) {
            measured =
                    Optional.of(
                            CropStore.open(validation.get(), rule, directory, threads, listener));
        }
        CropStore.deleteOthers(
                directory, Stream.concat(Stream.of(learned), measured.stream()).toList());
        if (source.order().isPresent() && learned.readable().size() < learned.size()) {
            throw new TrainingException(
                    "%d of the pictures in %s cannot be decoded: mend them or take out their lines"
                            .formatted(
                                    learned.size() - learned.readable().size(),
                                    source.order().get()));
        }
        AnnotatedCrops crops = annotated(learned, training, rule);
        if (crops.learnable().isEmpty()) {
            throw new TrainingException(
                    "No picture with an annotated object can be read to learn from");
        }
        Optional<AnnotatedCrops> against = Optional.empty();
        if (measured.isPresent() && !measured.get().readable().isEmpty()) {
            against = Optional.of(annotated(measured.get(), validation.orElseThrow(), rule));
        }
        return new DecodedDetectionPictures(source, labels, crops, against);
    }

    private AnnotatedCrops annotated(CropStore store, Dataset dataset, Preprocessing rule)
            throws IOException {
        List<List<TrueObject>> objects =
                dataset.pictures().stream()
                        .map(picture -> Objects.requireNonNull(truth.get(picture.path())))
                        .toList();
        boolean all = source.order().isPresent();
        return AnnotatedCrops.of(store, dataset, objects, rule, all);
    }
}
