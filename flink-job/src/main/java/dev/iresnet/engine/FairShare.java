package dev.iresnet.engine;

import java.util.HashMap;
import java.util.Map;

/**
 * Gives each camera an equal part of the frames in flight: their number over that of the cameras
 * that have any. So a camera that sends a hundred times what the others send does not make them
 * wait. As long as the device can take all frames at once no camera waits, and there are no shares.
 * Nobody's share is below two frames, one at the device and one behind it: else what a loud camera
 * had before the others came would count against them.
 *
 * <p>Thread-safe.
 *
 * @param <C> names a camera, by equals
 */
final class FairShare<C> {
    private static final int LEAST = 2;

    private final int room;
    private final Map<C, Integer> inFlight = new HashMap<>();
    private int total;

    /**
     * Nothing is in flight.
     *
     * @param room frames that the device takes at once
     */
    FairShare(int room) {
        this.room = room;
    }

    /**
     * Counts a camera's next frame, unless it would be above its share.
     *
     * @return whether it is counted; then {@link #left} follows
     */
    synchronized boolean enter(C camera) {
        int own = inFlight.getOrDefault(camera, 0);
        long cameras = (long) inFlight.size() + (own == 0 ? 1 : 0);
        // own + 1 <= (total + 1) / cameras, without a rounded share
        boolean within = total < room || own < LEAST || (own + 1) * cameras <= total + 1;
        if (within) {
            inFlight.put(camera, own + 1);
            total++;
        }
        return within;
    }

    /** A frame that was counted is in flight no more. */
    synchronized void left(C camera) {
        inFlight.computeIfPresent(camera, (name, own) -> own == 1 ? null : own - 1);
        total--;
    }
}
