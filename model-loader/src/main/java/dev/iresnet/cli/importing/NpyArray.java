package dev.iresnet.cli.importing;

import dev.iresnet.weights.TensorShape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An array of floats that NumPy saved ({@code numpy.lib.format}, versions 1 and 2).
 *
 * @param values row-major
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record NpyArray(TensorShape shape, double[] values) {
    private static final long LARGEST = 1 << 30;
    private static final int MAGIC_LENGTH = 8;
    private static final Pattern TYPE = Pattern.compile("'descr': *'<f([48])'");
    private static final Pattern ROW_MAJOR = Pattern.compile("'fortran_order': *False");
    private static final Pattern SHAPE = Pattern.compile("'shape': *\\(([0-9, ]*)\\)");

    public static NpyArray read(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
            throw new IOException(file + ": no such file, or one above " + LARGEST + " bytes");
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        try {
            return read(file, bytes);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException(file + ": damaged: " + e.getMessage(), e);
        }
    }

    private static NpyArray read(Path file, ByteBuffer bytes) throws IOException {
        boolean npy = bytes.limit() > MAGIC_LENGTH && bytes.getInt(1) == 0x504d554e; // "NUMP"
        int version = npy ? bytes.get(6) : 0;
        if (version != 1 && version != 2) {
            throw new IOException(file + ": not a .npy file of version 1 or 2");
        }
        int length = version == 1 ? Short.toUnsignedInt(bytes.getShort(8)) : bytes.getInt(8);
        int start = version == 1 ? 10 : 12;
        String header = StandardCharsets.ISO_8859_1.decode(bytes.slice(start, length)).toString();
        Matcher type = TYPE.matcher(header);
        Matcher extents = SHAPE.matcher(header);
        if (!type.find() || !extents.find() || !ROW_MAJOR.matcher(header).find()) {
            throw new IOException(
                    file
                            + ": must hold little-endian float32 or float64 in C order, its header"
                            + " is "
                            + header.strip());
        }
        TensorShape shape = shape(extents.group(1));
        ByteBuffer data = bytes.position(start + length).slice().order(ByteOrder.LITTLE_ENDIAN);
        double[] values = new double[Math.min(shape.elements(), data.limit())];
        for (int i = 0; i < values.length; i++) {
            values[i] = type.group(1).equals("4") ? data.getFloat(4 * i) : data.getDouble(8 * i);
        }
        return new NpyArray(shape, values);
    }

    private static TensorShape shape(String extents) {
        List<Integer> dims =
                Arrays.stream(extents.split(","))
                        .map(String::strip)
                        .filter(dim -> !dim.isEmpty())
                        .map(Integer::valueOf)
                        .toList();
        return new TensorShape(dims);
    }
}
