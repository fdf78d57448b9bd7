package dev.iresnet.training;

import dev.iresnet.image.Preprocessing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;

/** What is learned from and what is measured with. */
public interface LearningPictures {

    /** Names of the classes. */
    List<String> labels();

    /** All of them, readable or not. */
    int count();

    /**
     * Decodes them all, or takes what an earlier run decoded.
     *
     * @param rule of the network's inputs
     * @param directory for the decoded pictures; those of other pictures are deleted there
     * @param failed told of files that cannot be decoded, which are left out
     * @param done told how many more pictures are done
     * @throws TrainingException if what is left cannot be learned from
     */
    Prepared decode(
            Preprocessing rule,
            Augmentation augmentation,
            Path directory,
            int threads,
            BiConsumer<Path, Exception> failed,
            IntConsumer done)
            throws IOException;

    /** Pictures that could be read, in the size that training takes them in. */
    interface Prepared {

        /** Steps in which every picture is seen once: about, unless they are ordered. */
        long stepsOfAnEpoch(int batch, boolean ordered);

        int trainingCount();

        int validationCount();

        /** Sentences on what is wrong with them. */
        List<String> warnings();

        /** SHA-256 over the files and what is said of them, in any order. */
        String digest();

        /** By name: what they are, also in which order. */
        Map<String, String> facts();

        /** What learns from them. */
        Learner<?> learner(TrainingPlan plan);
    }
}
