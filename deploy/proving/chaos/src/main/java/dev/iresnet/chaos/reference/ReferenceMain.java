package dev.iresnet.chaos.reference;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.image.ImageException;
import dev.iresnet.model.ClassScores;
import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import dev.iresnet.model.loading.ModelLoader;
import dev.iresnet.proving.feed.PictureFolder;
import dev.iresnet.proving.hostile.HostileMix;
import dev.iresnet.proving.hostile.HostileRecord;
import dev.iresnet.proving.hostile.HostileRecords;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int[] BATCHES = {7, 32};

    private ReferenceMain() {}

    /**
     * Writes the reference.
     *
     * @param arguments model directory, picture folder, file to write
     */
    public static void main(String[] arguments) throws IOException, ImageException {
        PictureFolder pictures = PictureFolder.of(Path.of(arguments[1]));
        try (Model model = ModelLoader.load(Path.of(arguments[0]), new LoadOptions(32));
                BufferedWriter out = Files.newBufferedWriter(Path.of(arguments[2]))) {
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
            for (int i = 0; i < samples.size(); i++) {
                write(
                        out,
                        picture(model, pictures.files().get(i), alone.get(i).scores(), firmness));
            }
            byte[] any = pictures.read(pictures.files().get(0)).bytes();
            for (HostileRecord record : new HostileRecords(any).all()) {
                write(out, hostile(record));
            }
        }
    }

    private static ObjectNode picture(
            Model model, String file, ClassScores scores, Firmness firmness) {
        int best = scores.top(1)[0];
        ObjectNode line = JSON.createObjectNode();
        line.put("file", file);
        line.put("label", model.description().labels().get(best));
        line.putNull("code");
        line.put("firm", firmness.isFirm(scores));
        return line;
    }

    private static ObjectNode hostile(HostileRecord record) {
        ObjectNode line = JSON.createObjectNode();
        line.put("file", HostileMix.FOLDER + record.name());
        line.putNull("label");
        line.put("code", record.expectedCode());
        line.put("firm", true);
        return line;
    }

    private static void write(BufferedWriter out, ObjectNode line) throws IOException {
        out.write(line.toString());
        out.write('\n');
    }
}
