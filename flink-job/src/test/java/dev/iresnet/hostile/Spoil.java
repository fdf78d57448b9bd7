package dev.iresnet.hostile;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Ways to spoil bytes that know nothing of their meaning. None touches its argument. */
final class Spoil {
    /** Where a reader trusts a number, these are what it does not expect. */
    private static final int[] NUMBERS = {
        0, 1, -1, 0x7f, 0xff, 0x7fff, 0xffff, Integer.MAX_VALUE, Integer.MIN_VALUE
    };

    private Spoil() {}

    static byte[] anyhow(byte[] bytes, SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> bitsFlipped(bytes, random);
            case 1 -> cut(bytes, random);
            case 2 -> overwritten(bytes, random);
            case 3 -> erased(bytes, random);
            case 4 -> repeated(bytes, random);
            default -> numbered(bytes, random);
        };
    }

    /** One bit to eight. */
    static byte[] bitsFlipped(byte[] bytes, SplittableRandom random) {
        return bitsFlipped(bytes, 0, bytes.length, random);
    }

    static byte[] bitsFlipped(byte[] bytes, int from, int to, SplittableRandom random) {
        byte[] spoilt = bytes.clone();
        for (int left = to > from ? 1 + random.nextInt(8) : 0; left > 0; left--) {
            spoilt[random.nextInt(from, to)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        }
        return spoilt;
    }

    static byte[] cut(byte[] bytes, SplittableRandom random) {
        return Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
    }

    /** The beginning of one and the end of the other. */
    static byte[] spliced(byte[] head, byte[] tail, SplittableRandom random) {
        int first = random.nextInt(head.length + 1);
        int from = random.nextInt(tail.length + 1);
        return joined(Arrays.copyOf(head, first), Arrays.copyOfRange(tail, from, tail.length));
    }

    static byte[] joined(byte[]... parts) {
        ByteBuffer all =
                ByteBuffer.allocate(Arrays.stream(parts).mapToInt(part -> part.length).sum());
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }

    private static byte[] overwritten(byte[] bytes, SplittableRandom random) {
        byte[] spoilt = bytes.clone();
        int from = random.nextInt(bytes.length + 1);
        byte[] noise = new byte[Math.min(1 + random.nextInt(16), bytes.length - from)];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, spoilt, from, noise.length);
        return spoilt;
    }

    private static byte[] erased(byte[] bytes, SplittableRandom random) {
        int from = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, from + 1 + random.nextInt(32));
        return joined(Arrays.copyOf(bytes, from), Arrays.copyOfRange(bytes, to, bytes.length));
    }

    private static byte[] repeated(byte[] bytes, SplittableRandom random) {
        int from = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, from + 1 + random.nextInt(64));
        return joined(Arrays.copyOf(bytes, to), Arrays.copyOfRange(bytes, from, bytes.length));
    }

    /** A number of one, two or four bytes somewhere becomes another. */
    private static byte[] numbered(byte[] bytes, SplittableRandom random) {
        int size = 1 << random.nextInt(3);
        if (bytes.length < size) {
            return bytes;
        }
        ByteBuffer spoilt = ByteBuffer.wrap(bytes.clone());
        int at = random.nextInt(bytes.length - size + 1);
        int number = NUMBERS[random.nextInt(NUMBERS.length)];
        switch (size) {
            case 1 -> spoilt.put(at, (byte) number);
            case 2 -> spoilt.putShort(at, (short) number);
            default -> spoilt.putInt(at, number);
        }
        return spoilt.array();
    }
}
