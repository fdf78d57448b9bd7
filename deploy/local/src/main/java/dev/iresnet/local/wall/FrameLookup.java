package dev.iresnet.local.wall;

import dev.iresnet.image.BrowserImage;

/** Finds the picture that a result is about. Thread-safe. */
interface FrameLookup {

    /**
     * Reads it where the result says that it lies.
     *
     * @throws NoPictureException if there is none to be shown
     */
    BrowserImage find(Answer.Result result) throws NoPictureException;
}
