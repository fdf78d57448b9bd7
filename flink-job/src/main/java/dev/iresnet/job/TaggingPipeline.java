package dev.iresnet.job;

import dev.iresnet.clip.CameraFrame;
import dev.iresnet.config.JobConfig;
import dev.iresnet.event.RawRecord;
import dev.iresnet.kafka.FrameSource;
import dev.iresnet.kafka.OutboundSink;
import dev.iresnet.kafka.RecordLimits;
import dev.iresnet.kafka.ResultSchema;
import dev.iresnet.operator.ElementTypes;
import dev.iresnet.operator.EngineFactory;
import dev.iresnet.operator.FramesInFlight;
import dev.iresnet.operator.InFlightLimit;
import dev.iresnet.operator.InferenceClientProvider;
import dev.iresnet.operator.InferenceOperatorFactory;
import dev.iresnet.operator.SharedEngineProvider;
import dev.iresnet.operator.clip.ClipOperators;
import dev.iresnet.operator.clip.ClipTypes;
import dev.iresnet.result.FrameFailure;
import dev.iresnet.result.FrameResult;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Frames in, results and dead letters out: one chain a slot, and with clips four. Names and uids
 * are a contract: they find the state in a savepoint and the metrics in a dashboard.
 */
public final class TaggingPipeline {
    public static final String FRAMES = "frames";
    public static final String CROPPING = "cropping";
    public static final String CLIPS = "clips";
    public static final String TAGGING = "tagging";
    public static final String RESULTS = "results";
    public static final String DEAD_LETTERS = "dead-letters";

    private TaggingPipeline() {}

    /**
     * Adds the pipeline to {@code env}; registers the schema of results where they need it.
     *
     * @param factory of the engine that each task manager starts
     * @param limits of the topics that are written to
     */
    public static void build(
            StreamExecutionEnvironment env,
            JobConfig config,
            EngineFactory factory,
            RecordLimits limits) {
        InFlightLimit inFlight =
                new InFlightLimit(
                        config.input().inFlight().frames(),
                        config.input().inFlight().bytes(),
                        // the rest is for the batches behind it, and for a slower hour
                        Duration.ofMillis(env.getCheckpointConfig().getCheckpointTimeout())
                                .dividedBy(2));
        env.configure(new Configuration().set(PipelineOptions.GENERIC_TYPES, false));
        DataStream<RawRecord> frames =
                env.fromSource(
                                FrameSource.of(config.input(), config.kafka()),
                                // nothing here looks at event time, and one camera with a wrong
                                // clock would advance that of its whole partition
                                WatermarkStrategy.noWatermarks(),
                                FRAMES)
                        .uid(FRAMES);
        ResultSchema schema = ResultSchema.of(config);
        FramesInFlight memory =
                new FramesInFlight(
                        inFlight.bytes(),
                        limits.input(),
                        config.engine().references().heap(),
                        config.clips().enabled());
        InferenceClientProvider clients = new SharedEngineProvider(factory, memory);
        Outcomes outcomes =
                config.clips().enabled()
                        ? ofClips(
                                frames,
                                new ClipOperators(
                                        clients, inFlight, memory, config.clips().options()))
                        : ofFrames(frames, new InferenceOperatorFactory(clients, inFlight));
        outcomes.results()
                .sinkTo(OutboundSink.ofResults(config, limits, schema))
                .name(RESULTS)
                .uid(RESULTS);
        outcomes.deadLetters()
                .sinkTo(OutboundSink.ofDeadLetters(config, limits))
                .name(DEAD_LETTERS)
                .uid(DEAD_LETTERS);
    }

    private record Outcomes(
            DataStream<FrameResult> results, DataStream<FrameFailure> deadLetters) {}

    private static Outcomes ofFrames(
            DataStream<RawRecord> frames, InferenceOperatorFactory inference) {
        SingleOutputStreamOperator<FrameResult> tagged =
                frames.transform(TAGGING, ElementTypes.FRAME_RESULT, inference).uid(TAGGING);
        return new Outcomes(tagged, tagged.getSideOutput(InferenceOperatorFactory.DEAD_LETTERS));
    }

    /** Crops are distributed, not records: they are small, and decoding is spread as before. */
    private static Outcomes ofClips(DataStream<RawRecord> frames, ClipOperators operators) {
        SingleOutputStreamOperator<CameraFrame> crops =
                frames.transform(CROPPING, ClipTypes.CAMERA_FRAME, operators.cropping())
                        .uid(CROPPING);
        SingleOutputStreamOperator<FrameResult> tagged =
                crops.keyBy(CameraFrame::key, Types.STRING)
                        .transform(CLIPS, ClipTypes.CLIP, operators.assembling())
                        .uid(CLIPS)
                        .transform(TAGGING, ElementTypes.FRAME_RESULT, operators.inference())
                        .uid(TAGGING);
        return new Outcomes(
                tagged.union(crops.getSideOutput(ClipOperators.STALE)),
                tagged.getSideOutput(InferenceOperatorFactory.DEAD_LETTERS)
                        .union(crops.getSideOutput(InferenceOperatorFactory.DEAD_LETTERS)));
    }
}
