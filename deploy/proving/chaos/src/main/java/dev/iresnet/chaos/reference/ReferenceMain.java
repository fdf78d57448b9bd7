package dev.iresnet.chaos.reference;

import dev.iresnet.image.ImageException;
import dev.iresnet.model.ClassScores;
import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import dev.iresnet.model.loading.ModelLoader;
import dev.iresnet.proving.feed.PictureFolder;
import dev.iresnet.proving.hostile.HostileMix;
import dev.iresnet.proving.verify.Reference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the right answer to each picture of a folder and to each hostile record, as the verifier's
 * {@code --reference} takes it. In a process of its own, because it loads TensorFlow.
 *
 * <p>A picture is classified alone, and again in batches of several sizes. How far that moves its
 * probabilities is what size and threads can do; a label is firm if the best is ahead of the second
 * by many times as much.
 */
public final class ReferenceMain {
    private static final int[] BATCHES = {7, 32};

    private ReferenceMain() {}

    /**
     * Writes the reference.
     *
     * @param arguments model directory, picture folder, file to write
     */
    public static void main(String[] arguments) throws IOException, ImageException {
        PictureFolder pictures = PictureFolder.of(Path.of(arguments[1]));
        try (Model model = ModelLoader.load(Path.of(arguments[0]), new LoadOptions(32))) {
            List<Sample> samples = Answers.samples(model, pictures);
            List<Prediction> alone = Answers.inBatches(model, samples, 1);
            double moved = 0;
            for (int size : BATCHES) {
                moved =
                        Math.max(
                                moved,
                                Firmness.distance(alone, Answers.inBatches(model, samples, size)));
            }
            Firmness firmness = new Firmness(moved);
            List<Reference.Line> lines = new ArrayList<>();
            for (int i = 0; i < samples.size(); i++) {
                ClassScores scores = alone.get(i).scores();
                String best = model.description().labels().get(scores.top(1)[0]);
                String file = pictures.files().get(i);
                lines.add(new Reference.Line(file, best, null, firmness.isFirm(scores)));
            }
            lines.addAll(HostileMix.reference(pictures.read(pictures.files().get(0)).bytes()));
            Reference.write(Path.of(arguments[2]), lines);
        }
    }
}
