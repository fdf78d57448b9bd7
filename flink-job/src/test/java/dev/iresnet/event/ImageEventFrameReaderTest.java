package dev.iresnet.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.iresnet.image.Encoding;
import dev.iresnet.schemas.SingleObjectFormat;
import dev.iresnet.schemas.avro.ImageEncoding;
import dev.iresnet.schemas.avro.ImageEvent;
import dev.iresnet.schemas.avro.ImageReference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageEventFrameReaderTest {
    private static final byte[] PICTURE = {1, 2, 3, 4, 5, 6};
    private static final Instant CAPTURED = Instant.parse("2025-06-15T12:00:00.123456Z");

    private static final String SHA256 = "0a".repeat(32);
    private static final ReferenceRule RULE =
            new ReferenceRule(List.of(ImageUri.ofDirectory("s3://bucket/gate")), 1000);

    private final SingleObjectFormat<ImageEvent> format =
            SingleObjectFormat.ofImageEvents(List.of());
    private final ImageEventFrameReader reader = new ImageEventFrameReader(format::decode);

    @Test
    void takesAllThatTheEventSaysAndSlicesThePictureOutOfTheValue() throws FrameException {
        byte[] value = format.encode(event().setWidth(2).setHeight(1).setFrameNumber(17).build());

        Frame frame = reader.read(Records.of("another key", value, 0));

        assertThat(frame.eventId()).isEqualTo("e-1");
        assertThat(frame.cameraId()).isEqualTo("door");
        assertThat(frame.capturedAt()).isEqualTo(CAPTURED);
        assertThat(frame.frameNumber()).isEqualTo(17);
        assertThat(Records.carried(frame).width()).isEqualTo(2);
        assertThat(Records.carried(frame).height()).isEqualTo(1);
        assertThat(Records.carried(frame).bytes()).isEqualTo(ByteBuffer.wrap(PICTURE));
        assertThat(Records.carried(frame).bytes().array()).isSameAs(value);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "UNKNOWN")
    void knowsEveryEncodingOfTheSchema(ImageEncoding encoding) throws FrameException {
        Frame frame = reader.read(record(event().setEncoding(encoding)));

        assertThat(Records.carried(frame).encoding()).isEqualTo(Encoding.valueOf(encoding.name()));
    }

    @Test
    void refusesAnUnknownEncoding() {
        assertThat(refusal(event().setEncoding(ImageEncoding.UNKNOWN)).code())
                .isEqualTo(FailureCode.ENCODING_UNKNOWN);
    }

    @Test
    void refusesEmptyAndOverlongIds() {
        for (ImageEvent.Builder event :
                List.of(
                        event().setEventId(""),
                        event().setCameraId(""),
                        event().setEventId("x".repeat(1025)),
                        event().setCameraId("x".repeat(1025)))) {
            assertThat(refusal(event).code()).isEqualTo(FailureCode.EVENT_INVALID);
        }
        assertThat(refusal(event().setCameraId(""))).hasMessage("cameraId is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1969-12-31T23:59:59.999999Z", "+10000-01-01T00:00:00Z"})
    void refusesCaptureTimesOutsideTheCalendar(String capturedAt) {
        assertThat(refusal(event().setCapturedAt(Instant.parse(capturedAt))).code())
                .isEqualTo(FailureCode.EVENT_INVALID);
    }

    @Test
    void refusesAMissingPictureAndAReference() {
        assertThat(refusal(event().setImage(null)).code()).isEqualTo(FailureCode.EVENT_INVALID);
        ImageReference reference = new ImageReference("s3://bucket/a.jpg", 10L, "00".repeat(32));
        FrameException refusal = refusal(event().setImage(reference));
        assertThat(refusal.code()).isEqualTo(FailureCode.IMAGE_REFERENCE_UNSUPPORTED);
        assertThat(refusal).hasMessageContaining("s3://bucket/a.jpg");
    }

    @Test
    void followsAReferenceToAnAllowedPlace() throws FrameException {
        ImageEventFrameReader follower = new ImageEventFrameReader(format::decode, RULE);

        Frame frame =
                follower.read(
                        record(
                                event().setWidth(2)
                                        .setHeight(1)
                                        .setImage(reference("s3://bucket/gate/a.jpg", 1000L))));

        assertThat(frame.picture())
                .isEqualTo(
                        new Picture.Referred(
                                Encoding.RGB,
                                2,
                                1,
                                new ImageUri("s3", "bucket", "/gate/a.jpg"),
                                1000,
                                SHA256));
    }

    /** An attacker could go on from there. */
    @Test
    void aRefusedReferenceDoesNotTellWhichDirectoriesAreAllowed() {
        assertThat(refusal(reference("s3://bucket/a.jpg", 10L)))
                .hasMessageContaining("references.allowed")
                .hasMessageNotContaining("gate");
    }

    @Test
    void refusesReferencesByTheirCodesBeforeAnythingIsRead() {
        assertThat(refusal(reference("s3://bucket/a.jpg", 10L)).code())
                .isEqualTo(FailureCode.IMAGE_REFERENCE_NOT_ALLOWED);
        assertThat(refusal(reference("s3://bucket/gate/../a.jpg", 10L)).code())
                .isEqualTo(FailureCode.IMAGE_REFERENCE_INVALID);
        assertThat(refusal(reference("s3://bucket/gate/a.jpg", -1L)).code())
                .isEqualTo(FailureCode.IMAGE_REFERENCE_INVALID);
        assertThat(refusal(reference("s3://bucket/gate/a.jpg", 0L)).code())
                .isEqualTo(FailureCode.IMAGE_EMPTY);
        assertThat(refusal(reference("s3://bucket/gate/a.jpg", 1001L)).code())
                .isEqualTo(FailureCode.IMAGE_TOO_LARGE);
        assertThat(refusal(reference("s3://bucket/gate/a.jpg", Long.MAX_VALUE)).code())
                .isEqualTo(FailureCode.IMAGE_TOO_LARGE);
        for (String digest : List.of("", "00", "AB".repeat(32), "g0".repeat(32))) {
            ImageReference bad = new ImageReference("s3://bucket/gate/a.jpg", 10L, digest);
            assertThat(refusal(bad).code()).isEqualTo(FailureCode.IMAGE_REFERENCE_INVALID);
        }
    }

    @Test
    void tellsWhatIsNoEventFromWhatIsADamagedOne() {
        byte[] good = format.encode(event().build());
        byte[] otherSchema = good.clone();
        otherSchema[5] ^= 1;
        byte[] text = "hello, I am text".getBytes(StandardCharsets.UTF_8);

        assertThat(refusal(Records.of("k", text, 0)).code()).isEqualTo(FailureCode.NOT_AN_EVENT);
        assertThat(refusal(Records.of("k", otherSchema, 0)).code())
                .isEqualTo(FailureCode.UNKNOWN_SCHEMA);
        assertThat(refusal(Records.of("k", Arrays.copyOf(good, good.length - 4), 0)).code())
                .isEqualTo(FailureCode.EVENT_CORRUPT);
    }

    @Test
    void refusesRecordsWithoutValueOrKey() {
        byte[] good = format.encode(event().build());

        assertThat(refusal(Records.of("k", null, 0)).code()).isEqualTo(FailureCode.EMPTY_VALUE);
        assertThat(refusal(Records.of(null, good, 0)).code()).isEqualTo(FailureCode.KEY_MISSING);
    }

    private static ImageEvent.Builder event() {
        return ImageEvent.newBuilder()
                .setEventId("e-1")
                .setCameraId("door")
                .setCapturedAt(CAPTURED)
                .setEncoding(ImageEncoding.RGB)
                .setImage(ByteBuffer.wrap(PICTURE))
                .setAttributes(Map.of());
    }

    private RawRecord record(ImageEvent.Builder event) {
        return Records.of("k", format.encode(event.build()), 0);
    }

    private static ImageReference reference(String uri, long size) {
        return new ImageReference(uri, size, SHA256);
    }

    private FrameException refusal(ImageReference reference) {
        ImageEventFrameReader follower = new ImageEventFrameReader(format::decode, RULE);
        return catchThrowableOfType(
                FrameException.class, () -> follower.read(record(event().setImage(reference))));
    }

    private FrameException refusal(ImageEvent.Builder event) {
        return refusal(record(event));
    }

    private FrameException refusal(RawRecord record) {
        return catchThrowableOfType(FrameException.class, () -> reader.read(record));
    }
}
