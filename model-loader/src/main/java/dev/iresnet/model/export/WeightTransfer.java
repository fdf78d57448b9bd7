package dev.iresnet.model.export;

import dev.iresnet.model.ModelException;
import dev.iresnet.zoo.Weight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * Moves weights between PyTorch's layout and the variables of a graph. They are filled a piece at a
 * time: neither the whole network nor a constant of it is ever held twice.
 */
public final class WeightTransfer {
    private static final long PIECE_VALUES = 8 << 20;

    private final Map<String, Placeholder<TFloat32>> inputs = new LinkedHashMap<>();
    private final Map<String, Op> assignments = new LinkedHashMap<>();

    /** Adds the operations that it needs to the graph. */
    public WeightTransfer(Graph graph, Map<String, Variable<TFloat32>> variables) {
        this(graph, variables, Map.of());
    }

    /** Also for weights that are stored in 8 bits. */
    WeightTransfer(
            Graph graph,
            Map<String, Variable<TFloat32>> variables,
            Map<String, EightBitLayers.Stored> stored) {
        Ops tf = Ops.create(graph).withSubScope("transfer");
        variables.forEach(
                (key, variable) -> assignments.put(key, tf.assign(variable, input(tf, key))));
        stored.forEach((key, of) -> assignments.put(key, of.assign(tf, input(tf, key))));
    }

    private Placeholder<TFloat32> input(Ops tf, String key) {
        return inputs.computeIfAbsent(key, k -> tf.placeholder(TFloat32.class));
    }

    /**
     * Sets variables.
     *
     * @param weights of the network, as counted off its declaration
     */
    public void fill(List<Weight> weights, WeightSource source, Session session) {
        List<Weight> piece = new ArrayList<>();
        long values = 0;
        for (Weight weight : weights) {
            piece.add(weight);
            values += weight.size();
            if (values >= PIECE_VALUES) {
                run(piece, source, session);
                piece.clear();
                values = 0;
            }
        }
        if (!piece.isEmpty()) {
            run(piece, source, session);
        }
    }

    @SuppressWarnings("NullAway") // both maps have every key of the network
    private void run(List<Weight> piece, WeightSource source, Session session) {
        List<Tensor> tensors = new ArrayList<>();
        try {
            Session.Runner runner = session.runner();
            for (Weight weight : piece) {
                Tensor tensor = tensor(weight, source.read(weight.key()));
                tensors.add(tensor);
                runner.feed(inputs.get(weight.key()), tensor);
                runner.addTarget(assignments.get(weight.key()));
            }
            runner.run().close();
        } finally {
            tensors.forEach(Tensor::close);
        }
    }

    static Tensor tensor(Weight weight, float[] values) {
        if (values.length != weight.size()) {
            throw new ModelException(
                    "%s must have %d values, shape %s, but its source gave %d"
                            .formatted(weight.key(), weight.size(), weight.shape(), values.length));
        }
        List<Integer> torch = weight.shape();
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
        TFloat32 tensor = Tensor.of(TFloat32.class, shape);
        tensor.asRawTensor().data().asFloats().write(turn(values, torch, true));
        return tensor;
    }

    /** The values of a variable of this process, as fetched, in PyTorch's layout. */
    public static float[] toTorch(Weight weight, Tensor fetched) {
        float[] values = new float[Math.toIntExact(weight.size())];
        fetched.asRawTensor().data().asFloats().read(values);
        return turn(values, weight.shape(), false);
    }

    /** (out, in, [t,] k, k) to ([t,] k, k, in, out), and (out, in) to (in, out); or back. */
    private static float[] turn(float[] values, List<Integer> torch, boolean there) {
        if (torch.size() == 1) {
            return values;
        }
        int out = torch.get(0);
        int in = torch.get(1);
        int window = values.length / (out * in);
        float[] turned = new float[values.length];
        int at = 0;
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < in; i++) {
                for (int w = 0; w < window; w++) {
                    int other = (w * in + i) * out + o;
                    if (there) {
                        turned[other] = values[at];
                    } else {
                        turned[at] = values[other];
                    }
                    at++;
                }
            }
        }
        return turned;
    }
}
