package dev.iresnet.training.descent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.train.ApplyMomentum;
import org.tensorflow.types.TFloat32;

/** The operations of a step of gradient descent: gradients, and what they do to variables. */
final class Descent {
    private final Ops tf;
    private final Optimisation how;
    private final Map<String, Variable<TFloat32>> trained;
    private final Map<String, Variable<TFloat32>> velocities = new LinkedHashMap<>();
    private final Map<String, Operand<TFloat32>> gradients = new LinkedHashMap<>();
    private final Placeholder<TFloat32> rate;
    private final Placeholder<TFloat32> keep;
    private final Operand<TFloat32> norm;
    private final Op step;

    /**
     * Lays them.
     *
     * @param variables of the network in training, by key
     * @param changed keys of those that follow their gradients
     * @param updates what else a step does
     * @param means where a mean of the variables is kept, if it is
     */
    Descent(
            Ops tf,
            Operand<TFloat32> loss,
            Map<String, Variable<TFloat32>> variables,
            List<String> changed,
            Optimisation how,
            List<Op> updates,
            Map<String, Variable<TFloat32>> means) {
        this.tf = tf;
        this.how = how;
        this.trained = variables;
        this.rate = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
        this.keep = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
        List<Operand<?>> of = new ArrayList<>();
        changed.forEach(key -> of.add(variable(trained, key)));
        Gradients all = tf.gradients(loss, of);
        for (int i = 0; i < changed.size(); i++) {
            String key = changed.get(i);
            gradients.put(key, all.<TFloat32>dy(i));
            Shape shape = variable(trained, key).shape();
            velocities.put(key, tf.withName(key + ".velocity").variable(shape, TFloat32.class));
        }
        this.norm = normOfAll();
        this.step = lay(updates, means);
    }

    private Operand<TFloat32> normOfAll() {
        List<Operand<TFloat32>> halves = new ArrayList<>();
        gradients.values().forEach(gradient -> halves.add(tf.nn.l2Loss(gradient)));
        return tf.math.sqrt(tf.math.mul(tf.constant(2f), tf.math.addN(halves)));
    }

    private Op lay(List<Op> updates, Map<String, Variable<TFloat32>> means) {
        // A step writes where the gradients of other layers still read, so it waits for all
        List<Op> before = new ArrayList<>(gradients.values());
        before.add(norm);
        Ops after = tf.withControlDependencies(tf.withControlDependencies(before).noOp());
        List<Op> done = new ArrayList<>(updates);
        gradients.forEach((key, gradient) -> done.add(apply(after, key, gradient)));
        if (how.average() == 0) {
            return tf.withControlDependencies(done).noOp();
        }
        Ops last = tf.withControlDependencies(tf.withControlDependencies(done).noOp());
        List<Op> moved = new ArrayList<>();
        trained.forEach(
                (key, variable) -> moved.add(average(last, variable(means, key), variable)));
        return tf.withControlDependencies(moved).noOp();
    }

    private Op apply(Ops tf, String key, Operand<TFloat32> raw) {
        Variable<TFloat32> variable = variable(trained, key);
        Operand<TFloat32> gradient = raw;
        if (how.clip() > 0) {
            Operand<TFloat32> most = tf.constant(how.clip());
            gradient = tf.math.mul(gradient, tf.math.div(most, tf.math.maximum(norm, most)));
        }
        if (how.weightDecay() > 0 && variable.shape().numDimensions() > 1) {
            gradient = tf.math.add(gradient, tf.math.mul(variable, tf.constant(how.weightDecay())));
        }
        return tf.train.applyMomentum(
                variable,
                variable(velocities, key),
                rate,
                gradient,
                tf.constant(how.momentum()),
                ApplyMomentum.useNesterov(how.nesterov()));
    }

    private Op average(Ops tf, Variable<TFloat32> mean, Variable<TFloat32> variable) {
        Operand<TFloat32> added = tf.math.mul(variable, tf.math.sub(tf.constant(1f), keep));
        return tf.assign(mean, tf.math.add(tf.math.mul(mean, keep), added));
    }

    private static Variable<TFloat32> variable(Map<String, Variable<TFloat32>> all, String key) {
        return Objects.requireNonNull(all.get(key), key);
    }

    /** What momentum is made of, by key. */
    Map<String, Variable<TFloat32>> velocities() {
        return velocities;
    }

    /** Of the loss, by key. */
    Map<String, Operand<TFloat32>> gradients() {
        return gradients;
    }

    /** Fed with the learning rate. */
    Placeholder<TFloat32> rate() {
        return rate;
    }

    /** Fed with the share of the old mean, where a mean is kept. */
    Placeholder<TFloat32> keep() {
        return keep;
    }

    /** L2, over all gradients, before they are cut down. */
    Operand<TFloat32> norm() {
        return norm;
    }

    /** Makes the step. */
    Op step() {
        return step;
    }
}
