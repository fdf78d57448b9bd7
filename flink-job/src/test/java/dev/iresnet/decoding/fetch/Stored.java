package dev.iresnet.decoding.fetch;

import dev.iresnet.event.ImageUri;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Where pictures of tests are kept, and what events say of them. */
public final class Stored {
    private Stored() {}

    public static ImageUri uri(String camera, long number) {
        return new ImageUri("s3", camera, "/" + number);
    }

    public static String sha(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
