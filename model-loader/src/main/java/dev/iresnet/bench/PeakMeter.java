package dev.iresnet.bench;

import dev.iresnet.tensorflow.TensorFlowFailures;
import dev.iresnet.tensorflow.TensorFlowProcess;
import java.util.List;
import java.util.function.ToLongFunction;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.family.TNumber;

/**
 * Finds out how much arithmetic this machine can do: the fastest among products of square matrices
 * of several sizes, each given to TensorFlow in three ways, which take different kernels of oneDNN.
 * No arithmetic of a network in the same precision can be faster.
 */
public final class PeakMeter {
    private static final List<Integer> SIZES = List.of(512, 1024, 2048);

    private final Stopwatch stopwatch;
    private final double seconds;

    /** Spends about {@code seconds} on a measurement. */
    public PeakMeter(double seconds) {
        this(new Stopwatch(System::nanoTime), seconds);
    }

    PeakMeter(Stopwatch stopwatch, double seconds) {
        this.stopwatch = stopwatch;
        this.seconds = seconds;
    }

    /** Of the fastest call: 10^9 operations a second, two for a multiply-accumulate. */
    double gflops(Class<? extends TNumber> type) {
        return best(type, sorted -> sorted[0]);
    }

    /**
     * Of the product whose median call is the fastest, in the same unit: what a machine with other
     * load can sustain.
     */
    public double sustainedGflops(Class<? extends TNumber> type) {
        return best(type, sorted -> Stopwatch.percentile(sorted, 0.5));
    }

    private double best(Class<? extends TNumber> type, ToLongFunction<long[]> call) {
        double best = 0;
        for (Way way : Way.values()) {
            for (int size : SIZES) {
                best = Math.max(best, gflops(type, way, size, call));
            }
        }
        return best;
    }

    private <T extends TNumber> double gflops(
            Class<T> type, Way way, int n, ToLongFunction<long[]> call) {
        try (Graph graph = new Graph();
                Session session = new Session(graph, TensorFlowProcess.config());
                Tensor left = Tensor.of(type, way.left(n));
                Tensor right = Tensor.of(type, way.right(n))) {
            Ops tf = Ops.create(graph);
            Placeholder<T> x = tf.placeholder(type);
            Placeholder<T> y = tf.placeholder(type);
            Operand<T> product = way.product(tf, x, y);
            // the product is a target, not fetched, so that it is not copied
            long[] nanos =
                    stopwatch.time(
                            () ->
                                    session.runner()
                                            .feed(x, left)
                                            .feed(y, right)
                                            .addTarget(product.op())
                                            .run()
                                            .close(),
                            seconds / (SIZES.size() * Way.values().length));
            return 2.0 * n * n * n / call.applyAsLong(nanos);
        } catch (RuntimeException e) {
            if (!TensorFlowFailures.isOne(e)) {
                throw e;
            }
            // no kernel for this way in this precision; the others count
            return 0;
        }
    }

    /** How a product of n x n matrices is put. */
    private enum Way {
        MATRIX,
        BATCH_OF_ONE,
        CONVOLUTION_1X1;

        Shape left(int n) {
            return switch (this) {
                case MATRIX -> Shape.of(n, n);
                case BATCH_OF_ONE -> Shape.of(1, n, n);
                case CONVOLUTION_1X1 -> Shape.of(1, n / 32, 32, n);
            };
        }

        Shape right(int n) {
            return switch (this) {
                case MATRIX -> Shape.of(n, n);
                case BATCH_OF_ONE -> Shape.of(1, n, n);
                case CONVOLUTION_1X1 -> Shape.of(1, 1, n, n);
            };
        }

        <T extends TNumber> Operand<T> product(Ops tf, Placeholder<T> x, Placeholder<T> y) {
            return switch (this) {
                case MATRIX -> tf.linalg.matMul(x, y);
                case BATCH_OF_ONE -> tf.train.batchMatMul(x, y, y.type());
                case CONVOLUTION_1X1 -> tf.nn.conv2d(x, y, List.of(1L, 1L, 1L, 1L), "VALID");
            };
        }
    }
}
