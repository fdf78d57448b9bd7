package dev.iresnet.local;

import dev.iresnet.job.ModelSource;
import dev.iresnet.job.SavedModelSource;
import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.Sample;
import java.nio.file.Path;
import java.util.Collections;

/**
 * The job's model with every size of a batch run once, not only the powers of two: TensorFlow
 * prepares each size when it first meets it, and a run of seconds would have that in its latencies.
 */
record WarmedModelSource() implements ModelSource {

    @Override
    public Model load(Path path, LoadOptions options) {
        Model model = new SavedModelSource().load(path, options);
        try {
            Sample black = Sample.black(model.description().preprocessing());
            for (int batch = 1; batch <= options.maxBatch(); batch++) {
                model.predict(Collections.nCopies(batch, black));
            }
            return model;
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }
}
