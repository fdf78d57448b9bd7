package dev.iresnet.model.export;

import dev.iresnet.zoo.Weight;
import dev.iresnet.model.ModelException;

import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Assign;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fills a graph's variables from a {@link WeightSource}, a piece at a time: neither the whole
 * network nor a constant of it is ever held twice.
 */
final class WeightTransfer {
    private static final long PIECE_VALUES = 8 << 20;

    private final Map<String, Placeholder<TFloat32>> inputs = new LinkedHashMap<>();
    private final Map<String, Assign<TFloat32>> assignments = new LinkedHashMap<>();

    private WeightTransfer(NetworkGraph network) {
        Ops tf = Ops.create(network.graph()).withSubScope("transfer");
        network.variables()
                .forEach(
                        (key, variable) -> {
                            Placeholder<TFloat32> input = tf.placeholder(TFloat32.class);
                            inputs.put(key, input);
                            assignments.put(key, tf.assign(variable, input));
                        });
    }

    /**
     * Adds the operations that it needs to the graph, and runs them.
     *
     * @param variables all of the network, as counted off its declaration
     */
    static void fill(
            NetworkGraph network, List<Weight> variables, WeightSource weights, Session session) {
        WeightTransfer transfer = new WeightTransfer(network);
        List<Weight> piece = new ArrayList<>();
        long values = 0;
        for (Weight variable : variables) {
            piece.add(variable);
            values += variable.size();
            if (values >= PIECE_VALUES) {
                transfer.run(piece, weights, session);
                piece.clear();
                values = 0;
            }
        }
        if (!piece.isEmpty()) {
            transfer.run(piece, weights, session);
        }
    }

    @SuppressWarnings("NullAway") // both maps have every key of the network
    private void run(List<Weight> piece, WeightSource weights, Session session) {
        List<Tensor> tensors = new ArrayList<>();
        try {
            Session.Runner runner = session.runner();
            for (Weight variable : piece) {
                Tensor tensor = tensor(variable, weights.read(variable.key()));
                tensors.add(tensor);
                runner.feed(inputs.get(variable.key()), tensor);
                runner.addTarget(assignments.get(variable.key()));
            }
            runner.run().close();
        } finally {
            tensors.forEach(Tensor::close);
        }
    }

    private static Tensor tensor(Weight variable, float[] values) {
        if (values.length != variable.size()) {
            throw new ModelException(
                    "%s must have %d values, shape %s, but its source gave %d"
                            .formatted(
                                    variable.key(),
                                    variable.size(),
                                    variable.shape(),
                                    values.length));
        }
        List<Integer> torch = variable.shape();
        Shape shape =
                switch (torch.size()) {
                    case 5 ->
                            Shape.of(
                                    torch.get(2),
                                    torch.get(3),
                                    torch.get(4),
                                    torch.get(1),
                                    torch.get(0));
                    case 4 -> Shape.of(torch.get(2), torch.get(3), torch.get(1), torch.get(0));
                    case 2 -> Shape.of(torch.get(1), torch.get(0));
                    default -> Shape.of(torch.get(0));
                };
        float[] turned = torch.size() == 1 ? values : turn(values, torch);
        TFloat32 tensor = Tensor.of(TFloat32.class, shape);
        tensor.asRawTensor().data().asFloats().write(turned);
        return tensor;
    }

    /** (out, in, [t,] k, k) to ([t,] k, k, in, out), and (out, in) to (in, out). */
    private static float[] turn(float[] values, List<Integer> torch) {
        int out = torch.get(0);
        int in = torch.get(1);
        int window = values.length / (out * in);
        float[] turned = new float[values.length];
        int from = 0;
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < in; i++) {
                for (int w = 0; w < window; w++) {
                    turned[(w * in + i) * out + o] = values[from++];
                }
            }
        }
        return turned;
    }
}
