package dev.iresnet.training;

import dev.iresnet.image.Preprocessing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;

/** What is learned from and what is measured with. */
public final class TrainingPictures {
    private final Dataset training;
    private final Optional<Dataset> validation;
    private final String digest;

    private TrainingPictures(Dataset training, Optional<Dataset> validation, String digest) {
        this.training = training;
        this.validation = validation;
        this.digest = digest;
    }

    /**
     * Where the pictures are.
     *
     * @param directory of classes
     * @param order list of the pictures to take, in this order
     * @param validation directory of classes to measure with
     * @param share of the pictures to measure with, where there is no such directory; 0 for none
     */
    public record Source(
            Path directory, Optional<Path> order, Optional<Path> validation, double share) {
        public Source {
            if (!(share >= 0 && share < 1)) {
                throw new IllegalArgumentException(
                        "--validation must be a directory or a share below 1, got " + share);
            }
        }
    }

    /**
     * Lists the pictures and reads all files once, for their digests.
     *
     * @throws TrainingException if they cannot be learned from
     */
    public static TrainingPictures read(Source source, long seed) throws IOException {
        Dataset all = Dataset.read(source.directory(), source.order());
        String digest = all.digest();
        if (source.validation().isPresent()) {
            Dataset other =
                    Dataset.read(source.validation().get(), Optional.empty())
                            .labelledAs(all.labels());
            return new TrainingPictures(all, Optional.of(other), digest);
        }
        if (source.share() == 0) {
            return new TrainingPictures(all, Optional.empty(), digest);
        }
        Dataset.Split split = all.split(source.share(), seed);
        return new TrainingPictures(split.training(), Optional.of(split.validation()), digest);
    }

    /** Names of the classes, sorted. */
    public List<String> labels() {
        return training.labels();
    }

    public int trainingCount() {
        return training.pictures().size();
    }

    public int validationCount() {
        return validation.map(some -> some.pictures().size()).orElse(0);
    }

    /** SHA-256 over the files and classes to learn from and their share to measure with. */
    public String digest() {
        return digest;
    }

    /** Sentences on what is wrong with them. */
    public List<String> warnings() {
        return training.warnings(validation.orElse(new Dataset(labels(), List.of())));
    }

    /**
     * Decodes them all, or takes what an earlier run decoded.
     *
     * @param directory for the decoded pictures
     * @param failed told of files that cannot be read, which are left out
     * @param done told how many more pictures are done
     * @throws TrainingException if nothing is left
     */
    public Decoded decode(
            Preprocessing rule,
            Augmentation augmentation,
            Path directory,
            int threads,
            BiConsumer<Path, Exception> failed,
            IntConsumer done)
            throws IOException {
        CropStore.Listener listener =
                new CropStore.Listener() {
                    @Override
                    public void read(LabelledPicture picture) {
                        done.accept(1);
                    }

                    @Override
                    public void failed(LabelledPicture picture, Exception reason) {
                        failed.accept(picture.path(), reason);
                    }
                };
        CropStore learned =
                CropStore.open(training, augmentation.stored(rule), directory, threads, listener);
        if (learned.readable().isEmpty()) {
            throw new TrainingException("None of the training pictures can be read");
        }
        Optional<CropStore> measured = Optional.empty();
        if (validation.isPresent()) {
            CropStore store = CropStore.open(validation.get(), rule, directory, threads, listener);
            measured = Optional.of(store).filter(some -> !some.readable().isEmpty());
        }
        return new Decoded(learned, measured);
    }

    /** Pictures in the size that training takes them in. */
    public static final class Decoded {
        private final CropStore training;
        private final Optional<CropStore> validation;

        private Decoded(CropStore training, Optional<CropStore> validation) {
            this.training = training;
            this.validation = validation;
        }

        /** Steps in which every picture is seen once: about, unless they are ordered. */
        public long stepsOfAnEpoch(int batch, boolean ordered) {
            return PictureOrder.stepsOfAnEpoch(training.readable().size(), batch, ordered);
        }

        CropStore training() {
            return training;
        }

        Optional<CropStore> validation() {
            return validation;
        }
    }
}
