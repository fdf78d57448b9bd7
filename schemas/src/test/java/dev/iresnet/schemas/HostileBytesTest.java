package dev.iresnet.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.iresnet.schemas.avro.ImageEvent;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever comes from Kafka is an event or a checked exception, for little memory. */
class HostileBytesTest {
    private static final SingleObjectFormat<ImageEvent> EVENTS =
            SingleObjectFormat.ofImageEvents(List.of());
    private static final byte[] MESSAGE = EVENTS.encode(Samples.event());

    /** What a failure itself costs (a stack trace, its message), and then a factor. */
    private static final long ALLOWED = 64 << 10;

    private static final ThreadMXBean MEMORY = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Property(tries = 20_000)
    void mutatedEventsAreEventsOrRefused(
            @ForAll @IntRange(min = 1, max = 8) int mutations, @ForAll long seed) {
        Random random = new Random(seed);
        byte[] message = MESSAGE.clone();
        for (int i = 0; i < mutations; i++) {
            message = mutated(message, random);
        }
        decode(message);
    }

    @Property(tries = 5_000)
    void garbageBehindAGoodHeaderIsRefusedOrAnEvent(@ForAll byte[] garbage) {
        byte[] message = Arrays.copyOf(MESSAGE, SingleObjectFormat.HEADER_BYTES + garbage.length);
        System.arraycopy(garbage, 0, message, SingleObjectFormat.HEADER_BYTES, garbage.length);
        decode(message);
    }

    /** Twice, since the first time may load classes, and their memory is not the message's. */
    private static void decode(byte[] message) {
        long allocated = Math.min(allocatedBy(message), allocatedBy(message));
        assertThat(allocated).isLessThan(ALLOWED + 64L * message.length);
    }

    private static long allocatedBy(byte[] message) {
        long before = MEMORY.getCurrentThreadAllocatedBytes();
        try {
            EVENTS.decode(message);
        } catch (UnreadableRecordException refused) {
            return MEMORY.getCurrentThreadAllocatedBytes() - before;
        }
        return MEMORY.getCurrentThreadAllocatedBytes() - before;
    }

    /** The header stays whole, so that the body is what is tried. */
    private static byte[] mutated(byte[] message, Random random) {
        int length = message.length;
        int at = SingleObjectFormat.HEADER_BYTES + random.nextInt(Math.max(1, length - 10));
        if (at >= length) {
            return message;
        }
        return switch (random.nextInt(5)) {
            case 0 -> Arrays.copyOf(message, at);
            case 1 -> spliced(message, at, new byte[1 + random.nextInt(20)], random);
            case 2 -> replaced(message, at, (byte) 0xff, 1 + random.nextInt(10));
            case 3 -> replaced(message, at, (byte) random.nextInt(), 1);
            default -> replaced(message, at, (byte) (message[at] ^ 1 << random.nextInt(8)), 1);
        };
    }

    private static byte[] spliced(byte[] message, int at, byte[] extra, Random random) {
        random.nextBytes(extra);
        byte[] longer = Arrays.copyOf(message, message.length + extra.length);
        System.arraycopy(extra, 0, longer, at, extra.length);
        System.arraycopy(message, at, longer, at + extra.length, message.length - at);
        return longer;
    }

    private static byte[] replaced(byte[] message, int at, byte value, int count) {
        Arrays.fill(message, at, Math.min(message.length, at + count), value);
        return message;
    }
}
