package dev.iresnet.cli.picture;

import dev.iresnet.cli.option.Failures;
import dev.iresnet.image.Cropper;
import dev.iresnet.image.DecodeLimits;
import dev.iresnet.image.ImageException;
import dev.iresnet.image.JpegDecoding;
import dev.iresnet.image.PictureCropper;
import dev.iresnet.image.Preprocessing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Prepares pictures, some at a time, in the order of the files; those that fail are left out. */
public final class PictureBatches {
    private final Preprocessing rule;
    private final JpegDecoding decoding;
    private final Failures failures;
    private final List<ByteBuffer> crops;

    /** Takes {@code size} crops' worth of native memory. */
    public PictureBatches(Preprocessing rule, JpegDecoding decoding, int size, Failures failures) {
        this.rule = rule;
        this.decoding = decoding;
        this.failures = failures;
        this.crops =
                Stream.generate(() -> ByteBuffer.allocateDirect(rule.cropBytes()))
                        .limit(size)
                        .toList();
    }

    /** Hands all files on in batches. */
    public void forEach(List<PictureFile> files, Consumer consumer) {
        try (Cropper cropper = new PictureCropper(rule, DecodeLimits.DEFAULT, decoding)) {
            List<PictureFile> cropped = new ArrayList<>();
            for (PictureFile file : files) {
                try {
                    cropper.crop(file.read(), crops.get(cropped.size()));
                    cropped.add(file);
                } catch (IOException | ImageException e) {
                    failures.add(file.path(), e);
                }
                if (cropped.size() == crops.size()) {
                    consumer.accept(List.copyOf(cropped), crops);
                    cropped.clear();
                }
            }
            if (!cropped.isEmpty()) {
                consumer.accept(List.copyOf(cropped), crops.subList(0, cropped.size()));
            }
        }
    }

    /** Takes a batch. */
    @FunctionalInterface
    public interface Consumer {
        /**
         * Uses crops.
         *
         * @param files 1 or more
         * @param crops of these files, in their order; overwritten afterwards
         */
        void accept(List<PictureFile> files, List<ByteBuffer> crops);
    }
}
