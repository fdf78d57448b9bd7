package dev.iresnet.training.detection;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.card.Network;
import dev.iresnet.model.export.BoxDecoding;
import dev.iresnet.model.export.InputScale;
import dev.iresnet.model.export.TensorFlowLayers;
import dev.iresnet.model.savedmodel.SavedGraph;
import dev.iresnet.tensorflow.TensorFlowProcess;
import dev.iresnet.tensorflow.TensorMemory;
import dev.iresnet.training.Learner;
import dev.iresnet.training.descent.LearningWeights;
import dev.iresnet.training.descent.LearningWeights.Pace;
import dev.iresnet.training.descent.Optimisation;
import dev.iresnet.training.descent.TrainingLayers;
import dev.iresnet.training.detection.Matching.Targets;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Head;
import dev.iresnet.zoo.Inventory;
import dev.iresnet.zoo.NetworkBuilder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/**
 * A detector twice over one set of variables, in training and in inference, with what a step of
 * gradient descent needs. Not thread-safe.
 */
final class DetectorGraph implements AutoCloseable {
    private final LearningWeights weights;
    private final Placeholder<TUint8> pictures;
    private final SsdLoss ssd;
    private final Operand<TFloat32> loss;
    private final Operand<TFloat32> accuracy;
    private final Operand<TFloat32> servedLoss;
    private final List<Operand<TFloat32>> decoded;

    /**
     * What the graph is fed with.
     *
     * @param pictures uint8 [N,H,W,3], RGB
     * @param classes int32 [N,boxes]
     * @param offsets float32 [N,4,boxes]
     */
    record Inputs(TUint8 pictures, TInt32 classes, TFloat32 offsets) implements Learner.Batch {

        /** Takes the pictures over. */
        static Inputs of(TUint8 pictures, List<Targets> targets) {
            int count = targets.size();
            int boxes = targets.get(0).classes().length;
            TInt32 classes = TInt32.tensorOf(Shape.of(count, boxes));
            TFloat32 offsets = TFloat32.tensorOf(Shape.of(count, 4, boxes));
            IntBuffer allClasses = TensorMemory.of(classes).asIntBuffer();
            FloatBuffer allOffsets = TensorMemory.of(offsets).asFloatBuffer();
            targets.forEach(
                    some -> {
                        allClasses.put(some.classes());
                        allOffsets.put(some.offsets());
                    });
            return new Inputs(pictures, classes, offsets);
        }

        @Override
        public int size() {
            return Math.toIntExact(pictures.shape().get(0));
        }

        @Override
        public void close() {
            pictures.close();
            classes.close();
            offsets.close();
        }
    }

    DetectorGraph(Network network, Preprocessing rule, Optimisation how) {
        TensorFlowProcess.requireCpu();
        Architecture architecture = network.architecture();
        if (!(architecture.head() instanceof Head.Ssd head)) {
            throw new IllegalArgumentException(architecture.name() + " is no detector");
        }
        Graph graph = new Graph();
        Ops tf = Ops.create(graph);
        long side = head.boxes().side();
        pictures = tf.placeholder(TUint8.class, Placeholder.shape(Shape.of(-1, side, side, 3)));
        Operand<TFloat32> normalised = InputScale.normalised(tf, pictures, rule);
        ssd = new SsdLoss(tf, head.boxes().count());

        TensorFlowLayers inference = new TensorFlowLayers(tf.withSubScope("served"));
        List<Operand<TFloat32>> served =
                new NetworkBuilder<>(architecture, network.reluForm(), inference)
                        .outputs(normalised);
        servedLoss = ssd.of(served.get(0), served.get(1));
        Map<String, Operand<TFloat32>> outputs =
                new BoxDecoding(tf, head.boxes()).outputs(served.get(0), served.get(1));
        decoded =
                List.of(
                        Objects.requireNonNull(outputs.get(SavedGraph.BOXES)),
                        Objects.requireNonNull(outputs.get(SavedGraph.SCORES)));

        TrainingLayers layers =
                new TrainingLayers(
                        tf.withSubScope("trained"),
                        how.average() > 0 ? Map.of() : inference.variables());
        List<Operand<TFloat32>> trained =
                new NetworkBuilder<>(architecture, network.reluForm(), layers).outputs(normalised);
        loss = ssd.of(trained.get(0), trained.get(1));
        accuracy = ssd.accuracy(trained.get(1));
        weights =
                new LearningWeights(
                        graph,
                        Inventory.weights(architecture),
                        inference.variables(),
                        layers,
                        how,
                        loss,
                        key -> true);
    }

    /** What steps change, and what is kept of it. */
    LearningWeights weights() {
        return weights;
    }

    Learner.Outcome step(Inputs batch, Pace pace) {
        float[] told = weights.step(fed(batch), pace, List.of(loss, accuracy));
        return new Learner.Outcome(told[0], told[1], told[2]);
    }

    /** Of the loss at this batch, by key, in PyTorch's layouts; changes nothing. */
    Map<String, float[]> gradients(Inputs batch) {
        return weights.gradients(fed(batch));
    }

    private Session.Runner fed(Inputs batch) {
        return weights.runner()
                .feed(pictures, batch.pictures)
                .feed(ssd.classes(), batch.classes)
                .feed(ssd.offsets(), batch.offsets);
    }

    /**
     * Looks at pictures with the weights that are exported.
     *
     * @param consumer takes the loss, and boxes and scores as {@code serving_default} gives them,
     *     which are closed afterwards
     */
    void look(Inputs batch, BiConsumer<Float, List<Tensor>> consumer) {
        Session.Runner runner = fed(batch).fetch(servedLoss);
        decoded.forEach(runner::fetch);
        try (Result result = runner.run()) {
            consumer.accept(
                    LearningWeights.floats(result.get(0))[0],
                    List.of(result.get(1), result.get(2)));
        }
    }

    @Override
    public void close() {
        weights.close();
    }
}
