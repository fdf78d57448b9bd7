package dev.iresnet.chaos.model;

import dev.iresnet.chaos.control.Switch;
import dev.iresnet.job.ModelSource;
import dev.iresnet.job.SavedModelSource;
import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import java.nio.file.Path;

/**
 * The job's own model, on a device that takes orders.
 *
 * @param directory of the orders
 */
public record TroubledModelSource(String directory) implements ModelSource {

    @Override
    public Model load(Path path, LoadOptions options) {
        return new TroubledModel(
                new SavedModelSource().load(path, options),
                new Switch(Path.of(directory), DeviceTrouble.SWITCH));
    }
}
