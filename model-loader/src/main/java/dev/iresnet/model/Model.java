package dev.iresnet.model;

import java.util.List;

/** A loaded and warmed model. Thread-safe: calls may overlap. */
public interface Model extends AutoCloseable {

    /** What it is: name, version, digest, task, labels, preprocessing. */
    ModelDescription description();

    /**
     * Runs a batch.
     *
     * @param samples 1 or more, each with the pixels of one crop, as the model's preprocessing
     *     makes them; their content is copied before this returns
     * @return one prediction a sample, in order, of the kind of the model's task
     * @throws DeviceMemoryException if the batch does not fit the device's memory
     * @throws ModelException if the device or the runtime fails
     */
    List<Prediction> predict(List<Sample> samples);

    @Override
    void close();
}
