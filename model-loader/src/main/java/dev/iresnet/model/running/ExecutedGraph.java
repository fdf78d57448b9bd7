package dev.iresnet.model.running;

import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Precision;
import java.util.List;
import org.tensorflow.Result;
import org.tensorflow.Tensor;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TUint8;

/**
 * The graph that TensorFlow runs, after all its rewriting: TensorFlow may not use the type that was
 * asked for.
 */
public final class ExecutedGraph {
    private final List<NodeDef> nodes;

    private ExecutedGraph(List<NodeDef> nodes) {
        this.nodes = nodes;
    }

    /** Runs black samples, as many as given. */
    public static ExecutedGraph of(RunnableGraph graph, ModelDescription model, int batch) {
        RunOptions options = RunOptions.newBuilder().setOutputPartitionGraphs(true).build();
        try (Tensor image = Tensor.of(TUint8.class, CropBatch.shape(model, batch));
                Result result =
                        graph.session()
                                .runner()
                                .feed(graph.input(), image)
                                .fetch(graph.outputs().get(0))
                                .setOptions(options)
                                .runAndFetchMetadata()) {
            return new ExecutedGraph(
                    result.getMetadata().orElseThrow().getPartitionGraphsList().stream()
                            .flatMap(partition -> partition.getNodeList().stream())
                            .toList());
        }
    }

    /**
     * Throws a {@link ModelException} if more than one convolution in ten runs in another type;
     * TensorFlow leaves a few where a change of type would cost more than it gains.
     */
    public void require(Precision precision) {
        List<DataType> types =
                nodes.stream()
                        .filter(node -> node.getOp().matches(".*Conv[23]D.*"))
                        .map(node -> node.getAttrOrDefault("T", AttrValue.getDefaultInstance()))
                        .map(AttrValue::getType)
                        .toList();
        long right = types.stream().filter(precision.type()::equals).count();
        if (types.isEmpty() || right < 0.9 * types.size()) {
            throw precision.refused(
                    "only %d of %d convolutions would run in it".formatted(right, types.size()),
                    null);
        }
    }
}
