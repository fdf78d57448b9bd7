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

    ClipReader(ModelDescription model, JpegDecoding decoding) {
        this.rule = model.preprocessing();
        this.clip = model.clip().orElseThrow();
        this.preprocessor = new PicturePreprocessor(rule, DecodeLimits.DEFAULT, decoding);
    }

    /**
     * A video's clips, in order.
     *
     * @param geometry of all its frames
     * @param frames that it has
     */
    record Clips(List<Sample> samples, CropGeometry geometry, int frames) {}

    /**
     * Reads a video whole; the crops of its frames stay in memory while clips are made of them.
     *
     * @throws ImageException if a frame cannot be used, or there is none
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
                geometry = preprocessor.crop(frame.get(), crop);
                byte[] pixels = new byte[rule.cropBytes()];
                crop.get(crop.position(), pixels);
                crops.add(pixels);
            }
            if (crops.isEmpty()) {
                throw new IOException("it has no frames");
            }
            CropGeometry place = geometry;
            List<Sample> samples =
                    clip.clips(crops.size(), reader.rate()).stream()
                            .map(indices -> sample(crops, indices, place))
                            .toList();
            return new Clips(samples, geometry, crops.size());
        }
    }

    private Sample sample(List<byte[]> crops, int[] indices, CropGeometry geometry) {
        ByteBuffer pixels = ByteBuffer.allocateDirect(indices.length * rule.cropBytes());
        for (int index : indices) {
            pixels.put(crops.get(index));
        }
        return new Sample(pixels.flip(), geometry);
    }

    @Override
    public void close() {
        preprocessor.close();
    }
}
