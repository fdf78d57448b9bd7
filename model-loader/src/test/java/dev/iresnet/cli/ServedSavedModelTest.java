package dev.iresnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.iresnet.cli.importing.NpyArray;
import dev.iresnet.model.Detections;
import dev.iresnet.model.Detections.Detection;
import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.Precision;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.card.ServedSignature;
import dev.iresnet.model.loading.ModelLoader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SavedModels that Keras 3 and TensorFlow 2 wrote, held to what TensorFlow in Python gave. */
class ServedSavedModelTest {
    private static final Path FOLDER = SavedModelImportTest.FOLDER;
    private static final int CROP_BYTES = 8 * 8 * 3;

    // of the detector's pictures; picture, class, score and four corners of what it found
    private static final int PICTURE_HEIGHT = 24;
    private static final int PICTURE_WIDTH = 16;
    private static final int ROW = 7;

    @TempDir private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void servesAKerasExportOfFloats(int maxBatch) throws IOException {
        CommandRun run = importing("keras-float", "--input-range", "0..1", "--resize=stretch");

        assertThat(run.out())
                .contains(
                        "signature serving_default, float32 pictures of 8x8 in batches of any size,"
                                + " gives 5 probabilities (made by Softmax)");
        assertServed("keras-float", maxBatch);
        assertThat(ModelDirectory.open(directory.resolve("keras-float")).card().signature())
                .contains(
                        new ServedSignature(
                                "serving_default",
                                new ServedSignature.Input(
                                        "keras_tensor", ServedSignature.Type.FLOAT32),
                                new ServedSignature.Scores(
                                        "output_0", ServedSignature.Kind.PROBABILITIES)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void servesAKerasExportOfBytesOneByOne(int maxBatch) throws IOException {
        CommandRun run = importing("keras-bytes", "--resize=stretch");

        assertThat(run.out())
                .contains(
                        "uint8 pictures of 8x8 in batches of 1, gives 5 logits (made by BiasAdd)");
        assertServed("keras-bytes", maxBatch);
    }

    @Test
    void servesAModuleWithSignaturesOfItsOwn() throws IOException {
        CommandRun run =
                importing(
                        "module",
                        "--signature=classify",
                        "--input-range=normalized",
                        "--mean=0.5,0.4,0.3",
                        "--std=0.2,0.25,0.3",
                        "--input-size=8",
                        "--resize=stretch");

        assertThat(run.out())
                .contains("float32 pictures of any size", "gives 5 logits (made by MatMul)");
        assertServed("module", 2);
    }

    /** A Keras network of one output without a sigmoid; softmax over one value is always 1. */
    @Test
    void servesOneOutputAsTwoLabels() throws IOException {
        CommandRun run = importing("binary-logit", SavedModelImportTest.ANY_SCALE);
        assertThat(run.out()).contains("Its one output is taken for that of the second of two");
        ModelDirectory model = ModelDirectory.open(directory.resolve("binary-logit"));
        assertThat(model.card().labels()).containsExactly("class 0", "class 1");
        try (Model loaded = ModelLoader.load(model, new LoadOptions(4, Precision.FLOAT32))) {
            List<ByteBuffer> crops = new ArrayList<>();
            for (int grey : List.of(0, 128, 255)) {
                byte[] pixels = new byte[model.card().preprocessing().cropBytes()];
                Arrays.fill(pixels, (byte) grey);
                crops.add(ByteBuffer.allocateDirect(pixels.length).put(pixels).flip());
            }
            List<Prediction> scores =
                    loaded.predict(Sample.whole(crops, model.card().preprocessing()));
            for (Prediction row : scores) {
                assertThat(row.scores().at(0) + row.scores().at(1)).isCloseTo(1, within(1e-5f));
            }
            assertThat(scores.get(0).scores().at(1)).isNotEqualTo(scores.get(2).scores().at(1));
        }
    }

    /**
     * As the Object Detection API exports: variables, pictures one by one, boxes it chose itself.
     */
    @Test
    void servesADetectorOneByOne() throws IOException {
        Path names = Files.writeString(directory.resolve("names.txt"), "a\nb\nc\nd\ne\n");
        CommandRun run =
                importing(
                        "detector",
                        "--labels=" + names,
                        "--first-class=1",
                        "--input-size=" + PICTURE_HEIGHT + "x" + PICTURE_WIDTH);
        assertThat(run.out())
                .contains("uint8 pictures of any size in batches of 1, gives boxes detection_boxes")
                .contains("that it chose");

        double[] rows = NpyArray.read(FOLDER.resolve("detector/detections.npy")).values();
        List<List<double[]>> expected = List.of(rowsOf(rows, 0), rowsOf(rows, 1), rowsOf(rows, 2));
        try (Model model = ModelLoader.load(directory.resolve("detector"), new LoadOptions(4))) {
            List<ByteBuffer> crops = crops("detector", PICTURE_HEIGHT * PICTURE_WIDTH * 3);
            List<Prediction> found =
                    model.predict(Sample.whole(crops, model.description().preprocessing()));
            for (int picture = 0; picture < expected.size(); picture++) {
                assertFound((Detections) found.get(picture), expected.get(picture));
            }
        }
    }

    /** A picture's: class, score, box (y, x, y, x) in 0..1; boxes of no area are not told. */
    private static List<double[]> rowsOf(double[] rows, int picture) {
        return IntStream.range(0, rows.length / ROW)
                .mapToObj(i -> Arrays.copyOfRange(rows, i * ROW, (i + 1) * ROW))
                .filter(row -> row[0] == picture && row[5] > row[3] && row[6] > row[4])
                .toList();
    }

    private static void assertFound(Detections found, List<double[]> expected) {
        assertThat(expected).isNotEmpty();
        assertThat(found.objects()).hasSize(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            double[] row = expected.get(i);
            Detection object = found.objects().get(i);
            assertThat(object.index()).isEqualTo((int) row[1] - 1);
            assertThat((double) object.score()).isCloseTo(row[2], within(1e-4));
            double[] corners = {
                object.box().yMin() / PICTURE_HEIGHT,
                object.box().xMin() / PICTURE_WIDTH,
                object.box().yMax() / PICTURE_HEIGHT,
                object.box().xMax() / PICTURE_WIDTH
            };
            double[] wanted =
                    DoubleStream.of(Arrays.copyOfRange(row, 3, ROW))
                            .map(at -> Math.max(0, Math.min(1, at)))
                            .toArray();
            assertThat(corners).containsExactly(wanted, within(1e-3));
        }
    }

    private static List<ByteBuffer> crops(String name, int bytes) throws IOException {
        double[] pixels = NpyArray.read(FOLDER.resolve(name).resolve("input.npy")).values();
        List<ByteBuffer> crops = new ArrayList<>();
        for (int i = 0; i < pixels.length; i++) {
            if (i % bytes == 0) {
                crops.add(ByteBuffer.allocateDirect(bytes));
            }
            crops.get(i / bytes).put(i % bytes, (byte) pixels[i]);
        }
        return crops;
    }

    private CommandRun importing(String name, String... options) {
        CommandRun run = SavedModelImportTest.run(directory, name, options);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }

    /** All pictures in one batch, and the first alone. */
    private void assertServed(String name, int maxBatch) throws IOException {
        double[] expected =
                NpyArray.read(FOLDER.resolve(name).resolve("probabilities.npy")).values();
        List<ByteBuffer> crops = crops(name, CROP_BYTES);
        try (Model model = ModelLoader.load(directory.resolve(name), new LoadOptions(maxBatch))) {
            List<Sample> samples = Sample.whole(crops, model.description().preprocessing());
            assertClose(model.predict(samples), expected);
            assertClose(model.predict(samples.subList(0, 1)), expected);
        }
    }

    private static void assertClose(List<Prediction> predictions, double[] expected) {
        for (int row = 0; row < predictions.size(); row++) {
            float[] scores = predictions.get(row).scores().values();
            for (int i = 0; i < scores.length; i++) {
                assertThat(Math.abs(scores[i] - expected[row * scores.length + i]))
                        .isLessThan(1e-5);
            }
        }
    }
}
