package dev.iresnet.training;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.card.Network;
import dev.iresnet.model.export.InputScale;
import dev.iresnet.model.export.TensorFlowLayers;
import dev.iresnet.model.export.WeightSource;
import dev.iresnet.model.export.WeightTransfer;
import dev.iresnet.tensorflow.TensorFlowProcess;
import dev.iresnet.tensorflow.TensorMemory;
import dev.iresnet.zoo.Inventory;
import dev.iresnet.zoo.NetworkBuilder;
import dev.iresnet.zoo.Weight;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;

/**
 * A network twice over one set of variables, in training and in inference, with what a step of
 * gradient descent needs. Not thread-safe.
 *
 * <p>Pictures are uint8 [N,H,W,3], RGB; targets float32 [N,classes], the share of each class.
 */
final class TrainingGraph implements AutoCloseable {
    private final Graph graph = new Graph();
    private final Session session;
    private final List<Weight> weights;
    private final boolean averaging;

    /** Measured and exported; where a mean is kept, not those that a step changes. */
    private final Map<String, Variable<TFloat32>> served;

    private final Map<String, Variable<TFloat32>> trained;
    private final Map<Part, WeightTransfer> transfers = new LinkedHashMap<>();

    private final Placeholder<TUint8> pictures;
    private final Operand<TFloat32> servedHead;
    private final Operand<TFloat32> features;

    private final Operand<?> input;
    private final Placeholder<TFloat32> targets;
    private final Placeholder<TFloat32> mix;
    private final Operand<TFloat32> loss;
    private final Operand<TFloat32> accuracy;
    private final Descent descent;

    /** Of what training keeps. */
    enum Part {
        /** What is measured and exported. */
        SERVED,
        /** What a step changes; the same as above, unless a mean is kept. */
        TRAINED,
        /** What momentum is made of. */
        VELOCITY
    }

    /**
     * What a step was like.
     *
     * @param loss mean cross entropy before the step changed anything, without decay
     * @param accuracy share of the pictures that were labelled right
     * @param gradientNorm L2, over all gradients, before they are cut down
     */
    record Outcome(float loss, float accuracy, float gradientNorm) {}

    /**
     * What differs from step to step.
     *
     * @param mix share of each picture itself, where pictures are mixed
     * @param keep share of the old mean, where a mean of the weights is kept
     */
    record Pace(float learningRate, float mix, float keep) {}

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
        weights = Inventory.weights(network.architecture());
        Ops tf = Ops.create(graph);
        pictures = tf.placeholder(TUint8.class, Placeholder.shape(Shape.of(-1, -1, -1, 3)));
        mix = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
        Operand<TFloat32> normalised = normalise(tf, pictures, rule);

        TensorFlowLayers inference = new TensorFlowLayers(tf.withSubScope("served"));
        var servedNetwork =
                new NetworkBuilder<>(network.architecture(), network.reluForm(), inference);
        List<Operand<TFloat32>> stages = servedNetwork.features(normalised);
        Operand<TFloat32> last = stages.get(stages.size() - 1);
        features = inference.globalMean("features", last);
        Operand<TFloat32> servedLogits = servedNetwork.head(last);
        served = inference.variables();

        averaging = how.average() > 0;
        TrainingLayers layers =
                new TrainingLayers(
                        tf.withSubScope("trained"), averaging ? Map.of() : inference.variables());
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
        trained = layers.variables();

