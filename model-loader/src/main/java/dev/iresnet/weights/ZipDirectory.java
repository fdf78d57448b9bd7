package dev.iresnet.weights;

import dev.iresnet.weights.MappedFile.Region;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The stored (uncompressed) entries of a zip file as places in the mapped file; compressed ones are
 * known by name. {@link java.util.zip.ZipFile} does not tell where an entry's bytes are, and would
 * copy them.
 *
 * <p>After PKWARE's APPNOTE.TXT 6.3.10: end record (4.3.16), its 64-bit form (4.3.14, 4.3.15),
 * central headers (4.3.12), local headers (4.3.7). The central directory is used only where the
 * local header says the same.
 */
final class ZipDirectory {
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END64_SIGNATURE = 0x06064b50;
    private static final int LOCATOR64_SIGNATURE = 0x07064b50;
    private static final int CENTRAL_SIGNATURE = 0x02014b50;
    private static final int LOCAL_SIGNATURE = 0x04034b50;
    private static final int END_LENGTH = 22;
    private static final int LOCATOR64_LENGTH = 20;
    private static final int CENTRAL_LENGTH = 46;
    private static final int LOCAL_LENGTH = 30;
    private static final int MAX_COMMENT = 0xffff;
    private static final int ZIP64_EXTRA = 1;
    private static final long IN_ZIP64 = 0xffffffffL;
    private static final int MAX_ENTRIES = 1 << 18;

    private final MappedFile file;
    private final Map<String, Optional<Region>> entries = new LinkedHashMap<>();

    private ZipDirectory(MappedFile file) {
        this.file = file;
    }

    static ZipDirectory read(MappedFile file) {
        ZipDirectory directory = new ZipDirectory(file);
        directory.readCentral(directory.findEnd());
        return directory;
    }

    Set<String> names() {
        return entries.keySet();
    }

    /** Where an entry is; refuses one that is compressed. */
    Optional<Region> entry(String name) {
        Optional<Region> entry = entries.get(name);
        if (entry == null) {
            return Optional.empty();
        }
        if (entry.isEmpty()) {
            throw file.refuse(
                    "zip entry "
                            + name
                            + " is compressed or encrypted; PyTorch stores entries as they are:"
                            + " load it in PyTorch and torch.save it again");
        }
        return entry;
    }

    private record Central(long count, long position) {}

    private Central findEnd() {
        long earliest = Math.max(0, file.size() - END_LENGTH - MAX_COMMENT);
        for (long at = file.size() - END_LENGTH; at >= earliest; at--) {
            if (file.int32(at) == END_SIGNATURE
                    && at + END_LENGTH + file.unsignedShort(at + 20) == file.size()) {
                long count = file.unsignedShort(at + 10);
                long position = file.unsignedInt(at + 16);
                return count == 0xffff || position == IN_ZIP64
                        ? findEnd64(at)
                        : new Central(count, position);
            }
        }
        throw file.refuse("begins like a zip file but has no zip directory at its end: truncated");
    }

    private Central findEnd64(long end) {
        long locator = end - LOCATOR64_LENGTH;
        if (locator < 0 || file.int32(locator) != LOCATOR64_SIGNATURE) {
            throw file.refuse("zip directory: the 64-bit locator is missing: damaged");
        }
        long at = file.int64(locator + 8);
        if (file.int32(at) != END64_SIGNATURE) {
            throw file.refuse("zip directory: no 64-bit end record at byte " + at + ": damaged");
        }
        return new Central(file.int64(at + 32), file.int64(at + 48));
    }

    private void readCentral(Central central) {
        if (central.count() < 0 || central.count() > MAX_ENTRIES) {
            throw file.refuse(
                    "zip directory: %d entries, at most %d are read"
                            .formatted(central.count(), MAX_ENTRIES));
        }
        long at = central.position();
        for (long i = 0; i < central.count(); i++) {
            at = readEntry(at);
        }
    }

    /** Reads the central header at {@code at} and returns where the next one begins. */
    private long readEntry(long at) {
        file.require(at, CENTRAL_LENGTH, "a zip directory entry");
        if (file.int32(at) != CENTRAL_SIGNATURE) {
            throw file.refuse("zip directory: no entry at byte " + at + ": damaged");
        }
        int nameLength = file.unsignedShort(at + 28);
        int extraLength = file.unsignedShort(at + 30);
        int commentLength = file.unsignedShort(at + 32);
        String name = file.text(at + CENTRAL_LENGTH, nameLength);
        long extra = at + CENTRAL_LENGTH + nameLength;
        if (entries.put(name, region(at, name, new Wide(extra, extraLength, name))) != null) {
            throw file.refuse("zip entry " + name + " is there twice: damaged");
        }
        return extra + extraLength + commentLength;
    }

    private Optional<Region> region(long at, String name, Wide wide) {
        long size = wide.orElse(file.unsignedInt(at + 24));
        long packed = wide.orElse(file.unsignedInt(at + 20));
        long local = wide.orElse(file.unsignedInt(at + 42));
        boolean encrypted = (file.unsignedShort(at + 8) & 1) != 0;
        if (file.unsignedShort(at + 10) != 0 || encrypted || size != packed) {
            return Optional.empty();
        }
        OptionalLong crc32 = OptionalLong.of(file.unsignedInt(at + 16));
        return Optional.of(new Region(file, name, content(local, name), size, crc32));
    }

    /** Where the bytes behind the local header at {@code at} begin. */
    private long content(long at, String name) {
        file.require(at, LOCAL_LENGTH, "the header of zip entry " + name);
        int nameLength = file.unsignedShort(at + 26);
        if (file.int32(at) != LOCAL_SIGNATURE
                || !file.text(at + LOCAL_LENGTH, nameLength).equals(name)) {
            throw file.refuse(
                    "zip entry %s: its header at byte %d is another's: damaged"
                            .formatted(name, at));
        }
        return at + LOCAL_LENGTH + nameLength + file.unsignedShort(at + 28);
    }

    /** The 64-bit values of an entry, in the order size, packed size, offset, each only if used. */
    private final class Wide {
        private final String name;
        private long next;
        private long end;

        Wide(long extra, int length, String name) {
            this.name = name;
            for (long at = extra; at + 4 <= extra + length; ) {
                int fieldLength = file.unsignedShort(at + 2);
                if (file.unsignedShort(at) == ZIP64_EXTRA) {
                    next = at + 4;
                    end = Math.min(extra + length, next + fieldLength);
                    return;
                }
                at += 4 + fieldLength;
            }
        }

        long orElse(long narrow) {
            if (narrow != IN_ZIP64) {
                return narrow;
            }
            if (end - next < Long.BYTES) {
                throw file.refuse("zip entry " + name + ": its 64-bit size is missing: damaged");
            }
            next += Long.BYTES;
            return file.int64(next - Long.BYTES);
        }
    }
}
