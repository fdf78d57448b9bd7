package dev.iresnet.model.running;

import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Session;

/**
 * A graph in a session, ready to run.
 *
 * @param input tensor that takes uint8 [N,H,W,3], of clips [N,T,H,W,3]
 * @param outputs tensors that the model's {@link OutputHead} reads, in its order
 */
public record RunnableGraph(Graph graph, Session session, String input, List<String> outputs)
        implements AutoCloseable {
    public RunnableGraph {
        outputs = List.copyOf(outputs);
    }

    @Override
    public void close() {
        try {
            session.close();
        } finally {
            graph.close();
        }
    }
}