        targets = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1)));
        loss =
                tf.math.mean(
                        tf.nn.softmaxCrossEntropyWithLogits(logits, targets).loss(),
                        tf.constant(new int[] {0}));
        accuracy = accuracy(tf, logits);
        List<String> changed =
                weights.stream()
                        .filter(Weight::trained)
                        .map(Weight::key)
                        .filter(key -> !headOnly || key.startsWith("fc."))
                        .toList();
        descent = new Descent(tf, loss, trained, changed, how, layers.updates(), served);
        session = new Session(graph, TensorFlowProcess.literalConfig());
    }

    private static Operand<TFloat32> normalise(
            Ops tf, Operand<TUint8> pictures, Preprocessing rule) {
        Operand<TFloat32> centred =
                tf.math.sub(
                        tf.dtypes.cast(InputScale.ordered(tf, pictures, rule), TFloat32.class),
                        tf.constant(InputScale.mean(rule)));
        return tf.math.mul(centred, tf.constant(InputScale.scale(rule)));
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

    /** The parts that differ from each other. */
    List<Part> parts() {
        return averaging ? List.of(Part.values()) : List.of(Part.SERVED, Part.VELOCITY);
    }

    /** Which weights there are of a part. */
    List<Weight> weights(Part part) {
        Map<String, Variable<TFloat32>> variables = variables(part);
        return weights.stream().filter(weight -> variables.containsKey(weight.key())).toList();
    }

    private Map<String, Variable<TFloat32>> variables(Part part) {
        return switch (part) {
            case SERVED -> served;
            case TRAINED -> trained;
            case VELOCITY -> descent.velocities();
        };
    }

    /** Begins from these weights, at rest. */
    void begin(WeightSource source) {
        set(Part.SERVED, source);
        if (averaging) {
            set(Part.TRAINED, source);
        }
        Map<String, Weight> all = new LinkedHashMap<>();
        weights.forEach(weight -> all.put(weight.key(), weight));
        set(
                Part.VELOCITY,
                key -> new float[Math.toIntExact(Objects.requireNonNull(all.get(key)).size())]);
    }

    /** Sets a part, in PyTorch's layouts. */
    void set(Part part, WeightSource source) {
        transfers
                .computeIfAbsent(part, p -> new WeightTransfer(graph, variables(p)))
                .fill(weights(part), source, session);
    }

    /** A part by key, in PyTorch's layouts. */
    Map<String, float[]> get(Part part) {
        Map<String, Operand<TFloat32>> wanted = new LinkedHashMap<>();
        variables(part).forEach(wanted::put);
        return fetch(wanted, session.runner());
    }

    private Map<String, float[]> fetch(
            Map<String, Operand<TFloat32>> wanted, Session.Runner runner) {
        List<Weight> known =
                weights.stream().filter(weight -> wanted.containsKey(weight.key())).toList();
        known.forEach(weight -> runner.fetch(wanted.get(weight.key())));
        Map<String, float[]> values = new LinkedHashMap<>();
        try (Result result = runner.run()) {
            for (int i = 0; i < known.size(); i++) {
                values.put(known.get(i).key(), WeightTransfer.toTorch(known.get(i), result.get(i)));
            }
        }
        return values;
    }

    /**
     * Makes a step.
     *
     * @param batch pictures; or features [N,1,1,C] where only the head is trained
     * @param wanted share of each class
     * @param pace learning rate and the like of this step
     */
    Outcome step(Tensor batch, TFloat32 wanted, Pace pace) {
        try (TFloat32 rateNow = TFloat32.scalarOf(pace.learningRate);
                TFloat32 mixNow = TFloat32.scalarOf(pace.mix);
                TFloat32 keepNow = TFloat32.scalarOf(pace.keep);
                Result result =
                        session.runner()
                                .feed(input.asOutput(), batch)
                                .feed(targets, wanted)
                                .feed(descent.rate(), rateNow)
                                .feed(mix, mixNow)
                                .feed(descent.keep(), keepNow)
                                .fetch(loss)
                                .fetch(accuracy)
                                .fetch(descent.norm())
                                .addTarget(descent.step())
                                .run()) {
            return new Outcome(scalar(result.get(0)), scalar(result.get(1)), scalar(result.get(2)));
        }
    }

    /** Of the loss at this batch, by key, in PyTorch's layouts; changes nothing. */
    Map<String, float[]> gradients(Tensor batch, TFloat32 wanted) {
        return fetch(
                descent.gradients(),
                session.runner().feed(input.asOutput(), batch).feed(targets, wanted));
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
        try (Result result = session.runner().feed(fed.asOutput(), batch).fetch(wanted).run()) {
            FloatBuffer values = TensorMemory.of(result.get(0)).asFloatBuffer();
            float[] copy = new float[values.remaining()];
            values.get(copy);
            return copy;
        }
    }

    private static float scalar(Tensor tensor) {
        return TensorMemory.of(tensor).asFloatBuffer().get();
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
