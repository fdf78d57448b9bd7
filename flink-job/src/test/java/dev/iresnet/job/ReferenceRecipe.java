package dev.iresnet.job;

import dev.iresnet.config.EngineConfig;
import dev.iresnet.engine.batch.BatchPolicy;
import dev.iresnet.event.ImageEventFrameReader;
import dev.iresnet.image.DecodeLimits;
import dev.iresnet.image.PictureCropper;
import dev.iresnet.inference.InferencePipeline;
import dev.iresnet.inference.Labeling;
import dev.iresnet.inference.PipelineOptions;
import dev.iresnet.inference.Stages;
import dev.iresnet.operator.AssignedGpus;
import dev.iresnet.operator.EngineFactory;
import dev.iresnet.schemas.SingleObjectFormat;

import java.time.Duration;
import java.util.List;

/** The real engine, which follows references as its options say, around a toy network. */
record ReferenceRecipe(EngineConfig config) implements EngineFactory {

    @Override
    public String device() {
        return "pixels";
    }

    @Override
    public InferencePipeline start(AssignedGpus gpus) {
        PixelModel model = new PixelModel();
        return InferencePipeline.start(
                new Stages(
                        new ImageEventFrameReader(
                                SingleObjectFormat.ofImageEvents(List.of())::decode,
                                PictureReferences.rule(config)),
                        PictureReferences.fetching(config.references()),
                        new PictureCropper(
                                model.description().preprocessing(), DecodeLimits.DEFAULT),
                        model),
                new PipelineOptions(2, 1, new BatchPolicy(8, Duration.ZERO), new Labeling(1, 0)));
    }
}
