package dev.iresnet.image;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.file.Sha256;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Crops against those that Pillow makes ({@code src/test/python/make_pictures.py}). */
class ReferenceCropsTest {
    private static final Map<String, Preprocessing> RULES =
            Map.of(
                    "imagenet",
                    Preprocessing.IMAGENET,
                    "stretch-32x24",
                    Pictures.STRETCHED,
                    "timm-a1",
                    new Preprocessing(
                            224,
                            224,
                            Preprocessing.Resize.SHORTER_SIDE_THEN_CROP,
                            235,
                            Preprocessing.IMAGENET.mean(),
                            Preprocessing.IMAGENET.std(),
                            Preprocessing.Interpolation.BICUBIC));

    private static final Map<String, Preprocessor> PREPROCESSORS = new HashMap<>();

    private record Reference(String file, String rule, String sha256) {
        static Reference parse(String line) {
            String[] fields = line.split(",", -1);
            return new Reference(fields[0], fields[1], fields[2]);
        }

        String crop() throws ImageException {
            Preprocessing preprocessing = requireNonNull(RULES.get(rule.replace("-scaled", "")));
            byte[] made = Pictures.crop(preprocessor(rule), preprocessing, Pictures.image(file));
            return Sha256.of(made);
        }
    }

    @BeforeAll
    static void open() {
        RULES.forEach(
                (name, rule) -> {
                    PREPROCESSORS.put(name, Pictures.preprocessor(rule));
                    PREPROCESSORS.put(
                            name + "-scaled",
                            new PicturePreprocessor(
                                    rule, DecodeLimits.DEFAULT, JpegDecoding.SCALED));
                });
    }

    @AfterAll
    static void close() {
        PREPROCESSORS.values().forEach(Preprocessor::close);
    }

    private static Preprocessor preprocessor(String name) {
        return requireNonNull(PREPROCESSORS.get(name), name);
    }

    static Stream<Reference> references() {
        return Pictures.lines("crops.csv").stream().skip(1).map(Reference::parse);
    }

    @ParameterizedTest
    @MethodSource("references")
    void equalsPillowBitForBit(Reference reference) throws ImageException {
        assertThat(reference.crop()).isEqualTo(reference.sha256());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cmyk.jpg", "tall.jpg"})
    void isWithinTheBoundsOfTheExactMode(String file) throws Exception {
        byte[] crop =
                Pictures.crop(
                        preprocessor("imagenet"), Preprocessing.IMAGENET, Pictures.image(file));
        int[] differences = new int[256];
        BufferedImage reference = readPng(file + ".crop.png");
        for (int at = 0; at < crop.length; at++) {
            int pixel = reference.getRGB(at / 3 % 224, at / 3 / 224);
            int wanted = pixel >> (16 - at % 3 * 8) & 0xFF;
            differences[Math.abs((crop[at] & 0xFF) - wanted)]++;
        }
        double sum = 0;
        for (int difference = 0; difference < 256; difference++) {
            sum += (double) difference * differences[difference];
        }
        assertThat(sum / crop.length).isLessThanOrEqualTo(0.5);
        assertThat(differences[0] + differences[1] + differences[2])
                .isGreaterThanOrEqualTo((int) (0.99 * crop.length));
    }

    @Test
    void isTheSameFromManyThreads() throws Exception {
        List<Reference> references = references().toList();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<String>> crops =
                    Stream.iterate(0, i -> i + 1)
                            .limit(references.size() * 6L)
                            .<Callable<String>>map(
                                    i -> () -> references.get(i % references.size()).crop())
                            .toList();
            List<Future<String>> made = threads.invokeAll(crops);
            for (int i = 0; i < made.size(); i++) {
                Reference reference = references.get(i % references.size());
                assertThat(made.get(i).get()).as(reference.file()).isEqualTo(reference.sha256());
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void readsASliceAndLeavesPositionsAlone() throws ImageException {
        byte[] file = Pictures.read("tiny.jpg");
        ByteBuffer within = ByteBuffer.allocateDirect(file.length + 20).put(7, file);
        within.position(7).limit(7 + file.length);
        ByteBuffer crops = ByteBuffer.allocateDirect(3 * Preprocessing.IMAGENET.cropBytes());
        crops.position(Preprocessing.IMAGENET.cropBytes());
        crops.limit(2 * Preprocessing.IMAGENET.cropBytes());

        preprocessor("imagenet")
                .crop(EncodedImage.compressed(Encoding.JPEG, within.asReadOnlyBuffer()), crops);

        byte[] crop = new byte[crops.remaining()];
        crops.get(crops.position(), crop);
        assertThat(crop)
                .isEqualTo(
                        Pictures.crop(
                                preprocessor("imagenet"),
                                Preprocessing.IMAGENET,
                                Pictures.image("tiny.jpg")));
        assertThat(within.position()).isEqualTo(7);
        assertThat(crops.position()).isEqualTo(Preprocessing.IMAGENET.cropBytes());
        crops.clear();
        assertThat(crops.get(Preprocessing.IMAGENET.cropBytes() - 1)).isZero();
        assertThat(crops.get(2 * Preprocessing.IMAGENET.cropBytes())).isZero();
    }

    private static BufferedImage readPng(String name) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(Pictures.read(name)));
    }
}
