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
 * @param preprocessor picture to crop, of the size that {@code model} asks for
 * @param model crops to scores
 */
public record Stages(
        FrameReader reader, Fetching fetching, Preprocessor preprocessor, Model model) {

    /** For a reader that follows no references. */
    public Stages(FrameReader reader, Preprocessor preprocessor, Model model) {
        this(reader, Fetching.NONE, preprocessor, model);
    }

    /** Of stages that no thread uses. */
    void close() {
        reader.close();
        preprocessor.close();
        model.close();
    }
}
