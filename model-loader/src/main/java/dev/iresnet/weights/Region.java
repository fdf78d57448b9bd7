package dev.iresnet.weights;

import java.util.OptionalLong;

/**
 * A run of bytes in a file that one or more tensors lie in; checked against its CRC-32, where the
 * container keeps one, when it is first read.
 */
final class Region {
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
