package dev.iresnet.model.running;

import org.tensorflow.Graph;
import org.tensorflow.Session;

/**
 * A graph in a session, ready to run.
 *
 * @param input tensor that takes uint8 [N,H,W,3]
 * @param probabilities tensor that gives float32 [N,classes]
 */
public record RunnableGraph(Graph graph, Session session, String input, String probabilities)
        implements AutoCloseable {

    @Override
    public void close() {
        try {
            session.close();
        } finally {
            graph.close();
        }
    }
}
