package dev.iresnet.proving.verify;

import dev.iresnet.proving.manifest.ManifestEntry;
import dev.iresnet.proving.verify.Ledger.Account;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Which frames are in clips that have a result: a clip's result has the event id of its last frame,
 * and answers the others, too. Clips of a camera are of one length. Keeps nothing where there are
 * no clips. For one thread.
 */
final class ClipFrames {
    /** Last frames by first frame, by camera. */
    private final Map<String, TreeMap<Long, Long>> clips = new HashMap<>();

    private final Map<String, TreeMap<Long, Account>> frames = new HashMap<>();
    private final int length;
    private final int stride;

    /**
     * For clips of one length.
     *
     * @param length frames of a clip; 0 if that is not known, and then {@link #isWhole} always
     *     holds
     * @param stride from a clip's frame to its next, by number
     */
    ClipFrames(int length, int stride) {
        this.length = length;
        this.stride = stride;
    }

    /** Takes a frame's entry; its clip may have been answered before. */
    void expect(Account account) {
        if (clips.isEmpty()) {
            return;
        }
        add(account);
        ManifestEntry entry = Objects.requireNonNull(account.entry());
        TreeMap<Long, Long> ofCamera = clips.get(entry.cameraId());
        Map.Entry<Long, Long> clip =
                ofCamera == null ? null : ofCamera.floorEntry(entry.frameNumber());
        if (clip != null && entry.frameNumber() <= clip.getValue()) {
            account.coverByClip();
        }
    }

    private void add(Account account) {
        ManifestEntry entry = account.entry();
        if (entry != null) {
            frames.computeIfAbsent(entry.cameraId(), id -> new TreeMap<>())
                    .put(entry.frameNumber(), account);
        }
    }

    /**
     * Takes a clip that has a result.
     *
     * @param all accounts
     * @return how many expected frames it answers that had no answer
     */
    int answer(Answer.Clip clip, Collection<Account> all) {
        if (clips.isEmpty()) {
            all.forEach(this::add);
        }
        clips.computeIfAbsent(clip.cameraId(), id -> new TreeMap<>())
                .put(clip.firstFrame(), clip.lastFrame());
        int answered = 0;
        for (Account account : in(clip).values()) {
            answered += account.isAnswered() ? 0 : 1;
            account.coverByClip();
        }
        return answered;
    }

    /**
     * Whether a clip can be made of the frames between its first and its last, now that all answers
     * are there: a job that loses one takes a later one in its place. Frames that have a dead
     * letter or were shed are not in it, unless the dead letter is of another clip that they end.
     */
    boolean isWhole(Answer.Clip clip) {
        return length == 0 || (taken(clip, false) <= length && taken(clip, true) >= length);
    }

    private int taken(Answer.Clip clip, boolean failedOnes) {
        int taken = 0;
        long next = clip.firstFrame();
        for (Map.Entry<Long, Account> frame : in(clip).entrySet()) {
            if (frame.getKey() >= next && (failedOnes || !frame.getValue().isWithoutLabels())) {
                taken++;
                next = frame.getKey() + stride;
            }
        }
        return taken;
    }

    private NavigableMap<Long, Account> in(Answer.Clip clip) {
        return frames.computeIfAbsent(clip.cameraId(), id -> new TreeMap<>())
                .subMap(clip.firstFrame(), true, clip.lastFrame(), true);
    }
}
