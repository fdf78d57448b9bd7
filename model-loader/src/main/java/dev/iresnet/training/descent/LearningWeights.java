package dev.iresnet.training.descent;

import dev.iresnet.model.export.WeightSource;
import dev.iresnet.model.export.WeightTransfer;
import dev.iresnet.tensorflow.TensorFlowProcess;
import dev.iresnet.tensorflow.TensorMemory;
import dev.iresnet.zoo.Weight;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * The weights of a network that stands in a graph twice, in inference ({@code served}) and in
 * training, and the steps that change them. Not thread-safe.
 */
public final class LearningWeights implements AutoCloseable {
    private final Graph graph;
    private final Session session;
    private final List<Weight> weights;
    private final Predicate<String> changed;
    private final boolean averaging;

    /** Measured and exported; where a mean is kept, not those that a step changes. */
    private final Map<String, Variable<TFloat32>> served;

    private final Map<String, Variable<TFloat32>> trained;
    private final Map<Part, WeightTransfer> transfers = new LinkedHashMap<>();
    private final Descent descent;

    /** Of what training keeps. */
    public enum Part {
        /** What is measured and exported. */
        SERVED,
        /** What a step changes; the same as above, unless a mean is kept. */
        TRAINED,
        /** What momentum is made of. */
        VELOCITY
    }

    /**
     * What differs from step to step.
     *
     * @param keep share of the old mean, where a mean of the weights is kept
     */
    public record Pace(float learningRate, float keep) {}

    /**
     * Lays the gradients, and opens a session.
     *
     * @param graph closed with this
     * @param weights of the network
     * @param served variables by key
     * @param layers of the network in training; variables of their own only if a mean is kept
     * @param loss what the steps lower, a scalar
     * @param changed tells keys of the weights that steps change
     */
    public LearningWeights(
            Graph graph,
            List<Weight> weights,
            Map<String, Variable<TFloat32>> served,
            TrainingLayers layers,
            Optimisation how,
            Operand<TFloat32> loss,
            Predicate<String> changed) {
        this.graph = graph;
        this.weights = List.copyOf(weights);
        this.changed = changed;
        this.averaging = how.average() > 0;
        this.served = served;
        this.trained = layers.variables();
        List<String> keys =
                weights.stream().filter(Weight::trained).map(Weight::key).filter(changed).toList();
        Ops tf = Ops.create(graph).withSubScope("descent");
        this.descent = new Descent(tf, loss, trained, keys, how, layers.updates(), served);
        this.session = new Session(graph, TensorFlowProcess.literalConfig());
    }

    /** The parts that differ from each other. */
    public List<Part> parts() {
        return averaging ? List.of(Part.values()) : List.of(Part.SERVED, Part.VELOCITY);
    }

    /** Which weights of a part steps can change; where only the head is trained, its own. */
    public List<Weight> of(Part part) {
        return all(part).stream().filter(weight -> changed.test(weight.key())).toList();
    }

    private List<Weight> all(Part part) {
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
    public void begin(WeightSource source) {
        set(Part.SERVED, all(Part.SERVED), source);
        if (averaging) {
            set(Part.TRAINED, all(Part.TRAINED), source);
        }
        // all at once: TensorFlow goes through the whole graph for each new set of variables
        Map<String, Integer> sizes =
                all(Part.VELOCITY).stream()
                        .collect(
                                Collectors.toMap(
                                        Weight::key, weight -> Math.toIntExact(weight.size())));
        set(
                Part.VELOCITY,
                all(Part.VELOCITY),
                key -> new float[Objects.requireNonNull(sizes.get(key), key)]);
    }

    /** Sets some weights of a part, in PyTorch's layouts. */
    public void set(Part part, List<Weight> some, WeightSource source) {
        transfers
                .computeIfAbsent(part, p -> new WeightTransfer(graph, variables(p)))
                .fill(some, source, session);
    }

    /** The weights {@link #of} a part by key, in PyTorch's layouts. */
    public Map<String, float[]> get(Part part) {
        Map<String, Operand<TFloat32>> wanted = new LinkedHashMap<>(variables(part));
        wanted.keySet().removeIf(changed.negate());
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

    /** Runs what is fed and fetched. */
    public Session.Runner runner() {
        return session.runner();
    }

    /**
     * Makes a step.
     *
     * @param fed with all that the loss needs
     * @param told scalars to fetch
     * @return their values before the step changed anything, and behind them the L2 norm of all
     *     gradients before they are cut down
     */
    public float[] step(Session.Runner fed, Pace pace, List<Operand<TFloat32>> told) {
        told.forEach(fed::fetch);
        try (TFloat32 rate = TFloat32.scalarOf(pace.learningRate);
                TFloat32 keep = TFloat32.scalarOf(pace.keep);
                Result result =
                        fed.feed(descent.rate(), rate)
                                .feed(descent.keep(), keep)
                                .fetch(descent.norm())
                                .addTarget(descent.step())
                                .run()) {
            float[] values = new float[told.size() + 1];
            for (int i = 0; i < values.length; i++) {
                values[i] = TensorMemory.of(result.get(i)).asFloatBuffer().get();
            }
            return values;
        }
    }

    /** Of the loss, by key, in PyTorch's layouts; changes nothing. */
    public Map<String, float[]> gradients(Session.Runner fed) {
        return fetch(descent.gradients(), fed);
    }

    /** All values of a tensor. */
    public static float[] floats(Tensor tensor) {
        FloatBuffer values = TensorMemory.of(tensor).asFloatBuffer();
        float[] copy = new float[values.remaining()];
        values.get(copy);
        return copy;
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
