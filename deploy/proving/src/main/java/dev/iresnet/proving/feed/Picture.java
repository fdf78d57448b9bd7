package dev.iresnet.proving.feed;

import dev.iresnet.schemas.avro.ImageEncoding;
import java.util.Locale;

/**
 * A picture file's name and content.
 *
 * @param file relative to the feed's directory, parts separated by '/'
 * @param bytes shared, not copied: they must not be changed
 */
@SuppressWarnings("ArrayRecordComponent") // bytes in transit, never compared
public record Picture(String file, byte[] bytes) {

    /** What the file's name says that it is. */
    public ImageEncoding encoding() {
        return file.toLowerCase(Locale.ROOT).endsWith(".png")
                ? ImageEncoding.PNG
                : ImageEncoding.JPEG;
    }
}
