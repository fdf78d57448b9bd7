package dev.iresnet.zoo;

import java.util.List;

/**
 * What a network is made of. A layer with parameters is named as in the authors' checkpoints, so
 * that {@code layer1.0.conv1} owns {@code layer1.0.conv1.weight}; the others are named after the
 * block that they stand in.
 *
 * @param <T> a signal between layers
 */
public interface Layers<T> {

    /** A convolution without bias; parameter {@code weight}. */
    T conv(String name, T x, Convolution convolution);

    /**
     * Batch normalisation over channels, epsilon 1e-5; parameters {@code weight} and {@code bias},
     * statistics {@code running_mean} and {@code running_var}.
     */
    T norm(String name, T x);

    T relu(String name, T x);

    /** Max-pool, padded by {@link Window#padding} of its kernel with minus infinity. */
    T maxPool(String name, T x, Window kernel, Window stride);

    /**
     * The sum that makes a block residual.
     *
     * @param shortcut the main path
     * @param residual what the block adds to it
     */
    T add(String name, T shortcut, T residual);

    /**
     * A padded 3x3 convolution of stride 1 with a bias; parameters {@code weight} and {@code bias}.
     */
    T predictor(String name, T x, int filters);

    /**
     * Joins what predictors say of the boxes of several maps.
     *
     * @param maps each with {@code values} channels a kind of box, a value's kinds beside each
     *     other
     * @return [N,values,boxes], boxes by map, kind, row and column
     */
    T boxes(String name, List<T> maps, int values);

    /** Mean over frames, height and width. */
    T globalMean(String name, T x);

    /** Fully connected layer; parameters {@code weight} and {@code bias}. */
    T dense(String name, T x, int outputs);

    int channels(T x);
}
