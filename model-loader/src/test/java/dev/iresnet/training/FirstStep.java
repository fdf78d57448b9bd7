package dev.iresnet.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.card.Network;
import dev.iresnet.tensorflow.TensorMemory;
import dev.iresnet.training.descent.LearningWeights;
import dev.iresnet.training.descent.LearningWeights.Part;
import dev.iresnet.zoo.Inventory;
import dev.iresnet.zoo.Networks;
import dev.iresnet.zoo.ReluForm;
import dev.iresnet.zoo.Weight;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import java.util.zip.CRC32;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TUint8;

/**
 * What PyTorch says of a network's first step: {@code src/test/python/make_first_steps.py}, which
 * says how weights and pixels follow from names.
 */
public final class FirstStep {
    private static final int WIDTH = 8;

    /** Relative, of what is computed forward. */
    private static final double FORWARD = 1e-5;

    /** Relative, of one array, so that small ones do not hide behind large ones. */
    private static final double EACH = 0.01;

    private final JsonNode golden;
    private final Network network;
    private final Map<String, Weight> weights;
    private final long[] shape;

    public FirstStep(String name) throws IOException {
        Path file = Path.of("src/test/resources/golden-training", name + ".first-step.json");
        golden = new ObjectMapper().readTree(file.toFile());
        network =
                new Network(
                        Networks.named(name, WIDTH).withClasses(golden.get("classes").asInt()),
                        ReluForm.valueOf(golden.get("form").asText()));
        weights =
                Inventory.weights(network.architecture()).stream()
                        .collect(Collectors.toMap(Weight::key, Function.identity()));
        shape = list("shape").stream().mapToLong(JsonNode::asLong).toArray();
    }

    public Network network() {
        return network;
    }

    /** Pictures are not resized. */
    public Preprocessing rule() {
        return Preprocessing.IMAGENET.stretchedTo(Math.toIntExact(shape[shape.length - 2]));
    }

    /** What else the file says. */
    public List<JsonNode> list(String key) {
        return StreamSupport.stream(golden.get(key).spliterator(), false).toList();
    }

    public float number(String key) {
        return (float) golden.get(key).asDouble();
    }

    /** Pictures or clips. */
    public TUint8 pictures() {
        TUint8 pictures = TUint8.tensorOf(Shape.of(shape));
        ByteBuffer pixels = TensorMemory.of(pictures);
        int seed = seed("pictures " + golden.get("seed").asInt());
        for (int i = 0; pixels.hasRemaining(); i++) {
            pixels.put((byte) noise(seed, i));
        }
        return pictures;
    }

    /** A weight before the step. */
    public float[] weight(String key) {
        Weight weight = Objects.requireNonNull(weights.get(key), key);
        float[] values = new float[Math.toIntExact(weight.size())];
        boolean scale = key.endsWith(".weight") || key.endsWith(".running_var");
        double inputs = (double) values.length / weight.shape().get(0);
        int seed = seed(key);
        for (int i = 0; i < values.length; i++) {
            double x = (noise(seed, i) >>> 8) / 0x1p23 - 1;
            if (weight.shape().size() > 1) {
                values[i] = (float) (x * Math.sqrt(6 / inputs));
            } else {
                values[i] = (float) (x / 4 + (scale ? 1 : x < 0 ? -2 : 2));
            }
        }
        return values;
    }

    public void assertLoss(float loss) {
        double wanted = golden.get("loss").asDouble();
        assertThat((double) loss).isCloseTo(wanted, within(FORWARD * wanted));
    }

    public void assertGradients(Map<String, float[]> gradients) {
        assertThat(gradients.keySet())
                .containsExactlyInAnyOrderElementsOf(golden.get("gradients")::fieldNames);
        assertSame("gradients", gradients, 3 * golden.get("gradientError32").asDouble());
    }

    /** Of norms, which the step moved. */
    public void assertStatistics(LearningWeights learned) {
        assertSame("statistics", learned.get(Part.SERVED), FORWARD);
    }

    private void assertSame(String what, Map<String, float[]> arrays, double bound) {
        double wrong = 0;
        double all = 0;
        for (Map.Entry<String, JsonNode> wanted : golden.get(what).properties()) {
            String key = wanted.getKey();
            double wrongHere = 0;
            double allHere = 0;
            for (int k = 0; k < wanted.getValue().size(); k++) {
                double told = wanted.getValue().get(k).asDouble();
                double found = summary(key, k - 1, Objects.requireNonNull(arrays.get(key), key));
                wrongHere += Math.pow(found - told, 2);
                allHere += told * told;
            }
            assertThat(Math.sqrt(wrongHere / allHere)).as(key).isLessThanOrEqualTo(EACH);
            wrong += wrongHere;
            all += allHere;
        }
        assertThat(Math.sqrt(wrong / all)).as(what).isLessThanOrEqualTo(bound);
    }

    /** The norm, or a product with random signs. */
    private static double summary(String key, int product, float[] values) {
        int seed = seed(key + ":" + product);
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            double factor = noise(seed, i) < 0 ? -1 : 1;
            sum += values[i] * (product < 0 ? values[i] : factor);
        }
        return product < 0 ? Math.sqrt(sum) : sum;
    }

    private static int seed(String name) {
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }

    private static int noise(int seed, int index) {
        int h = index * 0x9E3779B1 + seed;
        h = (h ^ h >>> 16) * 0x85EBCA6B;
        h = (h ^ h >>> 13) * 0xC2B2AE35;
        return h ^ h >>> 16;
    }
}
