package dev.iresnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.cli.importing.Expectation;
import dev.iresnet.cli.importing.NpyArray;
import dev.iresnet.image.DecodeLimits;
import dev.iresnet.image.EncodedImage;
import dev.iresnet.image.Encoding;
import dev.iresnet.image.ImageException;
import dev.iresnet.image.PicturePreprocessor;
import dev.iresnet.image.Preprocessor;
import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.loading.ModelLoader;
import dev.iresnet.weights.TensorShape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The bundled model and frames, as a job serves them, against logits that PyTorch gave. */
class DemoModelTest {
    private static final Path DEMO = Path.of("../deploy/local/demo");
    private static final Path REFERENCE = Path.of("src/test/resources/demo");
    private static final int CLASSES = 10;
    private static final int PIXELS = 32 * 32;
    private static final double[] MEAN = {0.4914, 0.4822, 0.4465};
    private static final double[] STD = {0.2470, 0.2435, 0.2616};

    private static List<String> files = List.of();
    private static List<String> labels = List.of();
    private static List<Prediction> scores = List.of();
    private static double[] logits = {};
    private static List<ByteBuffer> crops = new ArrayList<>();

    @BeforeAll
    static void classifyTheFrames() throws IOException, ImageException {
        files = Files.readAllLines(REFERENCE.resolve("files.txt"));
        logits = NpyArray.read(REFERENCE.resolve("logits.npy")).values();
        Path directory = DEMO.resolve("models/cifar10-iresnet20");
        try (Model model = ModelLoader.load(directory, new LoadOptions(1));
                Preprocessor preprocessor =
                        new PicturePreprocessor(
                                model.description().preprocessing(), DecodeLimits.DEFAULT)) {
            labels = model.description().labels();
            for (String file : files) {
                crops.add(
                        crop(preprocessor, file, model.description().preprocessing().cropBytes()));
            }
            scores = model.predict(Sample.whole(crops, model.description().preprocessing()));
        }
    }

    @Test
    void givesTheReferencesProbabilities() {
        for (int row = 0; row < files.size(); row++) {
            double sum = 0;
            for (int i = 0; i < CLASSES; i++) {
                sum += Math.exp(logits[CLASSES * row + i]);
            }
            for (int i = 0; i < CLASSES; i++) {
                double reference = Math.exp(logits[CLASSES * row + i]) / sum;
                assertThat(Math.abs(scores.get(row).scores().at(i) - reference)).isLessThan(1e-5);
            }
        }
    }

    @Test
    void isRightAsOftenAsTheReference() {
        int right = 0;
        for (int row = 0; row < files.size(); row++) {
            int best = scores.get(row).scores().top(1)[0];
            right += files.get(row).startsWith(labels.get(best) + "/") ? 1 : 0;
        }
        assertThat(right).isEqualTo(457);
    }

    @Test
    void knowsFiftyFramesOfEachClass() {
        assertThat(files).hasSize(500).doesNotHaveDuplicates();
        for (String label : labels) {
            assertThat(files.stream().filter(file -> file.startsWith(label + "/"))).hasSize(50);
        }
    }

    /** From normalised pixels, past the signature that pictures go through. */
    @Test
    void givesTheReferencesLogits() {
        double[] images = new double[files.size() * 3 * PIXELS];
        for (int row = 0; row < files.size(); row++) {
            for (int c = 0; c < 3; c++) {
                for (int i = 0; i < PIXELS; i++) {
                    double value = Byte.toUnsignedInt(crops.get(row).get(3 * i + c)) / 255.0;
                    images[(row * 3 + c) * PIXELS + i] = (value - MEAN[c]) / STD[c];
                }
            }
        }
        Expectation expectation =
                new Expectation(
                        new NpyArray(TensorShape.of(files.size(), 3, 32, 32), images),
                        new NpyArray(TensorShape.of(files.size(), CLASSES), logits));
        assertThat(
                        expectation.error(
                                ModelDirectory.open(DEMO.resolve("models/cifar10-iresnet20/1"))))
                .isLessThan(1e-4);
    }

    private static ByteBuffer crop(Preprocessor preprocessor, String file, int bytes)
            throws IOException, ImageException {
        ByteBuffer crop = ByteBuffer.allocateDirect(bytes);
        byte[] jpeg = Files.readAllBytes(DEMO.resolve("frames").resolve(file));
        preprocessor.crop(EncodedImage.compressed(Encoding.JPEG, ByteBuffer.wrap(jpeg)), crop);
        return crop;
    }
}
