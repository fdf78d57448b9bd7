package dev.iresnet.proving.verify;

import dev.iresnet.proving.manifest.ManifestEntry;
import dev.iresnet.proving.verify.Ledger.Account;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
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

    private final Map<String, Map<Long, Account>> frames = new HashMap<>();

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
            frames.computeIfAbsent(entry.cameraId(), id -> new HashMap<>())
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
        Map<Long, Account> ofCamera = frames.getOrDefault(clip.cameraId(), Map.of());
        int answered = 0;
        for (long number = clip.firstFrame(); number <= clip.lastFrame(); number++) {
            Account account = ofCamera.get(number);
            if (account != null) {
                answered += account.isAnswered() ? 0 : 1;
                account.coverByClip();
            }
        }
        return answered;
    }
}
