package dev.iresnet.decoding.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.iresnet.event.FailureCode;
import dev.iresnet.event.FrameException;
import dev.iresnet.event.Picture;
import dev.iresnet.image.Encoding;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class PictureReadTest {
    private static final byte[] PICTURE = new byte[200_000];

    static {
        new Random(1).nextBytes(PICTURE);
    }

    @Property(tries = 200)
    void readsWhateverPiecesItComesIn(
            @ForAll @IntRange(min = 1, max = 200_000) int size,
            @ForAll @IntRange(min = 1, max = 100_000) int piece)
            throws Exception {
        byte[] picture = Arrays.copyOf(PICTURE, size);
        InputStream inPieces =
                new ByteArrayInputStream(picture) {
                    @Override
                    public synchronized int read(byte[] into, int at, int length) {
                        return super.read(into, at, Math.min(length, piece));
                    }
                };

        assertThat(read(referred(size, Stored.sha(picture)), inPieces))
                .isEqualTo(ByteBuffer.wrap(picture));
    }

    @Test
    void aStoreWithoutEndIsReadByOneByteMoreThanThePictureHas() {
        AtomicLong given = new AtomicLong();
        InputStream endless =
                new InputStream() {
                    @Override
                    public int read() {
                        given.incrementAndGet();
                        return 7;
                    }

                    @Override
                    public int read(byte[] into, int at, int length) {
                        given.addAndGet(length);
                        return length;
                    }
                };

        FrameException refusal = refusal(referred(100_000, "00".repeat(32)), endless);
        assertThat(refusal.code()).isEqualTo(FailureCode.IMAGE_SIZE_MISMATCH);
        assertThat(refusal).hasMessageContaining("has more than 100000 bytes");
        assertThat(given).hasValue(100_001);
    }

    @Test
    void aPictureThatIsShorterOrOtherThanTheEventSaysIsRefused() {
        String sha = Stored.sha(PICTURE);
        FrameException shorter =
                refusal(
                        referred(PICTURE.length, sha),
                        new ByteArrayInputStream(PICTURE, 0, PICTURE.length - 1));
        assertThat(shorter.code()).isEqualTo(FailureCode.IMAGE_SIZE_MISMATCH);
        assertThat(shorter).hasMessageContaining("has 199999 bytes, and the event says 200000");

        byte[] flipped = PICTURE.clone();
        flipped[77_777] ^= 1;
        FrameException other =
                refusal(referred(PICTURE.length, sha), new ByteArrayInputStream(flipped));
        assertThat(other.code()).isEqualTo(FailureCode.IMAGE_DIGEST_MISMATCH);
        assertThat(other).hasMessageContaining("the event says " + sha);
    }

    @Test
    void whatAClientThrowsForALostConnectionMayBeTriedAgain() {
        ImageStore lost =
                uri -> {
                    throw new UncheckedIOException(new IOException("reset"));
                };
        assertThatThrownBy(() -> PictureRead.read(lost, referred(1, "00"), () -> true, () -> false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("reset");
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aReadThatNobodyWaitsForEndsThoughItsStoreGoesOn() {
        InputStream trickle =
                new InputStream() {
                    @Override
                    public int read() {
                        return 0;
                    }

                    @Override
                    public int read(byte[] into, int at, int length) {
                        return 0;
                    }
                };
        AtomicLong asked = new AtomicLong();
        assertThatThrownBy(
                        () ->
                                PictureRead.read(
                                        uri -> trickle,
                                        referred(10, "00"),
                                        () -> true,
                                        () -> asked.incrementAndGet() > 100))
                .isInstanceOf(InterruptedIOException.class);
    }

    @Test
    void aReadThatMayNotHoldThePictureReadsNothing() {
        InputStream untouched =
                new InputStream() {
                    @Override
                    public int read() {
                        throw new AssertionError("nobody may read this");
                    }

                    @Override
                    public int read(byte[] into, int at, int length) {
                        return read();
                    }
                };
        assertThatThrownBy(
                        () ->
                                PictureRead.read(
                                        uri -> untouched,
                                        referred(10, "00"),
                                        () -> false,
                                        () -> false))
                .isInstanceOf(InterruptedIOException.class);
    }

    private static ByteBuffer read(Picture.Referred picture, InputStream in) throws Exception {
        return PictureRead.read(uri -> in, picture, () -> true, () -> false);
    }

    private static FrameException refusal(Picture.Referred picture, InputStream in) {
        return catchThrowableOfType(FrameException.class, () -> read(picture, in));
    }

    private static Picture.Referred referred(int size, String sha256) {
        return new Picture.Referred(Encoding.JPEG, 0, 0, Stored.uri("a", 1), size, sha256);
    }
}
