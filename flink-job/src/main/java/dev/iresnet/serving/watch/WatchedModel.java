package dev.iresnet.serving.watch;

import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import java.time.InstantSource;
import java.util.List;

/** A model whose batches are known while they run. */
public record WatchedModel(Model model, OnDevice onDevice, InstantSource wall) implements Model {

    @Override
    public ModelDescription description() {
        return model.description();
    }

    @Override
    public List<Prediction> predict(List<Sample> samples) {
        onDevice.began(Thread.currentThread(), samples.size(), wall.instant());
        try {
            return model.predict(samples);
        } finally {
            onDevice.ended(Thread.currentThread());
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
