package dev.iresnet.serving;

import dev.iresnet.event.FrameReader;
import dev.iresnet.image.Cropper;
import dev.iresnet.model.Model;

/**
 * What a frame passes through. All three are called by several threads at once.
 *
 * @param reader record to frame
 * @param cropper picture to crop, of the size that {@code model} asks for
 * @param model crops to scores
 */
public record Stages(FrameReader reader, Cropper cropper, Model model) {}
