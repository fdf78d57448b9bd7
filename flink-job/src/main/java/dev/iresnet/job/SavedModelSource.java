package dev.iresnet.job;

import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.loading.ModelLoader;
import java.nio.file.Path;

/** A model directory, loaded into TensorFlow. */
public record SavedModelSource() implements ModelSource {

    @Override
    public Model load(Path path, LoadOptions options) {
        return ModelLoader.load(path, options);
    }
}
