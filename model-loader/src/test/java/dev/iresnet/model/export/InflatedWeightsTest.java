package dev.iresnet.model.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.model.TestModels;
import dev.iresnet.tensorflow.TensorFlowProcess;
import dev.iresnet.tensorflow.TensorMemory;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.ClipNetworks;
import dev.iresnet.zoo.Inventory;
import dev.iresnet.zoo.NetworkBuilder;
import dev.iresnet.zoo.ReluForm;
import java.nio.FloatBuffer;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

class InflatedWeightsTest {
    private static final int SIDE = 20;

    /** So many that the middle one is seen through no padding by the first stage. */
    private static final int FRAMES = 25;

    @ParameterizedTest
    @ValueSource(strings = {"iresnet18", "iresnet50", "resnet18"})
    void aClipOfEqualFramesHasTheFeaturesOfItsPicture(String name) {
        Architecture flat = TestModels.narrow(name);
        Architecture clips = ClipNetworks.inflated(flat);
        float[] picture = new float[SIDE * SIDE * 3];
        Random random = new Random(5);
        for (int i = 0; i < picture.length; i++) {
            picture[i] = (float) random.nextGaussian();
        }
        WeightSource weights = new SeededWeights(flat, 3);

        float[] expected = features(flat, weights, picture, 1);
        float[] all = features(clips, new InflatedWeights(clips, weights), picture, FRAMES);

        float[] middle = new float[expected.length];
        int frames = all.length / expected.length;
        System.arraycopy(all, frames / 2 * middle.length, middle, 0, middle.length);
        assertThat(frames).isEqualTo((FRAMES + 1) / 2);
        assertThat(TestModels.distance(middle, expected)).isLessThan(1e-5);
        // the first frame meets the padding
        float[] first = new float[expected.length];
        System.arraycopy(all, 0, first, 0, first.length);
        assertThat(TestModels.distance(first, expected)).isGreaterThan(1e-2);
    }

    /** Of the first stage, of a clip whose frames are all the picture, or of the picture. */
    private static float[] features(
            Architecture network, WeightSource weights, float[] picture, int frames) {
        TensorFlowProcess.requireCpu();
        Shape shape =
                network.takesClips()
                        ? Shape.of(1, frames, SIDE, SIDE, 3)
                        : Shape.of(1, SIDE, SIDE, 3);
        try (Graph graph = new Graph();
                Tensor input = Tensor.of(TFloat32.class, shape)) {
            Ops tf = Ops.create(graph);
            Placeholder<TFloat32> x = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
            TensorFlowLayers layers = new TensorFlowLayers(tf);
            Operand<TFloat32> stage =
                    new NetworkBuilder<>(network, ReluForm.AUTHORS, layers).features(x).get(0);
            new NetworkBuilder<>(network, ReluForm.AUTHORS, layers).logits(x);
            FloatBuffer values = TensorMemory.of(input).asFloatBuffer();
            for (int i = 0; i < frames; i++) {
                values.put(picture);
            }
            try (Session session = new Session(graph, TensorFlowProcess.literalConfig())) {
                new WeightTransfer(graph, layers.variables())
                        .fill(Inventory.weights(network), weights, session);
                try (Result result = session.runner().feed(x, input).fetch(stage).run()) {
                    FloatBuffer read = TensorMemory.of(result.get(0)).asFloatBuffer();
                    float[] features = new float[read.remaining()];
                    read.get(features);
                    return features;
                }
            }
        }
    }
}
