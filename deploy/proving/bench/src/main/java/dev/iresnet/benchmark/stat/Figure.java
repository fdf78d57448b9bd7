package dev.iresnet.benchmark.stat;

import dev.iresnet.benchmark.stat.Target.Side;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The figures that are published, each with what it should be. */
public enum Figure {
    ENGINE_VS_SESSION_FLOAT32(
            "engineVsSessionFloat32",
            Side.AT_LEAST,
            0.97,
            "pictures a second through the engine, over a session loop's on the same graph, float32"),
    ENGINE_VS_SESSION_BFLOAT16(
            "engineVsSessionBfloat16", Side.AT_LEAST, 0.97, "the same in bfloat16"),
    ENGINE_VS_SESSION_SSD300(
            "engineVsSessionSsd300",
            Side.AT_LEAST,
            0.95,
            "the same of an SSD300 on iResNet-18 in float32; the loop neither reads the boxes nor"
                    + " chooses among them"),
    MODEL_SHARE_OF_PEAK_FLOAT32(
            "modelShareOfPeakFloat32",
            Side.AT_LEAST,
            0.92,
            "the model's arithmetic a second, over the best matrix product's, float32"),
    MODEL_SHARE_OF_PEAK_BFLOAT16(
            "modelShareOfPeakBfloat16", Side.AT_LEAST, 0.85, "the same in bfloat16"),
    JOB_VS_STAGE_LIMIT(
            "jobVsStageLimit",
            Side.AT_LEAST,
            0.90,
            "the whole job's 720p frames a second, times decoding and model wall time a frame"),
    STREAM_PATH_VS_PLAIN_KAFKA(
            "streamPathVsPlainKafka",
            Side.AT_LEAST,
            0.8,
            "the whole job without decoding and model, over a hand-written consume-produce loop;"
                    + " the worse of 1 kB and 100 kB"),
    DECODE_VS_LIBJPEG_TURBO(
            "decodeVsLibjpegTurbo",
            Side.AT_LEAST,
            0.9,
            "JPEGs to pixels, exact mode, over tjbench on the same files; the worse of 720p and"
                    + " 1080p"),
    SCALED_DECODE_VS_EXACT_1080P(
            "scaledDecodeVsExact1080p",
            Side.AT_LEAST,
            2.5,
            "1080p JPEGs to crops, scaled mode over exact mode"),
    ALLOCATION_BEYOND_EVENT_BYTES(
            "allocationBeyondEventBytes",
            Side.AT_MOST,
            16_000,
            "bytes of JVM heap allocated a frame, from ConsumerRecord to sink record"),
    P99_VS_IDEAL_QUEUE(
            "p99VsIdealQueue",
            Side.AT_MOST,
            1.2,
            "p99 from capture to send at half load, over an ideal queue's; the worse of periodic"
                    + " and Poisson arrivals"),
    COST_AT_10000_CAMERAS_VS_1(
            "costAt10000CamerasVs1",
            Side.AT_MOST,
            1.15,
            "the job's CPU time a frame at 10,000 cameras, over that at one");

    private final String title;
    private final Side side;
    private final double bound;
    private final String meaning;

    Figure(String title, Side side, double bound, String meaning) {
        this.title = title;
        this.side = side;
        this.bound = bound;
        this.meaning = meaning;
    }

    /** As in the report. */
    public String title() {
        return title;
    }

    public Target target() {
        return new Target(side, bound);
    }

    /** What is measured, in a sentence. */
    public String meaning() {
        return meaning;
    }

    /** By its title; empty if there is none. */
    public static Optional<Figure> titled(String title) {
        return Arrays.stream(values()).filter(figure -> figure.title.equals(title)).findFirst();
    }

    public static List<String> titles() {
        return Arrays.stream(values()).map(Figure::title).toList();
    }
}
