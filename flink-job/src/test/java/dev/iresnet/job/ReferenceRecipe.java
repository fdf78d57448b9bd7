package dev.iresnet.job;

import dev.iresnet.config.EngineConfig;
import dev.iresnet.event.ImageEventFrameReader;
import dev.iresnet.image.DecodeLimits;
import dev.iresnet.image.PicturePreprocessor;
import dev.iresnet.operator.AssignedGpus;
import dev.iresnet.operator.EngineRecipe;
import dev.iresnet.schemas.SingleObjectFormat;
import dev.iresnet.serving.Engine;
import dev.iresnet.serving.EngineOptions;
import dev.iresnet.serving.Labeling;
import dev.iresnet.serving.Stages;
import dev.iresnet.serving.batch.BatchPolicy;
import java.time.Duration;
import java.util.List;

/** The real engine, which follows references as its options say, around a toy network. */
record ReferenceRecipe(EngineConfig config) implements EngineRecipe {

    @Override
    public String device() {
        return "pixels";
    }

    @Override
    public Engine start(AssignedGpus gpus) {
        PixelModel model = new PixelModel();
        return Engine.start(
                new Stages(
                        new ImageEventFrameReader(
                                SingleObjectFormat.ofImageEvents(List.of())::decode,
                                PictureReferences.rule(config)),
                        PictureReferences.fetching(config.references()),
                        new PicturePreprocessor(
                                model.description().preprocessing(), DecodeLimits.DEFAULT),
                        model),
                new EngineOptions(2, 1, new BatchPolicy(8, Duration.ZERO), new Labeling(1, 0)));
    }
}
