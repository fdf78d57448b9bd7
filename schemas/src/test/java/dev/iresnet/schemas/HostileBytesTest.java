package dev.iresnet.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.iresnet.schemas.avro.ImageEvent;
import dev.iresnet.schemas.avro.LabeledResult;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Whatever comes from Kafka is an event or a checked exception, for little memory. */
class HostileBytesTest {
    private static final SingleObjectFormat<ImageEvent> EVENTS =
            SingleObjectFormat.ofImageEvents(List.of());
    private static final SingleObjectFormat<LabeledResult> RESULTS =
            SingleObjectFormat.ofLabeledResults();
    private static final byte[] MESSAGE = EVENTS.encode(Samples.event());
    private static final byte[] RESULT = RESULTS.encode(Samples.wholeResult());

    /** What a failure itself costs (a stack trace, its message), and then a factor. */
    private static final long ALLOWED = 64 << 10;

    private static final ThreadMXBean MEMORY = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Property(tries = 20_000)
    void mutatedEventsAreEventsOrRefused(
            @ForAll @IntRange(min = 1, max = 8) int mutations, @ForAll long seed) {
        decode(EVENTS, mutated(MESSAGE, mutations, seed));
    }

    @Property(tries = 20_000)
    void mutatedResultsAreResultsOrRefused(
            @ForAll @IntRange(min = 1, max = 8) int mutations, @ForAll long seed) {
        decode(RESULTS, mutated(RESULT, mutations, seed));
    }

    @Property(tries = 5_000)
    void mutatedResultsInJsonAreResultsOrRefused(
            @ForAll @IntRange(min = 1, max = 8) int mutations, @ForAll long seed) {
        byte[] json = mutated(new ResultJson().encode(Samples.wholeResult()), mutations, seed);
        try {
            new ResultJson().decode(json);
        } catch (UnreadableRecordException refused) {
            assertThat(refused.kind()).isEqualTo(UnreadableRecordException.Kind.CORRUPT);
        }
    }

    /** An object takes 22 bytes at least: a number of them that cannot be there is refused. */
    @Property(tries = 200)
    void objectsThatAreNotThereTakeNoMemory(@ForAll @LongRange(min = 1) long count) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] plain = RESULTS.encode(Samples.result());
        out.write(RESULT, 0, SingleObjectFormat.HEADER_BYTES);
        out.write(plain, 10, plain.length - 10);
        out.writeBytes(new byte[] {2, 2}); // width and height of 1
        for (long zigzag = count << 1; zigzag != 0; zigzag >>>= 7) {
            out.write((int) ((zigzag & 0x7f) | (zigzag >>> 7 == 0 ? 0 : 0x80)));
        }
        assertThatThrownBy(() -> RESULTS.decode(out.toByteArray()))
                .isInstanceOf(UnreadableRecordException.class);
        decode(RESULTS, out.toByteArray());
    }

    private static byte[] mutated(byte[] message, int mutations, long seed) {
        Random random = new Random(seed);
        byte[] changed = message.clone();
        for (int i = 0; i < mutations; i++) {
            changed = mutated(changed, random);
        }
        return changed;
    }

    @Property(tries = 5_000)
    void garbageBehindAGoodHeaderIsRefusedOrAnEvent(@ForAll byte[] garbage) {
        byte[] message = Arrays.copyOf(MESSAGE, SingleObjectFormat.HEADER_BYTES + garbage.length);
        System.arraycopy(garbage, 0, message, SingleObjectFormat.HEADER_BYTES, garbage.length);
        decode(EVENTS, message);
    }

    /** Twice, since the first time may load classes, and their memory is not the message's. */
    private static void decode(SingleObjectFormat<?> format, byte[] message) {
        long allocated = Math.min(allocatedBy(format, message), allocatedBy(format, message));
        assertThat(allocated).isLessThan(ALLOWED + 64L * message.length);
    }

    private static long allocatedBy(SingleObjectFormat<?> format, byte[] message) {
        long before = MEMORY.getCurrentThreadAllocatedBytes();
        try {
            format.decode(message);
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
