package dev.iresnet.job;

import dev.iresnet.model.DetectionChoice;
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
     * @throws ModelException if it cannot be used, or if it is no detector and there are options
     *     for one
     */
    @Override
    public Model load(Path path, LoadOptions options) {
        ModelDirectory directory = ModelDirectory.open(path);
        Task task = directory.card().task();
        if (task != Task.DETECTION && !options.detection().equals(DetectionChoice.NONE)) {
            throw new ModelException(
                    "%s is a model for %s, and options for detectors are set: remove all of detection.min-score, detection.iou and detection.max-boxes, or take a detector (model.path)"
                            .formatted(path, task));
        }
        return ModelLoader.load(directory, options);
    }
}
