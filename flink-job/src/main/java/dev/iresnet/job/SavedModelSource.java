package dev.iresnet.job;

import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Task;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.loading.ModelLoader;
import java.nio.file.Path;

/** A model directory, loaded into TensorFlow. */
public record SavedModelSource() implements ModelSource {

    /**
     * Loads it.
     *
     * @throws ModelException if it cannot be used, or is no classifier: results have no place for
     *     anything else yet
     */
    @Override
    public Model load(Path path, LoadOptions options) {
        ModelDirectory directory = ModelDirectory.open(path);
        Task task = directory.card().task();
        if (task != Task.CLASSIFICATION) {
            throw new ModelException(
                    "%s is a model for %s; the job serves models for CLASSIFICATION only. Take a classifier, or use 'iresnet predict' for this one"
                            .formatted(path, task));
        }
        return ModelLoader.load(directory, options);
    }
}
