package dev.iresnet.config;

import dev.iresnet.clip.ClipOptions;
import dev.iresnet.clip.MissingFrames;
import dev.iresnet.model.ClipRule;
import java.time.Duration;

/**
 * See {@code clip.*}.
 *
 * @param enabled whether the job makes clips
 * @param options how
 */
public record ClipConfig(boolean enabled, ClipOptions options) {
    static final OptionGroup OPTIONS = new OptionGroup();

    static final Option<Boolean> ENABLED =
            OPTIONS.flag(
                    "clip.enabled",
                    "false",
                    """
                    Whether the model is one for clips of a video. The job is built differently then,
                    and only the task managers have the model, so it is said here; they refuse a
                    model of the other kind.
                    """);

    private static final Option<Integer> STRIDE =
            OPTIONS.integer(
                    "clip.stride",
                    "1.." + ClipRule.MOST,
                    "",
                    """
                    From a frame that is taken to the next: by frame numbers, or by count where the
                    events have none. 1 takes every frame. By default as the model's `model.json`
                    says.
                    """);

    private static final Option<Duration> STRIDE_TIME =
            OPTIONS.duration(
                    "clip.stride-time",
                    "0 s, or 1 ms..1 h",
                    "0 s",
                    """
                    If it is not 0, frames are taken by their time of capture instead: the first one
                    that is this much later than the one taken before.
                    """);

    private static final Option<Integer> STEP =
            OPTIONS.integer(
                    "clip.step",
                    "1..65536",
                    "",
                    """
                    Taken frames from a clip's first frame to the next clip's first frame. Less than
                    the frames of a clip makes clips that overlap. By default the frames of a clip,
                    which the model says: clip behind clip.
                    """);

    private static final Option<Duration> MAX_GAP =
            OPTIONS.duration(
                    "clip.max-gap",
                    "1 ms..1 d",
                    "10 s",
                    """
                    The longest time of capture from one frame to the next within a clip. A longer
                    one begins a new clip, and the frames before it that are in no clip are counted
                    as such.
                    """);

    private static final Option<MissingFrames> MISSING =
            OPTIONS.choice(
                    "clip.missing-frame",
                    MissingFrames.class,
                    "skip",
                    """
                    What a clip does about a frame that became a dead letter or was shed. `skip`: it
                    goes on without it. `restart`: it begins anew with the next frame.
                    """);

    private static final Option<Duration> IDLE =
            OPTIONS.duration(
                    "clip.idle",
                    "0 s, or 1 s..365 d",
                    "10 min",
                    """
                    A camera without a frame for longer than this is forgotten, which frees its
                    memory. Counted in the timestamps of the records of its partition, never by the
                    clock, so an outage forgets nobody. Not shorter than `clip.max-gap`. 0 never
                    forgets.
                    """);

    private static final Option<Integer> CAMERAS =
            OPTIONS.integer(
                    "clip.cameras",
                    "0..10000000",
                    "0",
                    """
                    Cameras that are expected, so that task managers can compare their state with
                    their heap at the start. 0 compares nothing. The log says what a camera takes.
                    """);

    static ClipConfig from(Settings settings) {
        boolean enabled = settings.get(ENABLED);
        Duration maxGap = settings.get(MAX_GAP);
        Duration idle = settings.get(IDLE);
        if (!enabled) {
            OPTIONS.options().stream()
                    .filter(option -> !option.key().equals(ENABLED.key()))
                    .filter(settings::has)
                    .forEach(
                            option ->
                                    settings.errors()
                                            .add(
                                                    "%s is set and clip.enabled is false: remove the first, or set the second to true for a model for clips"
                                                            .formatted(option.key())));
        }
        if (!idle.isZero() && idle.compareTo(maxGap) < 0) {
            settings.errors()
                    .add(
                            "clip.idle is %s and clip.max-gap %s: a clip could be forgotten that may still go on; raise the first or lower the second"
                                    .formatted(Durations.text(idle), Durations.text(maxGap)));
        }
        return new ClipConfig(
                enabled,
                new ClipOptions(
                        settings.find(STRIDE).orElse(null),
                        settings.get(STRIDE_TIME),
                        settings.find(STEP).orElse(null),
                        maxGap,
                        settings.get(MISSING),
                        idle,
                        settings.get(CAMERAS)));
    }
}
