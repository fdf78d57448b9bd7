package dev.iresnet.job;

import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import java.io.Serializable;
import java.nio.file.Path;

/**
 * Where a task manager gets its model. The job's own is {@link SavedModelSource}; another one may
 * wrap it. Equal sources share an engine in a task manager, so this is best a record.
 */
@FunctionalInterface
public interface ModelSource extends Serializable {

    /**
     * Loads a model and warms it.
     *
     * @param path of one version, on this machine
     * @throws dev.iresnet.model.ModelException if it cannot be used; fatal for the job
     */
    Model load(Path path, LoadOptions options);
}
