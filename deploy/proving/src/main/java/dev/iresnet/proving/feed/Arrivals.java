package dev.iresnet.proving.feed;

import java.time.Duration;

/** When which camera takes a picture, one after the other. */
interface Arrivals {

    /**
     * A picture that is taken.
     *
     * @param camera number of the camera, from 0
     * @param frameNumber position in its stream, from 0
     * @param due since the feed's beginning; always zero if the feed is not paced
     */
    record Arrival(int camera, long frameNumber, Duration due) {}

    Arrival next();
}
