package dev.iresnet.weights;

import dev.iresnet.file.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/**
 * A file in memory by mapping, of any size, little-endian. Every access is checked against the
 * file's end, so that lengths taken from the file itself need no further care.
 *
 * <p>Mapped in slices, because a {@link ByteBuffer} ends at 2 GiB. Slices overlap by a word, so
 * that a number at a border lies whole in one of them.
 */
final class MappedFile {
    private static final int SLICE_BITS = 30;
    private static final int MAX_MESSAGE = 4000;
    private static final int OVERLAP = Long.BYTES;

    private final Path path;
    private final long size;
    private final List<ByteBuffer> slices;

    private MappedFile(Path path, long size, List<ByteBuffer> slices) {
        this.path = path;
        this.size = size;
        this.slices = slices;
    }

    static MappedFile open(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new CheckpointException(
                    path + (Files.exists(path) ? ": not a regular file" : ": no such file"));
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = channel.size();
            List<ByteBuffer> slices = new ArrayList<>();
            for (long from = 0; from < size; from += 1L << SLICE_BITS) {
                long length = Math.min((1L << SLICE_BITS) + OVERLAP, size - from);
                slices.add(
                        channel.map(MapMode.READ_ONLY, from, length)
                                .order(ByteOrder.LITTLE_ENDIAN));
            }
            return new MappedFile(path, size, slices);
        } catch (IOException e) {
            throw new CheckpointException(path + ": cannot be read: " + e.getMessage(), e);
        }
    }

    long size() {
        return size;
    }

    /** Names the file in front of what is wrong with it. */
    CheckpointException refuse(String what) {
        // Keys come from the file: neither their length nor their control characters go to a screen
        String clean = what.replaceAll("\\p{Cntrl}", "?");
        return new CheckpointException(
                path + ": " + clean.substring(0, Math.min(clean.length(), MAX_MESSAGE)));
    }

    /** The shape that the file gives {@code key}. */
    TensorShape shape(String key, List<Long> extents) {
        try {
            return new TensorShape(extents.stream().map(Math::toIntExact).toList());
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw refuse("tensor " + key + " has no possible shape: " + e.getMessage());
        }
    }

    /** Checks that {@code length} bytes lie at {@code position}. */
    void require(long position, long length, String what) {
        if (position < 0 || length < 0 || length > size - position) {
            throw refuse(
                    "%s needs %d bytes at byte %d, the file ends at byte %d: truncated or damaged"
                            .formatted(what, length, position, size));
        }
    }

    int unsignedByte(long position) {
        return Byte.toUnsignedInt(word(position, Byte.BYTES).get(within(position)));
    }

    int unsignedShort(long position) {
        return Short.toUnsignedInt(word(position, Short.BYTES).getShort(within(position)));
    }

    int int32(long position) {
        return word(position, Integer.BYTES).getInt(within(position));
    }

    long unsignedInt(long position) {
        return Integer.toUnsignedLong(int32(position));
    }

    long int64(long position) {
        return word(position, Long.BYTES).getLong(within(position));
    }

    byte[] bytes(long position, int length) {
        require(position, length, "a field");
        byte[] copy = new byte[length];
        for (int done = 0; done < length; ) {
            ByteBuffer slice = slice(position + done);
            int at = within(position + done);
            int step = Math.min(length - done, slice.limit() - at);
            slice.get(at, copy, done, step);
            done += step;
        }
        return copy;
    }

    String text(long position, int length) {
        return new String(bytes(position, length), StandardCharsets.UTF_8);
    }

    /** CRC-32 of {@code length} bytes from {@code position}. */
    long crc32(long position, long length) {
        CRC32 crc = new CRC32();
        forEachRun(position, length, crc::update);
        return crc.getValue();
    }

    /** SHA-256 of the whole file in hex. */
    String sha256() {
        MessageDigest digest = Sha256.digest();
        forEachRun(0, size, digest::update);
        return Sha256.hex(digest);
    }

    private void forEachRun(long position, long length, Consumer<ByteBuffer> consumer) {
        for (long done = 0; done < length; ) {
            ByteBuffer slice = slice(position + done);
            int at = within(position + done);
            int step = (int) Math.min(length - done, slice.limit() - at);
            consumer.accept(slice.slice(at, step));
            done += step;
        }
    }

    /** The slice that holds the number at {@code position}; unchecked, for loops over tensors. */
    ByteBuffer slice(long position) {
        return slices.get((int) (position >>> SLICE_BITS));
    }

    /** Where {@code position} is in its {@link #slice}. */
    static int within(long position) {
        return (int) (position & ((1L << SLICE_BITS) - 1));
    }

    private ByteBuffer word(long position, int length) {
        require(position, length, "a field");
        return slice(position);
    }

    /**
     * A run of bytes in a file that one or more tensors lie in; checked against its CRC-32, where
     * the container keeps one, when it is first read.
     */
    static final class Region {
        private final MappedFile file;
        private final String name;
        private final long position;
        private final long length;
        private final OptionalLong crc32;
        private boolean intact;

        Region(MappedFile file, String name, long position, long length, OptionalLong crc32) {
            file.require(position, length, name);
            this.file = file;
            this.name = name;
            this.position = position;
            this.length = length;
            this.crc32 = crc32;
            this.intact = crc32.isEmpty();
        }

        MappedFile file() {
            return file;
        }

        String name() {
            return name;
        }

        long position() {
            return position;
        }

        long length() {
            return length;
        }

        void requireIntact() {
            if (!intact && file.crc32(position, length) != crc32.orElseThrow()) {
                throw file.refuse(
                        name + " does not have the CRC-32 that the zip directory gives: damaged");
            }
            intact = true;
        }
    }
}
