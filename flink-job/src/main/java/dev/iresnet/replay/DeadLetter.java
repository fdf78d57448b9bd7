package dev.iresnet.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.iresnet.event.FailureCode;
import dev.iresnet.kafka.HeaderNames;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * A record of the dead-letter topic, and the record that it was made from.
 *
 * @param code why it is there
 * @param origin where the record was
 * @param offset of the record there
 * @param whole whether it still has its value and all of its headers
 * @param original the record as it was, to the same partition; without what is not there any more
 */
record DeadLetter(
        FailureCode code,
        TopicPartition origin,
        long offset,
        boolean whole,
        ProducerRecord<byte[], byte[]> original) {

    /** Empty for a record that no job of this version has written. */
    static Optional<DeadLetter> of(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.of(read(record));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static DeadLetter read(ConsumerRecord<byte[], byte[]> record) {
        List<Header> headers = List.of(record.headers().toArray());
        int own = firstOfOurs(headers);
        List<Header> ours = headers.subList(own, headers.size());
        TopicPartition origin =
                new TopicPartition(
                        text(ours, HeaderNames.TOPIC),
                        Integer.parseInt(text(ours, HeaderNames.PARTITION)));
        long timestamp = Long.parseLong(text(ours, HeaderNames.TIMESTAMP));
        return new DeadLetter(
                FailureCode.valueOf(text(ours, HeaderNames.CODE)),
                origin,
                offset(ours),
                !has(ours, HeaderNames.VALUE_OMITTED) && !has(ours, HeaderNames.HEADERS_OMITTED),
                new ProducerRecord<>(
                        origin.topic(),
                        origin.partition(),
                        // a record without a timestamp has a negative one
                        timestamp < 0 ? null : timestamp,
                        record.key(),
                        record.value(),
                        headers.subList(0, own)));
    }

    private static long offset(List<Header> headers) {
        long offset = Long.parseLong(text(headers, HeaderNames.OFFSET));
        if (offset < 0) {
            throw new IllegalArgumentException("no offset: " + offset);
        }
        return offset;
    }

    /** The last one: the original may itself be a dead letter of another job. */
    private static int firstOfOurs(List<Header> headers) {
        for (int i = headers.size() - 1; i >= 0; i--) {
            if (headers.get(i).key().equals(HeaderNames.TOPIC)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no header " + HeaderNames.TOPIC);
    }

    private static boolean has(List<Header> headers, String name) {
        return headers.stream().anyMatch(header -> header.key().equals(name));
    }

    private static String text(List<Header> headers, String name) {
        return headers.stream()
                .filter(header -> header.key().equals(name) && header.value() != null)
                .findFirst()
                .map(header -> new String(header.value(), UTF_8))
                .orElseThrow(() -> new IllegalArgumentException("no header " + name));
    }
}
