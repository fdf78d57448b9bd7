package dev.iresnet.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * What a network for clips takes, and which clips of a longer video. Part of the model, see {@code
 * model.json}.
 *
 * @param frames of a clip, 1..{@value #MOST}
 * @param step from a clip's frame to its next, 1..{@value #MOST}; 1 takes every frame
 * @param clips that are spread evenly over a video, 1..{@value #MOST}; empty for one behind the
 *     other, as many as there are
 * @param framesPerSecond to which a video is brought first, by leaving out or repeating frames;
 *     above 0; empty for its own rate
 */
public record ClipRule(
        int frames, int step, Optional<Integer> clips, Optional<Float> framesPerSecond) {
    /** Most frames that a clip can have, and most clips of a video. */
    public static final int MOST = 1024;

    /** Frames of a video, brought to another rate, beyond which it is refused. */
    static final int MOST_RESAMPLED = 100_000;

    /** As kenshohara's 3D-ResNets are evaluated: windows of 16 frames, the last one looped. */
    public static final ClipRule USUAL = new ClipRule(16);

    public ClipRule {
        range("frames", frames);
        range("frames from one to the next", step);
        clips.ifPresent(count -> range("clips of a video", count));
        framesPerSecond.ifPresent(
                rate -> {
                    if (!(rate > 0 && rate <= MOST)) {
                        throw new IllegalArgumentException(
                                "frames a second must be above 0, to %d, got %s"
                                        .formatted(MOST, rate));
                    }
                });
    }

    /** Every frame, clip behind clip. */
    public ClipRule(int frames) {
        this(frames, 1, Optional.empty(), Optional.empty());
    }

    private static void range(String what, int value) {
        if (value < 1 || value > MOST) {
            throw new IllegalArgumentException(
                    "a clip must have 1..%d %s, got %d".formatted(MOST, what, value));
        }
    }

    /** The same for clips of so many frames. */
    public ClipRule withFrames(int count) {
        return new ClipRule(count, step, clips, framesPerSecond);
    }

    /**
     * Which frames of a video make its clips. A clip for which too few are left begins anew at its
     * own first frame.
     *
     * @param count frames of the video, 1 or more
     * @param rate of it, frames a second; where it is not known all are taken
     * @throws ModelException if at the other rate it has more than {@value #MOST_RESAMPLED}
     * @return for each clip the indices of its frames, in order
     */
    public List<int[]> clips(int count, OptionalDouble rate) {
        int[] kept = resampled(count, rate);
        List<int[]> chosen = new ArrayList<>();
        int span = (frames - 1) * step + 1;
        if (clips.isEmpty()) {
            for (int first = 0; first < kept.length; first += frames * step) {
                chosen.add(clip(kept, first));
            }
            return chosen;
        }
        long last = Math.max(0, kept.length - span);
        for (int i = 0; i < clips.get(); i++) {
            // torch.linspace(0, last, clips).floor()
            chosen.add(clip(kept, clips.get() == 1 ? 0 : (int) (i * last / (clips.get() - 1))));
        }
        return chosen;
    }

    /**
     * One clip of a video.
     *
     * @param count frames of the video, 1 or more
     * @param rate of it, frames a second; where it is not known all are taken
     * @param place where it begins among all places where it can: 0 for the first, to below 1
     * @return the indices of its frames, in order; those of a video that is too short begin anew
     */
    public int[] clip(int count, OptionalDouble rate, double place) {
        int[] kept = resampled(count, rate);
        int last = Math.max(0, kept.length - (frames - 1) * step - 1);
        return clip(kept, (int) (place * (last + 1)));
    }

    /** As torchvision's {@code VideoClips} brings a video to another rate. */
    private int[] resampled(int count, OptionalDouble rate) {
        if (framesPerSecond.isEmpty() || rate.isEmpty()) {
            return IntStream.range(0, count).toArray();
        }
        double stride = rate.getAsDouble() / framesPerSecond.get();
        boolean whole = stride == Math.rint(stride);
        double left = whole ? Math.ceil(count / stride) : Math.floor(count / stride);
        if (left > MOST_RESAMPLED) {
            throw new ModelException(
                    "its %d frames, %.3f a second, would be %.0f at the model's %s a second, and at most %d are made; cut it into shorter videos"
                            .formatted(
                                    count,
                                    rate.getAsDouble(),
                                    left,
                                    framesPerSecond.get(),
                                    MOST_RESAMPLED));
        }
        return IntStream.range(0, Math.max(1, (int) left))
                .map(i -> Math.min(count - 1, (int) Math.floor(i * stride)))
                .toArray();
    }

    private int[] clip(int[] kept, int first) {
        int there = Math.min(frames, (kept.length - first + step - 1) / step);
        return IntStream.range(0, frames).map(i -> kept[first + i % there * step]).toArray();
    }
}
