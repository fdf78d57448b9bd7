package dev.iresnet.chaos.reference;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.image.ImageException;
import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.export.ModelExporter;
import dev.iresnet.model.loading.ModelLoader;
import dev.iresnet.proving.feed.PictureFolder;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes versions of a network that differ in their last layer, and writes down what each says of
 * each picture of a folder: a JSON object a line, with the version's digest and scores in the order
 * of the folder's names. In a process of its own, because it loads TensorFlow.
 */
public final class VersionsMain {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BATCH = 25;

    private VersionsMain() {}

    /**
     * Makes them.
     *
     * @param arguments model directory, picture folder, directory of versions to write, how many,
     *     file of scores to write
     */
    public static void main(String[] arguments) throws IOException, ImageException {
        ModelDirectory base = ModelDirectory.open(Path.of(arguments[0]));
        PictureFolder pictures = PictureFolder.of(Path.of(arguments[1]));
        Path made = Path.of(arguments[2]);
        int count = Integer.parseInt(arguments[3]);
        List<Sample> samples;
        try (Model model = ModelLoader.load(base.path(), new LoadOptions(1))) {
            samples = Answers.samples(model, pictures);
        }
        VariantWeights weights = new VariantWeights(base);
        try (BufferedWriter out = Files.newBufferedWriter(Path.of(arguments[4]))) {
            for (int version = 1; version <= count; version++) {
                ModelDirectory variant =
                        ModelExporter.export(base.card(), weights.ofVersion(version), made);
                try (Model model = ModelLoader.load(variant.path(), new LoadOptions(BATCH))) {
                    out.write(line(variant, Answers.inBatches(model, samples, BATCH)).toString());
                    out.write('\n');
                }
            }
        }
    }

    private static ObjectNode line(ModelDirectory version, List<Prediction> predictions) {
        ObjectNode line = JSON.createObjectNode();
        line.put("digest", version.digest());
        line.put("path", version.path().toString());
        line.put("classes", predictions.get(0).scores().classes());
        ArrayNode values = line.putArray("scores");
        for (Prediction prediction : predictions) {
            for (float value : prediction.scores().values()) {
                values.add(value);
            }
        }
        return line;
    }
}
