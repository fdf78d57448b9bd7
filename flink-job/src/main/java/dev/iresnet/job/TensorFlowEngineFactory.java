package dev.iresnet.job;

import dev.iresnet.config.DeviceConfig;
import dev.iresnet.config.EngineConfig;
import dev.iresnet.config.InputConfig;
import dev.iresnet.decoding.fetch.Fetching;
import dev.iresnet.engine.EngineOptions;
import dev.iresnet.event.FrameReader;
import dev.iresnet.event.ImageEventFrameReader;
import dev.iresnet.event.KeyFormat;
import dev.iresnet.event.PictureFrameReader;
import dev.iresnet.image.PicturePreprocessor;
import dev.iresnet.image.Preprocessor;
import dev.iresnet.inference.InferencePipeline;
import dev.iresnet.inference.PipelineOptions;
import dev.iresnet.inference.Stages;
import dev.iresnet.model.DetectionRule;
import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Task;
import dev.iresnet.operator.AssignedGpus;
import dev.iresnet.operator.EngineFactory;
import dev.iresnet.operator.TaggingException;
import dev.iresnet.placement.NvidiaDriver;
import dev.iresnet.placement.Placement;
import dev.iresnet.placement.VisibleGpus;
import dev.iresnet.repository.ModelRepository;
import dev.iresnet.tensorflow.Kernels;
import dev.iresnet.tensorflow.SessionOptions;
import dev.iresnet.tensorflow.TensorFlowProcess;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts an engine on TensorFlow.
 *
 * @param source of the model
 * @param mostBoxes that a result has room for
 */
record TensorFlowEngineFactory(
        EngineConfig config,
        InputConfig.Format format,
        KeyFormat keys,
        EventSchemas schemas,
        ModelSource source,
        int mostBoxes)
        implements EngineFactory {
    private static final Logger LOG = LoggerFactory.getLogger(TensorFlowEngineFactory.class);

    @Override
    public InferencePipeline start(AssignedGpus gpus) throws IOException {
        LOG.info("Starting an engine of flink-iresnet {}", Installation.version());
        NativeMemory.now()
                .mustFit(
                        options().engine().decoderThreads(),
                        config.decoding().limits().nativeBytes());
        place(Placement.decide(config.device().gpu(), gpus, VisibleGpus.count()));
        FrameReader reader = reader();
        Fetching fetching = PictureReferences.fetching(config.references());
        PipelineOptions options = options();
        LoadOptions loading =
                new LoadOptions(
                        config.batching().maxSize(),
                        config.model().precision(),
                        config.detection());
        ModelRepository models =
                new ModelRepository(
                        config.model().path(),
                        config.model().watchInterval(),
                        version -> mustFit(source.load(version, loading)));
        Model model = models.first();
        Preprocessor preprocessor;
        try {
            preprocessor = preprocessor(model);
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
        return InferencePipeline.start(
                new Stages(reader, fetching, preprocessor, model), options, models);
    }

    /**
     * It must be for what the job was built for. And a result that does not fit would fail the job,
     * again after each restart.
     */
    private Model mustFit(Model model) {
        ModelDescription version = model.description();
        if (version.clip().isPresent() != config.clips()) {
            model.close();
            throw new ModelException(
                    "%s version %d is a model for %s, and clip.enabled is %s: set it to %s and submit the job again, or take another model (model.path)"
                            .formatted(
                                    version.name(),
                                    version.version(),
                                    version.task(),
                                    config.clips(),
                                    !config.clips()));
        }
        int boxes = version.detection().orElse(DetectionRule.SSD300).maxBoxes();
        if (version.task() != Task.DETECTION || boxes <= mostBoxes) {
            return model;
        }
        model.close();
        throw new ModelException(
                "%s version %d tells up to %d boxes of a picture, and a record of output.topic has room for %d (max.message.bytes): set detection.max-boxes to that or less, or raise the topic's limit and submit the job again"
                        .formatted(version.name(), version.version(), boxes, mostBoxes));
    }

    /** Before the first session, because that settles which GPU the process has. */
    private void place(Placement placement) {
        DeviceConfig device = config.device();
        SessionOptions inForce =
                TensorFlowProcess.settle(
                        new SessionOptions(
                                device.intraOpThreads(),
                                device.interOpThreads(),
                                placement.gpus()));
        placement.check(inForce.gpus(), device(), NvidiaDriver.installed());
    }

    @Override
    public String device() {
        try {
            return TensorFlowProcess.device();
        } catch (RuntimeException e) {
            throw new TaggingException(
                    "TensorFlow cannot compute with device.kind %s and device.visible-gpus '%s': %s"
                            .formatted(
                                    config.device().gpu().kind(),
                                    config.device().gpu().index(),
                                    e.getMessage()),
                    e);
        }
    }

    @Override
    public String kernels() {
        return "%s, %s".formatted(Kernels.inUse().summary(), config.model().precision());
    }

    private Preprocessor preprocessor(Model model) {
        return new PicturePreprocessor(
                model.description().preprocessing(),
                config.decoding().limits(),
                config.decoding().jpeg());
    }

    private FrameReader reader() {
        return switch (format) {
            case IMAGE -> new PictureFrameReader(keys);
            case IMAGE_EVENT ->
                    new ImageEventFrameReader(schemas.decoder(), PictureReferences.rule(config));
        };
    }

    private PipelineOptions options() {
        int threads = config.decoding().threads();
        return new PipelineOptions(
                new EngineOptions(
                        threads == 0
                                ? Math.max(1, Runtime.getRuntime().availableProcessors() / 2)
                                : threads,
                        config.device().threads(),
                        config.batching(),
                        config.device().hangTimeout(),
                        config.maxAge()),
                config.labeling());
    }
}
