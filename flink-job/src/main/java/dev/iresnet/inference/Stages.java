package dev.iresnet.inference;

import dev.iresnet.decoding.fetch.Fetching;
import dev.iresnet.event.FrameReader;
import dev.iresnet.image.Preprocessor;
import dev.iresnet.model.Model;

/**
 * What a frame passes through. All are called by several threads at once.
 *
 * @param reader record to frame
 * @param fetching of pictures that events refer to
 * @param cropper picture to crop, of the size that {@code model} asks for
 * @param model crops to scores
 */
public record Stages(FrameReader reader, Fetching fetching, Preprocessor cropper, Model model) {

    /** For a reader that follows no references. */
    public Stages(FrameReader reader, Preprocessor cropper, Model model) {
        this(reader, Fetching.NONE, cropper, model);
    }
}
