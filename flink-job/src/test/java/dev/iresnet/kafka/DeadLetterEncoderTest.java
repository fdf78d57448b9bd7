package dev.iresnet.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.event.FailureCode;
import dev.iresnet.event.RawRecord;
import dev.iresnet.event.RecordHeader;
import dev.iresnet.result.FrameFailure;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeadLetterEncoderTest {
    private static final RecordHeader TRACE = new RecordHeader("traceparent", new byte[] {1});

    private final DeadLetterEncoder encoder = new DeadLetterEncoder("dead", "cameras", 1 << 20);

    @Test
    void keepsKeyValueAndHeadersAndAddsWhy() {
        RawRecord record = record(new byte[] {9}, TRACE);
        OutboundRecord letter = encoder.encode(failed(record, "breaks off at byte 7"));
        assertThat(letter.key()).isSameAs(record.key());
        assertThat(letter.value()).isSameAs(record.value());
        assertThat(letter.headers().get(0)).isSameAs(TRACE);
        assertThat(header(letter, "__connect.errors.topic")).hasValue("image-events");
        assertThat(header(letter, "__connect.errors.partition")).hasValue("3");
        assertThat(header(letter, "__connect.errors.offset")).hasValue("42");
        assertThat(header(letter, "__connect.errors.connector.name")).hasValue("cameras");
        assertThat(header(letter, "__connect.errors.stage")).hasValue("VALUE_CONVERTER");
        assertThat(header(letter, "__connect.errors.exception.class.name"))
                .hasValue("dev.iresnet.event.FailureCode.IMAGE_CORRUPT");
        assertThat(header(letter, "__connect.errors.exception.message"))
                .hasValue("breaks off at byte 7");
        assertThat(header(letter, "iresnet.error.code")).hasValue("IMAGE_CORRUPT");
        assertThat(header(letter, "iresnet.error.timestamp")).hasValue("1234");
    }

    @Test
    void keepsNulls() {
        RawRecord record = new RawRecord("image-events", 3, 42, 1234, null, null, List.of());
        OutboundRecord letter = encoder.encode(failed(record, "the value is empty"));
        assertThat(letter.key()).isNull();
        assertThat(letter.value()).isNull();
    }

    /** A clip has no record with a picture: what is replayed must not be the letter. */
    @Test
    void ofAClipItSaysThatTheValueIsNotThere() {
        RawRecord record = record(new byte[] {9}, TRACE).withoutValue();
        OutboundRecord letter =
                encoder.encode(
                        new FrameFailure(record, FailureCode.RESULT_NOT_FINITE, "not a number"));
        assertThat(header(letter, "iresnet.value.omitted")).hasValue("-1");
        assertThat(header(encoder.encode(failed(record, "empty")), "iresnet.value.omitted"))
                .isEmpty();
    }

    @Test
    void addsNoMoreThanItPromises() {
        String topic = "t".repeat(249);
        RawRecord record = new RawRecord(topic, 3, 42, 1234, null, null, List.of());
        OutboundRecord letter =
                new DeadLetterEncoder("dead", "g".repeat(249), 1 << 20)
                        .encode(failed(record, "\uD83D\uDCF7".repeat(20_000)));
        assertThat(letter.size()).isLessThan(DeadLetterEncoder.MOST_ADDED);
        assertThat(header(letter, "__connect.errors.exception.message").orElseThrow())
                .doesNotContain("?");
    }

    @Test
    void aRecordThatCannotFitLosesItsValueAndSaysSo() {
        OutboundRecord letter = encoder.encode(failed(record(new byte[2 << 20], TRACE), "large"));
        assertThat(letter.value()).isNull();
        assertThat(letter.headers()).contains(TRACE);
        assertThat(header(letter, "iresnet.value.omitted")).hasValue("2097152");
        assertThat(letter.size()).isLessThan(1 << 20);
    }

    @Test
    void headersThatCannotFitGoToo() {
        RecordHeader huge = new RecordHeader("h", new byte[2 << 20]);
        OutboundRecord letter = encoder.encode(failed(record(new byte[1], huge), "large"));
        assertThat(letter.headers()).doesNotContain(huge);
        assertThat(header(letter, "iresnet.headers.omitted")).hasValue("1");
        assertThat(header(letter, "__connect.errors.offset")).hasValue("42");
        assertThat(letter.size()).isLessThan(1 << 20);
    }

    private static RawRecord record(byte @Nullable [] value, RecordHeader header) {
        return new RawRecord(
                "image-events", 3, 42, 1234, "door".getBytes(UTF_8), value, List.of(header));
    }

    private static FrameFailure failed(RawRecord record, String message) {
        return new FrameFailure(record, FailureCode.IMAGE_CORRUPT, message);
    }

    private static Optional<String> header(OutboundRecord record, String name) {
        return record.headers().stream()
                .filter(header -> header.key().equals(name))
                .map(RecordHeader::value)
                .map(value -> new String(value, UTF_8))
                .findFirst();
    }
}
