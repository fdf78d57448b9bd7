package dev.iresnet.event;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/** How a record's key names its camera: what Kafka's own serializers write. */
public enum KeyFormat {
    /** UTF-8. */
    TEXT {
        @Override
        String camera(byte[] key) throws FrameException {
            try {
                return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString();
            } catch (CharacterCodingException e) {
                throw new FrameException(
                        FailureCode.EVENT_INVALID,
                        "the key (camera id) is not UTF-8; input.key-format names other keys",
                        e);
            }
        }
    },
    /** {@code IntegerSerializer}: 4 bytes, the highest first. */
    INT {
        @Override
        String camera(byte[] key) throws FrameException {
            return Integer.toString(ofSize(key, Integer.BYTES).getInt());
        }
    },
    /** {@code LongSerializer}: 8 bytes, the highest first. */
    LONG {
        @Override
        String camera(byte[] key) throws FrameException {
            return Long.toString(ofSize(key, Long.BYTES).getLong());
        }
    },
    /** 16 bytes, the highest first; or text, as {@code UUIDSerializer} writes. */
    UUID {
        @Override
        String camera(byte[] key) throws FrameException {
            if (key.length == TEXT_LENGTH) {
                try {
                    return java.util.UUID.fromString(TEXT.camera(key)).toString();
                } catch (IllegalArgumentException e) {
                    throw new FrameException(
                            FailureCode.EVENT_INVALID, "the key (camera id) is no UUID", e);
                }
            }
            ByteBuffer bytes = ofSize(key, 2 * Long.BYTES);
            return new java.util.UUID(bytes.getLong(), bytes.getLong()).toString();
        }
    },
    /** Anything else, Avro for example: the bytes in hex. */
    BYTES {
        @Override
        String camera(byte[] key) {
            return HexFormat.of().formatHex(key);
        }
    };

    private static final int TEXT_LENGTH = 36;

    /** The camera's name. */
    abstract String camera(byte[] key) throws FrameException;

    /** As it is written in a configuration. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    ByteBuffer ofSize(byte[] key, int bytes) throws FrameException {
        if (key.length != bytes) {
            throw new FrameException(
                    FailureCode.EVENT_INVALID,
                    "the key (camera id) has %d bytes; with input.key-format %s it must have %d"
                            .formatted(key.length, this, bytes));
        }
        return ByteBuffer.wrap(key);
    }
}
