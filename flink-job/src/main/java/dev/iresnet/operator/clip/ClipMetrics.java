package dev.iresnet.operator.clip;

import dev.iresnet.clip.ClipAssembler.Step;
import java.util.function.IntSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Metrics of an assembler's subtask, group {@code iresnet}. A frame is acknowledged when its crop
 * has come in. Each of these is left out, passed over, or kept; and each that is kept comes into a
 * clip, or is counted as without one, or still waits.
 */
final class ClipMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(ClipMetrics.class);

    /** Of so many frames in a row the log tells if more than nine in ten are passed over. */
    private static final int STRETCH = 1000;

    private final Counter framesAcknowledged;
    private final Counter framesLeftOut;
    private final Counter framesPassedOver;
    private final Counter framesMissing;
    private final Counter framesUnfit;
    private final Counter framesWithoutClip;
    private final Counter clips;
    private final Counter gaps;
    private final Counter camerasForgotten;
    private long passedOverBefore;
    private boolean warned;

    /**
     * Registers them.
     *
     * @param cameras that have state here
     * @param bytes of state a camera at most
     */
    ClipMetrics(MetricGroup parent, IntSupplier cameras, long bytes) {
        MetricGroup group = parent.addGroup("iresnet");
        framesAcknowledged = group.counter("framesAcknowledged");
        framesLeftOut = group.counter("framesLeftOut");
        framesPassedOver = group.counter("framesPassedOver");
        framesMissing = group.counter("framesMissing");
        framesUnfit = group.counter("framesUnfit");
        framesWithoutClip = group.counter("framesWithoutClip");
        clips = group.counter("clips");
        gaps = group.counter("gaps");
        camerasForgotten = group.counter("camerasForgotten");
        group.gauge("cameras", cameras::getAsInt);
        group.gauge("stateBytes", () -> cameras.getAsInt() * bytes);
    }

    void frame(Step step) {
        framesAcknowledged.inc();
        switch (step.fate()) {
            case LEFT_OUT -> framesLeftOut.inc();
            case PASSED_OVER -> framesPassedOver.inc();
            case KEPT -> {}
        }
        if (step.complete()) {
            clips.inc();
        }
        ended(step);
        if (framesAcknowledged.getCount() % STRETCH == 0) {
            warnIfHardlyAnyCounts();
        }
    }

    void missing(Step step) {
        framesMissing.inc();
        ended(step);
    }

    /** A frame's crop is not as the model here needs it, so the frame is missing, too. */
    void unfit() {
        framesUnfit.inc();
    }

    /** A camera is forgotten. */
    void forgotten(int framesLost) {
        camerasForgotten.inc();
        framesWithoutClip.inc(framesLost);
    }

    /** All clips of a camera begin anew. */
    void restarted(int framesLost) {
        framesWithoutClip.inc(framesLost);
    }

    private void warnIfHardlyAnyCounts() {
        long passedOver = framesPassedOver.getCount() - passedOverBefore;
        passedOverBefore = framesPassedOver.getCount();
        if (!warned && passedOver > STRETCH * 9L / 10) {
            warned = true;
            LOG.warn(
                    "{} of the last {} frames were passed over as repeats or late: a producer that"
                            + " does not count a camera's frames must send frameNumber -1, and one"
                            + " that does a higher number with each",
                    passedOver,
                    STRETCH);
        }
    }

    private void ended(Step step) {
        if (step.anew()) {
            gaps.inc();
            framesWithoutClip.inc(step.lost());
        }
    }
}
