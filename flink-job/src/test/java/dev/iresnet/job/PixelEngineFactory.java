package dev.iresnet.job;

import static java.util.Objects.requireNonNull;

import dev.iresnet.config.EngineConfig;
import dev.iresnet.config.JobConfig;
import dev.iresnet.config.RegistryConfig;
import dev.iresnet.engine.batch.BatchPolicy;
import dev.iresnet.event.FrameReader;
import dev.iresnet.event.ImageEventFrameReader;
import dev.iresnet.image.DecodeLimits;
import dev.iresnet.image.PicturePreprocessor;
import dev.iresnet.inference.InferencePipeline;
import dev.iresnet.inference.Labeling;
import dev.iresnet.inference.Rig;
import dev.iresnet.inference.Stages;
import dev.iresnet.model.ClipRule;
import dev.iresnet.model.Model;
import dev.iresnet.operator.AssignedGpus;
import dev.iresnet.operator.EngineFactory;
import dev.iresnet.schemas.SingleObjectFormat;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The real engine, decoder included, around a toy model that the test holds. */
record PixelEngineFactory(int number, int maxBatch, long maxPixels, EventSchemas schemas)
        implements EngineFactory {
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final Map<Integer, Model> MODELS = new ConcurrentHashMap<>();
    private static final Map<Integer, InferencePipeline> ENGINES = new ConcurrentHashMap<>();

    static PixelEngineFactory of(Model model, int maxBatch) {
        int number = NUMBERS.incrementAndGet();
        MODELS.put(number, model);
        return new PixelEngineFactory(
                number,
                maxBatch,
                DecodeLimits.DEFAULT.maxPixels(),
                new EventSchemas(List.of(), RegistryConfig.NONE));
    }

    /**
     * The same for pictures of a megapixel at most: of those many are let in that nobody has looked
     * at yet, because decoding them cannot take long.
     */
    PixelEngineFactory ofSmallPictures() {
        return new PixelEngineFactory(number, maxBatch, 1_000_000, schemas);
    }

    /** The same, finding writer schemas as a configuration says. */
    PixelEngineFactory with(JobConfig config) {
        return new PixelEngineFactory(
                number,
                maxBatch,
                maxPixels,
                new EventSchemas(config.input().writerSchemas(), config.registry()));
    }

    /** Frames at the newest engine of this factory. */
    int pending() {
        InferencePipeline engine = ENGINES.get(number);
        return engine == null ? 0 : engine.pending();
    }

    @Override
    public String device() {
        return "pixels";
    }

    @Override
    public InferencePipeline start(AssignedGpus gpus) {
        Model model = requireNonNull(MODELS.get(number));
        FrameReader reader = new ImageEventFrameReader(schemas.decoder());
        InferencePipeline engine =
                InferencePipeline.start(
                        new Stages(
                                reader,
                                new PicturePreprocessor(
                                        model.description().preprocessing(),
                                        new DecodeLimits(
                                                DecodeLimits.DEFAULT.maxBytes(), maxPixels)),
                                model),
                        Rig.options(
                                2,
                                1,
                                new BatchPolicy(maxBatch, Duration.ZERO),
                                new Labeling(
                                        model.description().clip().map(ClipRule::frames).orElse(1),
                                        0)));
        ENGINES.put(number, engine);
        return engine;
    }

    /** The real engine, which follows references as its options say, around a toy network. */
    record OfReferences(EngineConfig config) implements EngineFactory {

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
                            new PicturePreprocessor(
                                    model.description().preprocessing(), DecodeLimits.DEFAULT),
                            model),
                    Rig.options(2, 1, 8));
        }
    }
}
