package dev.iresnet.proving.feed;

import dev.iresnet.proving.manifest.ManifestEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.UUID;

/**
 * The frames of a feed, one after the other, the same for the same plan and pictures. The pictures
 * come in one shuffled order, over and over: none is shown twice before each was shown once. So do
 * clips, each of which one camera plays from its first frame to its last. Event ids are random, so
 * that nothing can be read off them.
 */
final class ShotList implements Iterator<ShotList.Shot> {
    private final FeedPlan plan;
    private final List<List<String>> scenes;

    /** What each camera has still to show of its scene. */
    private final Map<Integer, Iterator<String>> playing = new HashMap<>();

    private final Arrivals arrivals;
    private final Random ids;
    private final String cameraFormat;
    private long index;
    private long scene;

    /**
     * The frames of a feed.
     *
     * @param scenes pictures that a camera shows one after the other
     */
    ShotList(FeedPlan plan, List<List<String>> scenes) {
        Random random = new Random(plan.seed());
        this.plan = plan;
        this.scenes = new ArrayList<>(scenes);
        Collections.shuffle(this.scenes, random);
        this.arrivals =
                plan.spacing() == FeedPlan.Spacing.POISSON
                        ? new Arrivals.Poisson(plan, random)
                        : new Arrivals.Periodic(plan, random);
        this.ids = new Random(random.nextLong());
        this.cameraFormat = "camera-%0" + Integer.toString(plan.cameras() - 1).length() + "d";
    }

    @Override
    public boolean hasNext() {
        return index < plan.frames();
    }

    @Override
    public Shot next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the plan has " + plan.frames() + " frames");
        }
        Arrivals.Arrival arrival = arrivals.next();
        Shot shot =
                new Shot(
                        nextId(),
                        file(arrival.camera()),
                        cameraFormat.formatted(arrival.camera()),
                        arrival.frameNumber(),
                        arrival.due());
        index++;
        return shot;
    }

    private String file(int camera) {
        Iterator<String> left = playing.get(camera);
        if (left == null || !left.hasNext()) {
            left = scenes.get((int) (scene++ % scenes.size())).iterator();
            playing.put(camera, left);
        }
        return left.next();
    }

    private String nextId() {
        byte[] bytes = new byte[16];
        ids.nextBytes(bytes);
        return UUID.nameUUIDFromBytes(bytes).toString();
    }

    /**
     * A frame before it is taken.
     *
     * @param due since the feed's beginning
     */
    record Shot(String eventId, String file, String cameraId, long frameNumber, Duration due) {

        ManifestEntry takenAt(Instant time) {
            return new ManifestEntry(eventId, file, cameraId, frameNumber, time);
        }
    }
}
