package dev.iresnet.model.foreign;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.model.card.ServedSignature;
import dev.iresnet.model.savedmodel.Nodes;
import dev.iresnet.tensorflow.TensorFlowProcess;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.proto.GraphDef;

class ForeignGraphTest {
    private static final SignatureShape SHAPE =
            new SignatureShape(
                    OptionalInt.empty(), OptionalInt.of(8), OptionalInt.of(8), OptionalInt.of(5));

    private static final ServedSignature SIGNATURE =
            new ServedSignature(
                    "serving_default",
                    new ServedSignature.Input("image", ServedSignature.Type.UINT8),
                    new ServedSignature.Scores("y", ServedSignature.Kind.LOGITS));

    /** The first cannot be imported; the second is, but has nothing to make it ready. */
    @ParameterizedTest
    @ValueSource(strings = {"NoSuchOperation", "NoOp"})
    void closesTheGraphIfItDoesNotStart(String operation) {
        GraphDef nodes =
                GraphDef.newBuilder().addNode(Nodes.create("node", operation).build()).build();
        Graph graph = new Graph();

        assertThatThrownBy(
                        () ->
                                new ForeignGraph(nodes, SHAPE, SIGNATURE, List.of("y"))
                                        .start(graph, TensorFlowProcess.literalConfig())
                                        .close())
                .isInstanceOf(RuntimeException.class);

        assertThatThrownBy(graph::toGraphDef)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("close()");
    }
}
