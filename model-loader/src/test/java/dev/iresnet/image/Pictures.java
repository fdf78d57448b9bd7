package dev.iresnet.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The pictures of {@code src/test/resources/pictures}, and preprocessors for them. */
final class Pictures {
    static final Preprocessing STRETCHED =
            new Preprocessing(
                    32,
                    24,
                    Preprocessing.Resize.STRETCH,
                    0,
                    Preprocessing.IMAGENET.mean(),
                    Preprocessing.IMAGENET.std());

    private Pictures() {}

    static byte[] read(String name) {
        try (InputStream in = Pictures.class.getResourceAsStream("/pictures/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> lines(String name) {
        return new String(read(name), StandardCharsets.UTF_8).lines().toList();
    }

    static EncodedImage image(String name, byte[] bytes) {
        Encoding encoding = name.endsWith(".jpg") ? Encoding.JPEG : Encoding.PNG;
        return EncodedImage.compressed(encoding, ByteBuffer.wrap(bytes));
    }

    static EncodedImage image(String name) {
        return image(name, read(name));
    }

    static Preprocessor preprocessor(Preprocessing rule) {
        return new PicturePreprocessor(rule, DecodeLimits.DEFAULT);
    }

    static byte[] crop(Preprocessor preprocessor, Preprocessing rule, EncodedImage image)
            throws ImageException {
        ByteBuffer crop = ByteBuffer.allocateDirect(rule.cropBytes());
        preprocessor.crop(image, crop);
        byte[] values = new byte[crop.remaining()];
        crop.get(values);
        return values;
    }
}
