package dev.iresnet.cli.picture;

import dev.iresnet.cli.option.Failures;
import dev.iresnet.image.DecodeLimits;
import dev.iresnet.image.ImageException;
import dev.iresnet.image.JpegDecoding;
import dev.iresnet.image.PicturePreprocessor;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.image.Preprocessor;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Sample;
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

    /**
     * Takes {@code size} crops' worth of native memory.
     *
     * @throws ModelException if the model takes clips
     */
    public PictureBatches(
            ModelDescription model, JpegDecoding decoding, int size, Failures failures) {
        model.clip()
                .ifPresent(
                        clip -> {
                            throw new ModelException(
                                    "%s takes clips of %d frames; it cannot label pictures"
                                            .formatted(model.name(), clip.frames()));
                        });
        this.rule = model.preprocessing();
        this.decoding = decoding;
        this.failures = failures;
        this.crops =
                Stream.generate(() -> ByteBuffer.allocateDirect(rule.cropBytes()))
                        .limit(size)
                        .toList();
    }

    /** Hands all files on in batches. */
    public void forEach(List<PictureFile> files, Consumer consumer) {
        try (Preprocessor preprocessor =
                new PicturePreprocessor(rule, DecodeLimits.DEFAULT, decoding)) {
            List<PictureFile> read = new ArrayList<>();
            List<Sample> samples = new ArrayList<>();
            for (PictureFile file : files) {
                try {
                    ByteBuffer crop = crops.get(read.size());
                    samples.add(new Sample(crop, preprocessor.crop(file.read(), crop)));
                    read.add(file);
                } catch (IOException | ImageException e) {
                    failures.add(file.path(), e);
                }
                if (read.size() == crops.size()) {
                    consumer.accept(List.copyOf(read), List.copyOf(samples));
                    read.clear();
                    samples.clear();
                }
            }
            if (!read.isEmpty()) {
                consumer.accept(read, samples);
            }
        }
    }

    /** Takes a batch. */
    @FunctionalInterface
    public interface Consumer {
        /**
         * Uses samples.
         *
         * @param files 1 or more
         * @param samples of these files, in their order; overwritten afterwards
         */
        void accept(List<PictureFile> files, List<Sample> samples);
    }
}
