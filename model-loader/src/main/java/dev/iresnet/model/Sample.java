package dev.iresnet.model;

import dev.iresnet.image.CropGeometry;
import dev.iresnet.image.Preprocessing;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * The input of a model.
 *
 * @param pixels direct, uint8 [H,W,3] RGB, of a clip [T,H,W,3], from position to limit; position
 *     and limit stay
 * @param geometry how the pixels lie in the picture that they are of
 */
public record Sample(ByteBuffer pixels, CropGeometry geometry) {

    /** Of a picture that already has the size of the rule's crop. */
    public static Sample whole(ByteBuffer pixels, Preprocessing rule) {
        return new Sample(pixels, CropGeometry.whole(rule));
    }

    /** The same, of several. */
    public static List<Sample> whole(List<ByteBuffer> pixels, Preprocessing rule) {
        CropGeometry geometry = CropGeometry.whole(rule);
        return pixels.stream().map(crop -> new Sample(crop, geometry)).toList();
    }

    /** A black picture, or a clip of them. */
    public static Sample black(ModelDescription model) {
        return whole(ByteBuffer.allocateDirect(model.sampleBytes()), model.preprocessing());
    }

    /** Noise over the whole range of values: without end, and the same for the same seed. */
    public static Stream<Sample> noise(ModelDescription model, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return Stream.generate(
                () -> {
                    byte[] values = new byte[model.sampleBytes()];
                    random.nextBytes(values);
                    ByteBuffer pixels = ByteBuffer.allocateDirect(values.length).put(values);
                    return whole(pixels.flip(), model.preprocessing());
                });
    }
}
