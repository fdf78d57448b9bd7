package dev.iresnet.decoding.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.decoding.fetch.Fetches.Attempt;
import org.junit.jupiter.api.Test;

/** Times are milliseconds here. Pauses are without luck: 50, 100, 200 ... 5,000. */
final class FetchesTest extends FetchesFixture {

    @Test
    void aStoresPicturesAreReadInTheOrderOfTheirComing() {
        add("a", 1);
        add("a", 2);

        assertThat(numberOf(begin(0))).isEqualTo(1);
        assertThat(numberOf(begin(0))).isEqualTo(2);
        assertThat(begin(0)).isNull();
        assertThat(fetches.running()).isEqualTo(2);
    }

    @Test
    void storesTakeTurns() {
        add("a", 1);
        add("a", 2);
        add("a", 3);
        add("b", 4);

        assertThat(numberOf(begin(0))).isEqualTo(1);
        assertThat(numberOf(begin(0))).isEqualTo(4);
        assertThat(numberOf(begin(0))).isEqualTo(2);
    }

    @Test
    void memoryIsTakenUntilADecoderIsDoneWithThePicture() {
        Fetches tight = fetches(2 * SIZE);
        add(tight, "a", 1, 0);
        add(tight, "a", 2, 0);
        add(tight, "b", 3, 0);

        Attempt first = begun(tight, 0);
        begun(tight, 0);
        assertThat(tight.begin(Thread.currentThread(), 0)).isNull();
        tight.succeeded(first, 0);
        assertThat(tight.begin(Thread.currentThread(), 0)).as("it waits for a decoder").isNull();
        tight.release(SIZE);
        assertThat(numberOf(begun(tight, 0))).isEqualTo(2);
    }

    @Test
    void aSinglePictureIsReadHoweverLargeItIs() {
        Fetches tight = fetches(1);
        add(tight, "a", 1, 0);
        add(tight, "a", 2, 0);

        begun(tight, 0);
        assertThat(tight.begin(Thread.currentThread(), 0)).isNull();
    }

    @Test
    void aReadThatTakesTooLongIsPutBackAndItsMemoryStaysTakenUntilItsThreadReturns() {
        add("a", 1);
        Attempt slow = begun(0);
        assertThat(slow.hold()).isTrue();

        assertThat(fetches.abandonOverdue(broken, ms(1_000))).isEmpty();
        assertThat(fetches.abandonOverdue(broken, ms(1_001))).containsExactly(slow);
        assertThat(slow.isAbandoned()).isTrue();
        assertThat(fetches.stuck()).isEqualTo(1);
        assertThat(fetches.waiting()).isEqualTo(1);
        Attempt again = begun(2_000);
        assertThat(fetches.memory()).isEqualTo(2 * SIZE);
        fetches.returned(slow);
        assertThat(fetches.memory()).isEqualTo(SIZE);
        assertThat(fetches.stuck()).isZero();
        fetches.succeeded(again, ms(2_000));
        fetches.release(SIZE);
        assertThat(fetches.memory()).isZero();
        assertThat(fetches.isIdle()).isTrue();
    }

    @Test
    void readsThatHangBeforeTheirStoreHasOpenedThePictureTakeNoMemoryFromOtherStores() {
        Fetches tight = fetches(2 * SIZE);
        add(tight, "hangs", 1, 0);
        add(tight, "hangs", 2, 0);
        add(tight, "works", 3, 0);
        Attempt hanging = begun(tight, 0);
        Attempt other = begun(tight, 0);
        tight.failed(other, broken, ms(0));
        add(tight, "hangs", 4, 0);
        begun(tight, 100);
        assertThat(tight.begin(Thread.currentThread(), ms(200))).isNull();

        assertThat(tight.abandonOverdue(broken, ms(1_001))).contains(hanging);

        assertThat(hanging.hold()).as("nor may it take it later").isFalse();
        assertThat(numberOf(begun(tight, 1_001))).isEqualTo(3);
        assertThat(tight.memory()).isEqualTo(2 * SIZE);
        tight.returned(hanging);
        assertThat(tight.memory()).isEqualTo(2 * SIZE);
    }
}
