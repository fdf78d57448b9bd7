package dev.iresnet.operator;

import static org.apache.flink.api.common.eventtime.TimestampAssigner.NO_TIMESTAMP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.operator.InFlightQueue.InFlightFrame;
import dev.iresnet.operator.InFlightQueue.Signal;
import dev.iresnet.result.FrameListener;
import dev.iresnet.result.FrameOutcome;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class InFlightQueueTest {

    @Property
    void holdsItsBytesOrOneFrameThatIsLarger(
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 150) Integer> sizes) {
        InFlightQueue queue = new InFlightQueue(new InFlightLimit(8, 100));
        Queue<Integer> within = new ArrayDeque<>();
        for (int size : sizes) {
            while (!queue.hasRoomFor(size)) {
                assertThat(queue.poll()).isNotNull();
                within.remove();
            }
            queue.add(done(size), () -> {});
            within.add(size);
            assertThat(queue.bytes()).isEqualTo(within.stream().mapToInt(i -> i).sum());
            assertThat(queue.frames()).isEqualTo(within.size());
            assertThat(queue.bytes() <= 100 || queue.frames() == 1).isTrue();
        }
        while (queue.poll() != null) {
            within.remove();
        }
        assertThat(queue.bytes()).isZero();
        assertThat(within).isEmpty();
    }

    @Test
    void anAnsweredFramesBytesCountUntilItLeaves() {
        InFlightQueue queue = new InFlightQueue(new InFlightLimit(8, 100));
        queue.add(frame(new CompletableFuture<>(), 60), () -> {});
        queue.add(done(40), () -> {});
        assertThat(queue.poll()).as("behind the first").isNull();
        assertThat(queue.bytes()).isEqualTo(100);
        assertThat(queue.hasRoomFor(1)).isFalse();
        assertThat(queue.hasRoomFor(0)).isTrue();
    }

    @Test
    void anAnsweredFrameTakesNoPlaceWhileItWaitsForItsTurn() {
        InFlightQueue queue = new InFlightQueue(new InFlightLimit(2, 1000));
        queue.add(frame(new CompletableFuture<>(), 1), () -> {});
        int answered = 0;
        while (queue.hasRoomFor(1)) {
            queue.add(done(1), () -> {});
            answered++;
        }
        assertThat(answered).as("bounded all the same").isEqualTo(63);
        assertThat(queue.poll()).as("behind the first").isNull();
    }

    @Test
    void anUnansweredFrameTakesAPlaceUntilItIsAnswered() {
        InFlightQueue queue = new InFlightQueue(new InFlightLimit(1, 100));
        CompletableFuture<FrameOutcome> outcome = new CompletableFuture<>();
        AtomicBoolean room = new AtomicBoolean();
        queue.add(frame(outcome, 1), () -> room.set(queue.hasRoomFor(1)));
        assertThat(queue.hasRoomFor(1)).isFalse();
        outcome.complete(Frames.failed(Frames.frame(0)));
        assertThat(room).as("who is woken finds the place").isTrue();
    }

    @Test
    void signalsTakeAPlaceAndNoBytes() {
        InFlightQueue queue = new InFlightQueue(new InFlightLimit(2, 100));
        queue.add(frame(new CompletableFuture<>(), 100), () -> {});
        queue.add(new Signal(() -> {}));
        assertThat(queue.bytes()).isEqualTo(100);
        assertThat(queue.hasRoomFor(0)).isFalse();
    }

    @Test
    void refusesWhatItHasNoRoomFor() {
        InFlightQueue queue = new InFlightQueue(new InFlightLimit(8, 100));
        queue.add(done(60), () -> {});
        assertThatThrownBy(() -> queue.add(done(41), () -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("1 entries of 60 bytes in flight are no room for 41 more");
    }

    @Test
    void isEmptyAfterACancel() {
        InFlightQueue queue = new InFlightQueue(new InFlightLimit(8, 100));
        CompletableFuture<FrameOutcome> outcome = new CompletableFuture<>();
        queue.add(frame(outcome, 60), () -> {});
        queue.cancel();
        assertThat(outcome).isCancelled();
        assertThat(queue.bytes()).isZero();
        assertThat(queue.hasRoomFor(100)).isTrue();
    }

    @Test
    void aPictureCountsAsTheMostThatIsAllowedUntilItsWorkIsKnown() {
        InFlightQueue queue = new InFlightQueue(new InFlightLimit(8, 100));
        LongConsumer first = queue.decoding(40, () -> {});
        assertThat(queue.decodingLeft()).isEqualTo(40);
        assertThat(queue.mayDecode(40, 100)).isTrue();
        queue.decoding(40, () -> {});
        assertThat(queue.mayDecode(40, 100)).as("80 and 40 more").isFalse();
        first.accept(20);
        assertThat(queue.mayDecode(40, 100)).as("60 and 40 more").isTrue();
        assertThat(queue.mayDecode(40, 99)).as("decoders have become slower").isFalse();
    }

    @Test
    void aPictureThatIsDecodedCountsNoMoreWhateverIsSaidLater() {
        InFlightQueue queue = new InFlightQueue(new InFlightLimit(8, 100));
        LongConsumer only = queue.decoding(40, () -> {});
        only.accept(0);
        only.accept(7);
        assertThat(queue.decodingLeft()).isZero();
    }

    @Test
    void withNothingLeftToDecodeAnyPictureComesIn() {
        InFlightQueue queue = new InFlightQueue(new InFlightLimit(8, 100));
        assertThat(queue.mayDecode(1_000_000, 1)).isTrue();
        assertThat(queue.mayDecode(Long.MAX_VALUE, 0)).isTrue();
    }

    @Property
    void whatIsLetInIsDecodedInTimeOrIsAlone(
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 50) Integer> works) {
        InFlightQueue queue = new InFlightQueue(new InFlightLimit(100, 100));
        Queue<LongConsumer> decoding = new ArrayDeque<>();
        for (int work : works) {
            while (!queue.mayDecode(50, 100)) {
                decoding.remove().accept(0);
            }
            LongConsumer left = queue.decoding(50, () -> {});
            assertThat(queue.decodingLeft()).isLessThanOrEqualTo(100);
            left.accept(work);
            decoding.add(left);
        }
        decoding.forEach(left -> left.accept(0));
        assertThat(queue.decodingLeft()).isZero();
    }

    private static InFlightFrame done(int bytes) {
        return frame(CompletableFuture.completedFuture(Frames.failed(Frames.frame(0))), bytes);
    }

    private static InFlightFrame frame(CompletableFuture<FrameOutcome> outcome, int bytes) {
        return new InFlightFrame(outcome, bytes, NO_TIMESTAMP, new FrameListener());
    }
}
