package dev.iresnet.chaos.trouble;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.job.ModelSource;
import dev.iresnet.model.ClassScores;
import dev.iresnet.model.ClipRule;
import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import dev.iresnet.model.Task;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A model for clips that computes nothing, and the job with it: all but the network is there.
 *
 * @param side of the crops
 * @param frames of a clip
 */
public record IdleClips(int side, int frames) implements ModelSource {

    /**
     * Submits the job.
     *
     * @param arguments side and frames, and the job's own
     */
    public static void main(String[] arguments) throws Exception {
        TroubledJob.submit(
                Arrays.asList(arguments).subList(2, arguments.length),
                new IdleClips(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1])));
    }

    @Override
    public Model load(Path path, LoadOptions options) {
        return new Idle(
                new ModelDescription(
                        "idle-clips",
                        1,
                        "0".repeat(64),
                        Task.VIDEO_CLASSIFICATION,
                        List.of("anything"),
                        Preprocessing.IMAGENET.stretchedTo(side),
                        Optional.empty(),
                        Optional.of(new ClipRule(frames))));
    }

    private record Idle(ModelDescription description) implements Model {

        @Override
        public List<Prediction> predict(List<Sample> clips) {
            return ClassScores.rows(new float[clips.size()], 1);
        }

        @Override
        public void close() {}
    }
}
