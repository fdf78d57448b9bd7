package dev.iresnet.engine.watch;

import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.Scores;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;

/** A model whose batches are known while they run. */
public record WatchedModel(Model model, InFlightBatches onDevice, InstantSource wall)
        implements Model {

    @Override
    public ModelDescription description() {
        return model.description();
    }

    @Override
    public Scores classify(List<ByteBuffer> crops) {
        onDevice.began(Thread.currentThread(), crops.size(), wall.instant());
        try {
            return model.classify(crops);
        } finally {
            onDevice.ended(Thread.currentThread());
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
