package dev.iresnet.model.running;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.TestModels;
import dev.iresnet.tensorflow.TensorFlowProcess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TUint8;

class TensorFlowModelTest {
    @TempDir Path folder;

    @Test
    void anExceptionThatLooksLikeAWrongArgumentIsTheModels() {
        ModelDescription description = TestModels.export(folder).description();
        Graph graph = new Graph();
        Ops tf = Ops.create(graph);
        // no crop has seven values
        tf.withName("output").reshape(tf.withName("input").placeholder(TUint8.class), tf.array(7));

        try (Model model =
                new TensorFlowModel(
                        description,
                        new RunnableGraph(
                                graph,
                                new Session(graph, TensorFlowProcess.literalConfig()),
                                "input",
                                List.of("output")))) {
            assertThatThrownBy(() -> model.predict(TestModels.samples(1)))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("failed at a batch of 1")
                    .hasCauseInstanceOf(TFInvalidArgumentException.class);
        }
    }
}
