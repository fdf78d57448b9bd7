package dev.iresnet.config;

import dev.iresnet.engine.batch.BatchPolicy;
import dev.iresnet.inference.Labeling;
import dev.iresnet.model.DetectionChoice;
import dev.iresnet.model.DetectionRule;
import dev.iresnet.model.Precision;
import java.io.Serializable;
import java.time.Duration;

/**
 * The engine of a task manager. Equal configurations share an engine.
 *
 * @param detection see {@code detection.*}
 * @param maxAge see {@code freshness.max-age}
 * @param clips whether the model must be one for clips
 */
public record EngineConfig(
        ModelConfig model,
        BatchPolicy batching,
        DecodingConfig decoding,
        ReferencesConfig references,
        DeviceConfig device,
        Labeling labeling,
        DetectionChoice detection,
        Duration maxAge,
        boolean clips)
        implements Serializable {
    static final OptionGroup MODEL = new OptionGroup();

    private static final Option<String> MODEL_PATH =
            MODEL.text(
                    "model.path",
                    "",
                    """
                    Required. A model as `iresnet import` makes it: the same path on every task
                    manager, or a URI of a file system that Flink knows. `NAME/VERSION` is one
                    version and never changes. `NAME` is the version that the file `NAME/PINNED`
                    names, else the highest that can be used, and new versions are looked for.
                    """);

    private static final Option<Precision> MODEL_PRECISION =
            MODEL.choice(
                    "model.precision",
                    Precision.class,
                    "float32",
                    """
                    Arithmetic of the convolutions. `bfloat16` is for CPUs that have it (AVX-512),
                    `float16` for GPUs: faster, and scores differ in the second or third digit. The
                    job does not start, and says why, if the device cannot compute in it.
                    """);

    private static final Option<Duration> MODEL_WATCH_INTERVAL =
            MODEL.duration(
                    "model.watch-interval",
                    "0 s, or 1 s..1 d",
                    "1 min",
                    """
                    How often each task manager looks for another version of the model, which then
                    serves from the next batch on. 0 never looks.
                    """);

    static final OptionGroup BATCH = new OptionGroup();

    private static final Option<Integer> BATCH_MAX_SIZE =
            BATCH.integer(
                    "batch.max-size", "1..1024", "32", "Largest number of frames in a batch.");

    private static final Option<Duration> BATCH_MAX_DELAY =
            BATCH.duration(
                    "batch.max-delay",
                    "0 s..1 min",
                    "0 s",
                    """
                    How long a free device waits for a fuller batch. With zero it does not wait, and
                    batches grow with the load alone. While there are fewer frames than a full batch
                    has, the device takes all that are ready if a batch hardly takes longer than a
                    frame, as on a GPU, and half of them if a batch takes as long as its frames one
                    by one.
                    """);

    static final OptionGroup RESULTS = new OptionGroup();

    private static final Option<Integer> LABELS_TOP_K =
            RESULTS.integer(
                    "labels.top-k",
                    "1..10000",
                    "5",
                    "Labels in a classifier's result, best first.");

    private static final Option<Double> LABELS_MIN_SCORE =
            RESULTS.real(
                    "labels.min-score",
                    "0..1",
                    "0.0",
                    """
                    A classifier's result whose best score is lower has the status LOW_CONFIDENCE. It
                    has its labels all the same.
                    """);

    private static final Option<Double> DETECTION_MIN_SCORE =
            RESULTS.real(
                    "detection.min-score",
                    "0..0.999",
                    "",
                    """
                    A detector's boxes of this score or less are left out. By default as the model's
                    `model.json` says. With a classifier, the job refuses the model.
                    """);

    private static final Option<Double> DETECTION_IOU =
            RESULTS.real(
                    "detection.iou",
                    "0.001..1",
                    "",
                    """
                    Of two boxes of one class that overlap by this much or more (intersection over
                    union), the one with the better score is kept. By default as the model's
                    `model.json` says. With a classifier, the job refuses the model.
                    """);

    private static final Option<Integer> DETECTION_MAX_BOXES =
            RESULTS.integer(
                    "detection.max-boxes",
                    "1.." + DetectionRule.MOST,
                    "",
                    """
                    Boxes in a detector's result at most, best first. By default as the model's
                    `model.json` says. With a classifier, the job refuses the model.
                    """);

    private static final Option<Duration> FRESHNESS_MAX_AGE =
            RESULTS.duration(
                    "freshness.max-age",
                    "0 s..1 d",
                    "0 s",
                    """
                    Frames that are older than this, by their time of capture, when their turn comes
                    are shed. While the device cannot take all frames at once, a camera's frames in
                    flight above its fair share are shed, too. 0 sheds nothing. Leave it off for
                    replays. The cameras' clocks must be right.
                    """);

    private static final Option<StaleAnswer> FRESHNESS_STALE =
            RESULTS.choice(
                    "freshness.stale",
                    StaleAnswer.class,
                    "result",
                    """
                    What becomes of a frame that is shed. `result`: a result of status STALE without
                    labels. `dead-letter`: a dead letter of code STALE, with the frame in it.
                    """);

    private enum StaleAnswer {
        /** A result without labels, of status STALE: consumers see each frame in one topic. */
        RESULT,
        /** A dead letter: the frame is kept whole and can be replayed. */
        DEAD_LETTER;

        @Override
        public String toString() {
            return Option.spelling(this);
        }
    }

    /**
     * See {@code model.*}.
     *
     * @param path model directory, with or without version
     * @param precision of the convolutions
     * @param watchInterval zero for never
     */
    public record ModelConfig(String path, Precision precision, Duration watchInterval)
            implements Serializable {}

    static EngineConfig from(Settings settings) {
        return new EngineConfig(
                new ModelConfig(
                        settings.required(MODEL_PATH),
                        settings.get(MODEL_PRECISION),
                        settings.get(MODEL_WATCH_INTERVAL)),
                new BatchPolicy(settings.get(BATCH_MAX_SIZE), settings.get(BATCH_MAX_DELAY)),
                DecodingConfig.from(settings),
                ReferencesConfig.from(settings),
                DeviceConfig.from(settings),
                new Labeling(
                        settings.get(LABELS_TOP_K),
                        settings.get(LABELS_MIN_SCORE).floatValue(),
                        settings.get(FRESHNESS_STALE) == StaleAnswer.DEAD_LETTER),
                new DetectionChoice(
                        settings.find(DETECTION_MIN_SCORE).map(Double::floatValue).orElse(null),
                        settings.find(DETECTION_IOU).map(Double::floatValue).orElse(null),
                        settings.find(DETECTION_MAX_BOXES).orElse(null)),
                settings.get(FRESHNESS_MAX_AGE),
                settings.get(ClipConfig.ENABLED));
    }
}
