package dev.iresnet.model.export;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.card.Network;
import dev.iresnet.model.card.WeightType;
import dev.iresnet.model.savedmodel.SavedGraph;
import dev.iresnet.tensorflow.TensorFlowProcess;
import dev.iresnet.zoo.Head;
import dev.iresnet.zoo.NetworkBuilder;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/**
 * A network as a TensorFlow graph with both signatures over one body.
 *
 * <p>{@code serving_default} takes {@code image}, uint8 [N,H,W,3], RGB 0..255, and normalises it;
 * {@code normalized} takes {@code image}, float32 [N,H,W,3] in the network's order of channels, fed
 * in behind the normalisation. N, H and W are free; a detector's H and W are those of its default
 * boxes. Clips are [N,T,H,W,3], of any T.
 */
final class NetworkGraph implements AutoCloseable {

    private final Graph graph;
    private final List<Signature> signatures;
    private final TensorFlowLayers layers;

    private NetworkGraph(Graph graph, List<Signature> signatures, TensorFlowLayers layers) {
        this.graph = graph;
        this.signatures = signatures;
        this.layers = layers;
    }

    static NetworkGraph build(Network network, Preprocessing preprocessing) {
        TensorFlowProcess.requireCpu();
        Graph graph = new Graph();
        try {
            return build(graph, network, preprocessing);
        } catch (RuntimeException e) {
            graph.close();
            throw e;
        }
    }

    private static NetworkGraph build(Graph graph, Network network, Preprocessing preprocessing) {
        Ops tf = Ops.create(graph);
        Head head = network.architecture().head();
        long side = head instanceof Head.Ssd ssd ? ssd.boxes().side() : -1;
        Shape shape =
                network.architecture().takesClips()
                        ? Shape.of(-1, -1, -1, -1, 3)
                        : Shape.of(-1, side, side, 3);
        Placeholder<TUint8> image =
                tf.withName(SavedGraph.IMAGE).placeholder(TUint8.class, Placeholder.shape(shape));
        Operand<TFloat32> normalized = normalize(tf, image, preprocessing);
        TensorFlowLayers layers =
                network.weightType() == WeightType.INT8
                        ? new EightBitLayers(tf)
                        : new TensorFlowLayers(tf);
        List<Operand<TFloat32>> outputs =
                new NetworkBuilder<>(network.architecture(), network.reluForm(), layers)
                        .outputs(normalized);
        Signature.Builder serving =
                Signature.builder()
                        .input(SavedGraph.IMAGE, image)
                        .methodName("tensorflow/serving/predict");
        Signature.Builder behind =
                Signature.builder(SavedGraph.NORMALIZED)
                        .input(SavedGraph.IMAGE, normalized)
                        .methodName("tensorflow/serving/predict");
        if (head instanceof Head.Ssd ssd) {
            Operand<TFloat32> offsets = outputs.get(0);
            Operand<TFloat32> logits = outputs.get(1);
            new BoxDecoding(tf, ssd.boxes()).outputs(offsets, logits).forEach(serving::output);
            behind.output(SavedGraph.OFFSETS, offsets).output(SavedGraph.LOGITS, logits);
        } else {
            Operand<TFloat32> logits = outputs.get(0);
            serving.output(SavedGraph.LOGITS, logits)
                    .output(
                            SavedGraph.PROBABILITIES,
                            tf.withName(SavedGraph.PROBABILITIES).nn.softmax(logits));
            behind.output(SavedGraph.LOGITS, logits);
        }
        return new NetworkGraph(graph, List.of(serving.build(), behind.build()), layers);
    }

    private static Operand<TFloat32> normalize(
            Ops tf, Operand<TUint8> image, Preprocessing preprocessing) {
        float[] mean = InputScale.mean(preprocessing);
        float[] scale = InputScale.scale(preprocessing);
        Operand<TFloat32> pixels =
                tf.withName("pixels")
                        .dtypes
                        .cast(InputScale.ordered(tf, image, preprocessing), TFloat32.class);
        Operand<TFloat32> centred =
                tf.withName("centred").math.sub(pixels, tf.withName("mean").constant(mean));
        return tf.withName(SavedGraph.NORMALIZED)
                .math
                .mul(centred, tf.withName("scale").constant(scale));
    }

    Graph graph() {
        return graph;
    }

    List<Signature> signatures() {
        return signatures;
    }

    /** By checkpoint key, and by other names where weights are kept in 8 bits. */
    Map<String, Variable<TFloat32>> variables() {
        return layers.variables();
    }

    /** What sets its variables; adds operations to the graph. */
    WeightTransfer transfer() {
        return layers instanceof EightBitLayers narrow
                ? new WeightTransfer(graph, narrow.variables(), narrow.stored())
                : new WeightTransfer(graph, layers.variables());
    }

    @Override
    public void close() {
        graph.close();
    }
}
