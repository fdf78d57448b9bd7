package dev.iresnet.cli.picture;

import dev.iresnet.image.CropGeometry;
import dev.iresnet.image.DecodeLimits;
import dev.iresnet.image.EncodedImage;
import dev.iresnet.image.ImageException;
import dev.iresnet.image.JpegDecoding;
import dev.iresnet.image.PicturePreprocessor;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.image.Preprocessor;
import dev.iresnet.model.ClipRule;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Sample;
import dev.iresnet.video.FrameReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the clips of videos that a model takes. Not thread-safe. */
final class ClipReader implements AutoCloseable {
    private final Preprocessing rule;
    private final ClipRule clip;
    private final Preprocessor preprocessor;
    private final long mostBytes;

    ClipReader(ModelDescription model, JpegDecoding decoding) {
        // the rest is for the pictures that are decoded, and for what is written
        this(model, decoding, Runtime.getRuntime().maxMemory() / 2);
    }

    /**
     * @param mostBytes that the crops of a video may take
     */
    ClipReader(ModelDescription model, JpegDecoding decoding, long mostBytes) {
        this.mostBytes = mostBytes;
        this.rule = model.preprocessing();
        this.clip = model.clip().orElseThrow();
        this.preprocessor = new PicturePreprocessor(rule, DecodeLimits.DEFAULT, decoding);
    }

    /**
     * A video's clips, in order. Each is made when it is asked for, since they may have frames in
     * common.
     *
     * @param crops of all its frames
     * @param indices of each clip's frames
     * @param geometry of all its frames
     */
    record Clips(List<byte[]> crops, List<int[]> indices, CropGeometry geometry) {
        /** Clips from a number to below another. */
        List<Sample> samples(int from, int to) {
            return indices.subList(from, to).stream().map(this::sample).toList();
        }

        private Sample sample(int[] frames) {
            ByteBuffer pixels = ByteBuffer.allocateDirect(frames.length * crops.get(0).length);
            for (int frame : frames) {
                pixels.put(crops.get(frame));
            }
            return new Sample(pixels.flip(), geometry);
        }
    }

    /**
     * Reads a video whole; the crops of its frames stay in memory.
     *
     * @throws IOException if it cannot be read, or has no frames or too many
     * @throws ImageException if a frame cannot be used
     */
    Clips read(Path video) throws IOException, ImageException {
        List<byte[]> crops = new ArrayList<>();
        ByteBuffer crop = ByteBuffer.allocateDirect(rule.cropBytes());
        CropGeometry geometry = CropGeometry.whole(rule);
        try (FrameReader reader = FrameReader.open(video)) {
            for (Optional<EncodedImage> frame = reader.next();
                    frame.isPresent();
                    frame = reader.next()) {
                if (crops.size() == FrameReader.MOST_FRAMES) {
                    throw new IOException(
                            "more than %d frames; cut it into shorter videos"
                                    .formatted(FrameReader.MOST_FRAMES));
                }
                if ((crops.size() + 1L) * rule.cropBytes() > mostBytes) {
                    throw new IOException(
                            "the crops of more than %d frames would take over half of the heap; cut it into shorter videos, or raise the heap (IRESNET_JAVA_OPTS=-Xmx8g)"
                                    .formatted(crops.size()));
                }
                geometry = preprocessor.crop(frame.get(), crop);
                byte[] pixels = new byte[rule.cropBytes()];
                crop.get(crop.position(), pixels);
                crops.add(pixels);
            }
            if (crops.isEmpty()) {
                throw new IOException("it has no frames");
            }
            return new Clips(crops, clip.clips(crops.size(), reader.rate()), geometry);
        } catch (ModelException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        preprocessor.close();
    }
}
