package dev.iresnet.training;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.card.Network;
import dev.iresnet.model.export.InputScale;
import dev.iresnet.model.export.TensorFlowLayers;
import dev.iresnet.tensorflow.TensorFlowProcess;
import dev.iresnet.training.Learner.Outcome;
import dev.iresnet.training.descent.LearningWeights;
import dev.iresnet.training.descent.LearningWeights.Pace;
import dev.iresnet.training.descent.Optimisation;
import dev.iresnet.training.descent.TrainingLayers;
import dev.iresnet.zoo.Inventory;
import dev.iresnet.zoo.NetworkBuilder;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;

/**
 * A network twice over one set of variables, in training and in inference, with what a step of
 * gradient descent needs. Not thread-safe.
 *
 * <p>Pictures are uint8 [N,H,W,3], RGB, clips [N,T,H,W,3]; targets float32 [N,classes], the share
 * of each class.
 */
final class TrainingGraph implements AutoCloseable {
    private final LearningWeights weights;
    private final Placeholder<TUint8> pictures;
    private final Operand<TFloat32> servedHead;
    private final Operand<TFloat32> features;

    private final Operand<?> input;
    private final Placeholder<TFloat32> targets;
    private final Placeholder<TFloat32> mix;
    private final Operand<TFloat32> loss;
    private final Operand<TFloat32> accuracy;

    /**
     * @param headOnly whether the backbone stays as it is; steps then take features, not pictures
     * @param mixing whether each picture is mixed with another of its batch
     */
    TrainingGraph(
            Network network,
            Preprocessing rule,
            Optimisation how,
            boolean headOnly,
            boolean mixing) {
        TensorFlowProcess.requireCpu();
        Graph graph = new Graph();
        Ops tf = Ops.create(graph);
        Shape shape =
                network.architecture().takesClips()
                        ? Shape.of(-1, -1, -1, -1, 3)
                        : Shape.of(-1, -1, -1, 3);
        pictures = tf.placeholder(TUint8.class, Placeholder.shape(shape));
        mix = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
        Operand<TFloat32> normalised = InputScale.normalised(tf, pictures, rule);

        TensorFlowLayers inference = new TensorFlowLayers(tf.withSubScope("served"));
        var servedNetwork =
                new NetworkBuilder<>(network.architecture(), network.reluForm(), inference);
        List<Operand<TFloat32>> stages = servedNetwork.features(normalised);
        Operand<TFloat32> last = stages.get(stages.size() - 1);
        features = inference.globalMean("features", last);
        Operand<TFloat32> servedLogits = servedNetwork.head(last);

        TrainingLayers layers =
                new TrainingLayers(
                        tf.withSubScope("trained"),
                        how.average() > 0 ? Map.of() : inference.variables());
        var builder = new NetworkBuilder<>(network.architecture(), network.reluForm(), layers);
        Operand<TFloat32> logits;
        if (headOnly) {
            int channels = network.architecture().backbone().features();
            Placeholder<TFloat32> fed =
                    tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 1, 1, channels)));
            input = fed;
            servedHead = servedNetwork.head(fed);
            logits = builder.head(fed);
        } else {
            input = pictures;
            servedHead = servedLogits;
            logits = builder.logits(mixing ? mixed(tf, normalised) : normalised);
        }
        targets = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1)));
        loss =
                tf.math.mean(
                        tf.nn.softmaxCrossEntropyWithLogits(logits, targets).loss(),
                        tf.constant(new int[] {0}));
        accuracy = accuracy(tf, logits);
        weights =
                new LearningWeights(
                        graph,
                        Inventory.weights(network.architecture()),
                        inference.variables(),
                        layers,
                        how,
                        loss,
                        key -> !headOnly || key.startsWith("fc."));
    }

    /** Each picture with the one as far from the batch's other end. */
    private Operand<TFloat32> mixed(Ops tf, Operand<TFloat32> x) {
        Operand<TFloat32> other = tf.reverse(x, tf.constant(new int[] {0}));
        return tf.math.add(
                tf.math.mul(x, mix), tf.math.mul(other, tf.math.sub(tf.constant(1f), mix)));
    }

    private Operand<TFloat32> accuracy(Ops tf, Operand<TFloat32> logits) {
        Operand<TInt64> said = tf.math.argMax(logits, tf.constant(1));
        Operand<TInt64> meant = tf.math.argMax(targets, tf.constant(1));
        return tf.math.mean(
                tf.dtypes.cast(tf.math.equal(said, meant), TFloat32.class),
                tf.constant(new int[] {0}));
    }

    /** What steps change, and what is kept of it. */
    LearningWeights weights() {
        return weights;
    }

    /**
     * Makes a step.
     *
     * @param batch pictures or clips; or features [N,1,1,C] where only the head is trained
     * @param wanted share of each class
     * @param share of each picture itself, where pictures are mixed
     */
    Outcome step(Tensor batch, TFloat32 wanted, float share, Pace pace) {
        try (TFloat32 mixed = TFloat32.scalarOf(share)) {
            Session.Runner runner = fed(batch, wanted).feed(mix, mixed);
            float[] told = weights.step(runner, pace, List.of(loss, accuracy));
            return new Outcome(told[0], told[1], told[2]);
        }
    }

    /** Of the loss at this batch, by key, in PyTorch's layouts; changes nothing. */
    Map<String, float[]> gradients(Tensor batch, TFloat32 wanted) {
        return weights.gradients(fed(batch, wanted));
    }

    /** The loss at this batch in training; changes nothing. */
    float loss(Tensor batch, TFloat32 wanted) {
        try (Result result = fed(batch, wanted).fetch(loss).run()) {
            return LearningWeights.floats(result.get(0))[0];
        }
    }

    private Session.Runner fed(Tensor batch, TFloat32 wanted) {
        return weights.runner().feed(input.asOutput(), batch).feed(targets, wanted);
    }

    /** Of what a step takes, by the weights that are exported: row-major [N,classes]. */
    float[] logits(Tensor batch) {
        return floats(input, batch, servedHead);
    }

    /** Of pictures, what the head makes logits of: row-major [N,C]. */
    float[] features(TUint8 batch) {
        return floats(pictures, batch, features);
    }

    private float[] floats(Operand<?> fed, Tensor batch, Operand<TFloat32> wanted) {
        try (Result result = weights.runner().feed(fed.asOutput(), batch).fetch(wanted).run()) {
            return LearningWeights.floats(result.get(0));
        }
    }

    @Override
    public void close() {
        weights.close();
    }
}
