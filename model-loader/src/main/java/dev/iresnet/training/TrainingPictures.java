package dev.iresnet.training;

import dev.iresnet.image.Preprocessing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/** Pictures or videos in a directory for each class. */
public final class TrainingPictures implements LearningPictures {
    private final Source source;
    private final Dataset training;
    private final Optional<Dataset> validation;

    private TrainingPictures(Source source, Dataset training, Optional<Dataset> validation) {
        this.source = source;
        this.training = training;
        this.validation = validation;
    }

    /**
     * Where the pictures are.
     *
     * @param directory of classes
     * @param videos whether it holds videos
     * @param order list of the pictures to take, in this order
     * @param validation directory of classes to measure with
     * @param share of the pictures to measure with, where there is no such directory; 0 for none
     */
    public record Source(
            Path directory,
            boolean videos,
            Optional<Path> order,
            Optional<Path> validation,
            double share) {

        /** Of pictures. */
        public Source(
                Path directory, Optional<Path> order, Optional<Path> validation, double share) {
            this(directory, false, order, validation, share);
        }

        public Source {
            if (!(share >= 0 && share < 1)) {
                throw new IllegalArgumentException(
                        "--validation must be a directory or a share below 1, got " + share);
            }
        }

        private String validationName() {
            return validation
                    .map(path -> String.valueOf(path.toAbsolutePath().normalize().getFileName()))
                    .orElse(String.valueOf(share));
        }
    }

    /**
     * Lists the pictures and reads all files once, for their digests.
     *
     * @param failed told of files that cannot be read, which are left out
     * @throws TrainingException if they cannot be learned from
     */
    public static TrainingPictures read(
            Source source, long seed, BiConsumer<Path, Exception> failed) throws IOException {
        Dataset all =
                source.order().isPresent()
                        ? DatasetReader.inOrder(
                                source.directory(), source.videos(), source.order().get())
                        : DatasetReader.read(source.directory(), source.videos(), 2, failed);
        if (source.validation().isPresent()) {
            Dataset other =
                    DatasetReader.read(source.validation().get(), source.videos(), 1, failed)
                            .labelledAs(all.labels());
            return new TrainingPictures(source, all, Optional.of(other));
        }
        if (source.share() == 0) {
            return new TrainingPictures(source, all, Optional.empty());
        }
        Dataset.Split split = all.split(source.share(), seed);
        return new TrainingPictures(source, split.training(), Optional.of(split.validation()));
    }

    /** Names of the classes, sorted. */
    @Override
    public List<String> labels() {
        return training.labels();
    }

    @Override
    public int count() {
        return training.pictures().size() + validation.map(v -> v.pictures().size()).orElse(0);
    }

    @Override
    public Decoded decode(
            Preprocessing rule,
            Augmentation augmentation,
            Path directory,
            int threads,
            BiConsumer<Path, Exception> failed,
            IntConsumer done)
            throws IOException {
        CropStore.Listener listener = CropStore.Listener.of(failed, done);
        CropStore learned =
                CropStore.open(training, augmentation.stored(rule), directory, threads, listener);
        Optional<CropStore> measured = Optional.empty();
        if (validation.isPresent()) {
            measured =
                    Optional.of(
                            CropStore.open(validation.get(), rule, directory, threads, listener));
        }
        CropStore.deleteOthers(
                directory, Stream.concat(Stream.of(learned), measured.stream()).toList());
        requireEnough(learned.readable().size(), learned.dataset());
        return new Decoded(source, learned, measured.filter(some -> !some.readable().isEmpty()));
    }

    private void requireEnough(int readable, Dataset left) {
        int lost = training.pictures().size() - readable;
        if (source.order().isPresent() && lost > 0) {
            throw new TrainingException(
                    "%d of the %ss in %s cannot be decoded: mend them or take out their lines, since leaving them out would move all others to other steps"
                            .formatted(lost, training.noun(), source.order().get()));
        }
        List<String> missing = left.missing();
        if (source.order().isEmpty() && !missing.isEmpty()) {
            throw new TrainingException(
                    "No %s of %s can be read to learn from: mend the files or remove the class"
                            .formatted(training.noun(), Dataset.some(missing)));
        }
    }

    /** Pictures that could be read, in the size that training takes them in. */
    public static final class Decoded implements Prepared {
        private final Source source;
        private final CropStore training;
        private final Optional<CropStore> validation;

        private Decoded(Source source, CropStore training, Optional<CropStore> validation) {
            this.source = source;
            this.training = training;
            this.validation = validation;
        }

        @Override
        public long stepsOfAnEpoch(int batch, boolean ordered) {
            return PictureOrder.stepsOfAnEpoch(trainingCount(), batch, ordered);
        }

        @Override
        public int trainingCount() {
            return training.readable().size();
        }

        @Override
        public int validationCount() {
            return validation.map(some -> some.readable().size()).orElse(0);
        }

        @Override
        public List<String> warnings() {
            return training.dataset().warnings(measured());
        }

        private Dataset measured() {
            return validation.map(CropStore::dataset).orElse(training.dataset().emptied());
        }

        @Override
        public String digest() {
            Dataset learned = training.dataset();
            return (source.validation().isPresent() ? learned : learned.and(measured())).digest();
        }

        @Override
        public Map<String, String> facts() {
            Map<String, String> facts = new TreeMap<>();
            String noun = training.dataset().noun() + "s";
            facts.put(noun, String.valueOf(trainingCount()));
            facts.put("validation", source.validationName());
            facts.put("validation-" + noun, String.valueOf(validationCount()));
            if (source.validation().isPresent()) {
                facts.put("validation-sha256", measured().digest());
            }
            facts.put("sequence-sha256", training.dataset().and(measured()).digestInOrder());
            return facts;
        }

        @Override
        public Learner<?> learner(TrainingPlan plan) {
            return new Classification(plan, this);
        }

        CropStore training() {
            return training;
        }

        Optional<CropStore> validation() {
            return validation;
        }
    }
}
