package dev.iresnet.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.image.ImageException.Reason;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Damaged files: a crop or an exception with a reason, whatever the damage. {@code
 * -Diresnet.mutations=9000} tries more of each kind than a build does, with {@code
 * -Djunit.jupiter.execution.timeout.mode=disabled}, {@code -Diresnet.mutations.seed=…} others.
 */
class MutatedPicturesTest {
    private static final int DAMAGES = Integer.getInteger("iresnet.mutations", 500);
    private static final long SEED = Long.getLong("iresnet.mutations.seed", 0);
    private static final List<String> JPEGS =
            List.of(
                    "tiny.jpg",
                    "tall.jpg",
                    "mjpeg.jpg",
                    "restarts.jpg",
                    "progressive.jpg",
                    "no-end.jpg",
                    "cmyk-black.jpg",
                    "cmyk-progressive.jpg",
                    "ycck.jpg");
    private static final List<String> PNGS =
            List.of(
                    "dot.png",
                    "palette-transparent.png",
                    "interlaced.png",
                    "sixteen-bit.png",
                    "one-bit.png");

    /** What is done to a file, and to which files. */
    private record Damage(
            String name, List<String> files, BiFunction<byte[], Random, byte[]> done) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Damage> damages() {
        return Stream.of(
                new Damage("flipped JPEG", JPEGS, (file, random) -> flip(file, random, 0)),
                new Damage("flipped JPEG header", JPEGS, MutatedPicturesTest::flipHeader),
                new Damage("cut JPEG", JPEGS, MutatedPicturesTest::cut),
                new Damage("JPEG with zeros for an end", JPEGS, MutatedPicturesTest::zeroEnd),
                new Damage("garbage in a JPEG", JPEGS, MutatedPicturesTest::insertGarbage),
                new Damage("lying JPEG segment", JPEGS, MutatedPicturesTest::lieInSegment),
                new Damage("flipped PNG", PNGS, (file, random) -> flip(file, random, 8)),
                new Damage(
                        "flipped PNG end",
                        PNGS,
                        (file, random) -> flip(file, random, Math.max(8, file.length - 30))),
                new Damage("cut PNG", PNGS, MutatedPicturesTest::cut),
                new Damage("repacked PNG", PNGS, MutatedPicturesTest::repack),
                new Damage("repacked pixels", PNGS, MutatedPicturesTest::repackPixels));
    }

    @ParameterizedTest
    @MethodSource("damages")
    @Timeout(600)
    void isACropOrAReason(Damage damage) {
        Random random = new Random(damage.name().hashCode() + SEED);
        Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);
        int crops = 0;
        try (Preprocessor exact = Pictures.preprocessor(Pictures.STRETCHED);
                Preprocessor scaled =
                        new PicturePreprocessor(
                                Pictures.STRETCHED, DecodeLimits.DEFAULT, JpegDecoding.SCALED)) {
            for (int i = 0; i < DAMAGES; i++) {
                String name = damage.files().get(i % damage.files().size());
                byte[] damaged = damage.done().apply(Pictures.read(name), random);
                try {
                    Pictures.crop(
                            random.nextBoolean() ? exact : scaled,
                            Pictures.STRETCHED,
                            Pictures.image(name, damaged));
                    crops++;
                } catch (ImageException e) {
                    assertThat(e.getMessage()).isNotBlank();
                    reasons.merge(e.reason(), 1, Integer::sum);
                }
            }
        }
        System.out.printf("%s: %d crops, refused %s%n", damage, crops, reasons);
        assertThat(reasons.values().stream().mapToInt(n -> n).sum() + crops).isEqualTo(DAMAGES);
        assertThat(reasons).containsKey(Reason.CORRUPT);
    }

    private static byte[] flip(byte[] file, Random random, int from) {
        return flipWithin(file, random, from, file.length);
    }

    private static byte[] flipHeader(byte[] file, Random random) {
        return flipWithin(file, random, 0, 600);
    }

    private static byte[] flipWithin(byte[] file, Random random, int from, int to) {
        byte[] damaged = file.clone();
        int last = Math.min(to, file.length);
        for (int flips = random.nextInt(8); flips >= 0 && from < last; flips--) {
            damaged[random.nextInt(from, last)] ^= (byte) (1 << random.nextInt(8));
        }
        return damaged;
    }

    private static byte[] cut(byte[] file, Random random) {
        return Arrays.copyOf(file, random.nextInt(1, file.length));
    }

    /** Now and then only the end is lost. */
    private static byte[] zeroEnd(byte[] file, Random random) {
        int kept = file.length - (random.nextBoolean() ? 2 : random.nextInt(3, file.length - 700));
        byte[] flipped = random.nextInt(3) > 0 ? file : flip(file, random, file.length - 100);
        return Arrays.copyOf(Arrays.copyOf(flipped, kept), kept + random.nextInt(50));
    }

    private static byte[] insertGarbage(byte[] file, Random random) {
        byte[] garbage = new byte[random.nextInt(1, 20)];
        random.nextBytes(garbage);
        if (random.nextBoolean()) {
            garbage[0] = (byte) 0xFF;
        }
        int at = random.nextInt(2, Math.min(700, file.length));
        byte[] stuffed = Arrays.copyOf(file, file.length + garbage.length);
        System.arraycopy(garbage, 0, stuffed, at, garbage.length);
        System.arraycopy(file, at, stuffed, at + garbage.length, file.length - at);
        return stuffed;
    }

    private static byte[] lieInSegment(byte[] file, Random random) {
        byte[] damaged = file.clone();
        int at;
        do {
            at = random.nextInt(Math.min(700, file.length - 4));
        } while (file[at] != (byte) 0xFF);
        damaged[at + 2] = (byte) (random.nextBoolean() ? 0 : random.nextInt());
        damaged[at + 3] = (byte) random.nextInt();
        return damaged;
    }

    private static byte[] repack(byte[] file, Random random) {
        List<PngChunks.Chunk> chunks = PngChunks.split(file);
        int victim = random.nextInt(chunks.size());
        PngChunks.Chunk chunk = chunks.get(victim);
        chunks.set(victim, chunk.with(flip(chunk.data(), random, 0)));
        return PngChunks.join(chunks.toArray(PngChunks.Chunk[]::new));
    }

    /** The zlib stream is right too, what it holds is damaged, shortened or lengthened. */
    private static byte[] repackPixels(byte[] file, Random random) {
        List<PngChunks.Chunk> chunks = PngChunks.split(file);
        for (int i = 0; i < chunks.size(); i++) {
            PngChunks.Chunk chunk = chunks.get(i);
            if (chunk.type().equals("IDAT")) {
                byte[] rows = flip(inflate(chunk.data()), random, 0);
                int length = random.nextBoolean() ? rows.length : random.nextInt(2 * rows.length);
                chunks.set(i, chunk.with(deflate(Arrays.copyOf(rows, length))));
            }
        }
        return PngChunks.join(chunks.toArray(PngChunks.Chunk[]::new));
    }

    private static byte[] inflate(byte[] data) {
        Inflater inflater = new Inflater();
        inflater.setInput(data);
        byte[] buffer = new byte[1 << 18];
        try {
            return Arrays.copyOf(buffer, inflater.inflate(buffer));
        } catch (DataFormatException e) {
            throw new AssertionError(e);
        } finally {
            inflater.end();
        }
    }

    private static byte[] deflate(byte[] data) {
        Deflater deflater = new Deflater();
        deflater.setInput(data);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 16];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }
}
