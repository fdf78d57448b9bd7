package dev.iresnet.config;

import dev.iresnet.image.DecodeLimits;
import dev.iresnet.image.JpegDecoding;
import java.io.Serializable;
import org.apache.flink.configuration.MemorySize;

/**
 * See {@code decode.*} and {@code image.*}.
 *
 * @param threads 0 for half the processors
 */
public record DecodingConfig(int threads, DecodeLimits limits, JpegDecoding jpeg)
        implements Serializable {
    static final OptionGroup OPTIONS = new OptionGroup();

    private static final Option<Integer> THREADS =
            OPTIONS.integer(
                    "decode.threads",
                    "1..1024",
                    "",
                    """
                    Threads of a task manager that decode pictures. By default half its processors.
                    """);

    static final Option<MemorySize> MAX_BYTES =
            OPTIONS.size(
                    "image.max-bytes",
                    "1 byte..1 gb",
                    "16 mb",
                    """
                    Largest picture, encoded or raw, that is decoded. Larger ones become dead
                    letters.
                    """);

    private static final Option<Long> MAX_PIXELS =
            OPTIONS.longInteger(
                    "image.max-pixels",
                    "1..178000000",
                    "50000000",
                    """
                    Width times height of the largest picture that is decoded; checked before memory
                    is taken for it.
                    """);

    private static final Option<Long> MAX_WORK =
            OPTIONS.longInteger(
                    "image.max-work",
                    "1000000..1000000000000",
                    "",
                    """
                    Largest amount of work for a picture that is decoded, counted from its bytes:
                    about 3 for each pixel, and 1 for each sample of each of a JPEG's scans.
                    Pictures that take more become dead letters of code IMAGE_TOO_COMPLEX. By
                    default 48 times `image.max-pixels`: enough for twelve scans of the largest
                    picture. A slow core does 400 million a second, and no picture may take longer
                    than the checkpoint timeout.
                    """);

    private static final Option<JpegDecoding> JPEG =
            OPTIONS.choice(
                    "image.jpeg-decoding",
                    JpegDecoding.class,
                    "exact",
                    """
                    How JPEG files are decoded that have more pixels than the model sees. `exact`:
                    all pixels, so that crops are those of the reference preprocessing, bit for bit.
                    `scaled`: at 1/2, 1/4 or 1/8 of the size if that is still enough; several times
                    as fast for camera frames. `iresnet evaluate --jpeg-decoding` shows what it does
                    to your model's labels.
                    """);

    static DecodingConfig from(Settings settings) {
        int bytes = Math.toIntExact(settings.get(MAX_BYTES).getBytes());
        long pixels = settings.get(MAX_PIXELS);
        return new DecodingConfig(
                settings.find(THREADS).orElse(0),
                settings.find(MAX_WORK)
                        .map(work -> new DecodeLimits(bytes, pixels, work))
                        .orElseGet(() -> new DecodeLimits(bytes, pixels)),
                settings.get(JPEG));
    }
}
