package dev.iresnet.hostile;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A PNG in its chunks, put together again around mutated ones: lengths and checksums are right, and
 * mutated rows are deflated anew, so that only the decoder's innermost loops can object.
 */
record PngFile(List<Chunk> chunks) {
    private static final int SIGNATURE_BYTES = 8;
    private static final int OVERHEAD = 12;
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final String PIXELS = "IDAT";

    /** Types that a stranger may put anywhere. */
    private static final List<String> TYPES =
            List.of("IHDR", "PLTE", PIXELS, "tRNS", "gAMA", "iCCP", "zTXt", "abCd");

    @SuppressWarnings("ArrayRecordComponent") // a carrier within this package, never compared
    record Chunk(String type, byte[] data) {}

    static PngFile parse(byte[] file) {
        List<Chunk> chunks = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(file);
        for (int at = SIGNATURE_BYTES; at < file.length; ) {
            int length = bytes.getInt(at);
            chunks.add(
                    new Chunk(
                            new String(file, at + 4, 4, US_ASCII),
                            Arrays.copyOfRange(file, at + 8, at + 8 + length)));
            at += OVERHEAD + length;
        }
        return new PngFile(chunks);
    }

    byte[] mutated(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> withData(random).file();
            case 1 -> withSides(random).file();
            case 2 -> shuffled(random).file();
            case 3 -> withForeignChunk(random).file();
            default -> withRows(random).file();
        };
    }

    /** Rows with wrong filters and pixels, too many or too few, in a stream without a fault. */
    private PngFile withRows(SplittableRandom random) {
        int pixels = indexOf(PIXELS);
        byte[] rows = Spoil.anyhow(inflated(chunks.get(pixels).data()), random);
        return with(pixels, new Chunk(PIXELS, deflated(rows)));
    }

    private PngFile withSides(SplittableRandom random) {
        ByteBuffer header = ByteBuffer.wrap(chunks.get(0).data().clone());
        int at = Integer.BYTES * random.nextInt(2);
        header.putInt(at, Sizes.lie(header.getInt(at), random));
        return with(0, new Chunk(chunks.get(0).type(), header.array()));
    }

    private PngFile withData(SplittableRandom random) {
        int chosen = random.nextInt(chunks.size());
        Chunk chunk = chunks.get(chosen);
        return with(chosen, new Chunk(chunk.type(), Spoil.anyhow(chunk.data(), random)));
    }

    private PngFile shuffled(SplittableRandom random) {
        List<Chunk> changed = new ArrayList<>(chunks);
        int chosen = random.nextInt(changed.size());
        switch (random.nextInt(3)) {
            case 0 -> changed.remove(chosen);
            case 1 -> changed.add(random.nextInt(changed.size()), changed.get(chosen));
            default -> Collections.swap(changed, chosen, random.nextInt(changed.size()));
        }
        return new PngFile(changed);
    }

    private PngFile withForeignChunk(SplittableRandom random) {
        byte[] data = new byte[random.nextInt(40)];
        random.nextBytes(data);
        if (random.nextBoolean()) {
            data = deflated(data);
        }
        List<Chunk> changed = new ArrayList<>(chunks);
        changed.add(
                1 + random.nextInt(changed.size() - 1),
                new Chunk(TYPES.get(random.nextInt(TYPES.size())), data));
        return new PngFile(changed);
    }

    private PngFile with(int index, Chunk chunk) {
        List<Chunk> changed = new ArrayList<>(chunks);
        changed.set(index, chunk);
        return new PngFile(changed);
    }

    private int indexOf(String type) {
        for (int i = 0; i < chunks.size(); i++) {
            if (chunks.get(i).type().equals(type)) {
                return i;
            }
        }
        throw new IllegalStateException("a PNG without " + type);
    }

    private byte[] file() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(SIGNATURE);
        for (Chunk chunk : chunks) {
            byte[] type = chunk.type().getBytes(US_ASCII);
            CRC32 sum = new CRC32();
            sum.update(type);
            sum.update(chunk.data());
            file.writeBytes(number(chunk.data().length));
            file.writeBytes(type);
            file.writeBytes(chunk.data());
            file.writeBytes(number((int) sum.getValue()));
        }
        return file.toByteArray();
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    private static byte[] inflated(byte[] stream) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(stream);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] part = new byte[1 << 14];
            for (int length = inflater.inflate(part); length > 0; length = inflater.inflate(part)) {
                out.write(part, 0, length);
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            throw new IllegalStateException("an original must be whole", e);
        } finally {
            inflater.end();
        }
    }

    private static byte[] deflated(byte[] data) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            deflater.setInput(data);
            deflater.finish();
            byte[] out = new byte[data.length + 64];
            return Arrays.copyOf(out, deflater.deflate(out));
        } finally {
            deflater.end();
        }
    }
}
