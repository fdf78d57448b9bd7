package dev.iresnet.proving.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.proving.feed.CameraPrefix;
import dev.iresnet.proving.feed.EventFormat;
import dev.iresnet.proving.feed.Picture;
import dev.iresnet.proving.manifest.ManifestEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class HostileMixTest {
    private static final String TOPIC = "in";
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, 1, 2, 3, 4};
    private static final int EVERY = 10;

    private final HostileMix mix =
            new HostileMix(
                    new CameraPrefix("a-", new EventFormat(TOPIC)),
                    TOPIC,
                    EVERY,
                    new HostileRecords(JPEG));

    @Test
    void aShareOfTheFramesIsHostileAndEachKindOccurs() {
        List<ManifestEntry> entries = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            entries.add(send(i));
        }

        List<String> hostile =
                entries.stream()
                        .map(ManifestEntry::file)
                        .filter(file -> file.startsWith(HostileMix.FOLDER))
                        .toList();
        assertThat(hostile).hasSizeBetween(400, 600);
        assertThat(hostile)
                .containsAll(
                        new HostileRecords(JPEG)
                                .all().stream()
                                        .map(record -> HostileMix.FOLDER + record.name())
                                        .toList());
        assertThat(entries).extracting(ManifestEntry::eventId).doesNotHaveDuplicates();
    }

    @Test
    void aHostileRecordGoesByItsEventsIdOrElseByItsPlace() {
        boolean byPlace = false;
        boolean byId = false;
        for (int i = 0; i < 5000; i++) {
            ManifestEntry entry = send(i);
            if (entry.file().equals(HostileMix.FOLDER + "not Avro")) {
                byPlace = true;
                assertThat(entry.eventId()).isEqualTo("in-2-" + i);
            } else if (entry.file().equals(HostileMix.FOLDER + "truncated JPEG")) {
                byId = true;
                assertThat(entry.eventId()).hasSize(36).isNotEqualTo(frame(i).eventId());
            }
        }
        assertThat(byPlace).isTrue();
        assertThat(byId).isTrue();
    }

    /** They have another key, and so another place in the order than the camera's good frames. */
    @Test
    void hostileFramesAreNoneOfTheirCameras() {
        assertThat(java.util.stream.IntStream.range(0, 1000).mapToObj(this::send))
                .filteredOn(sent -> sent.file().startsWith(HostileMix.FOLDER))
                .isNotEmpty()
                .allMatch(sent -> sent.cameraId().startsWith("hostile/camera-"));
    }

    @Test
    void goodFramesPassAsTheyAre() {
        ManifestEntry entry =
                java.util.stream.IntStream.range(0, 100)
                        .mapToObj(this::send)
                        .filter(sent -> !sent.file().startsWith(HostileMix.FOLDER))
                        .findFirst()
                        .orElseThrow();

        assertThat(entry.cameraId()).startsWith("a-camera-");
        assertThat(entry.file()).endsWith(".jpg");
    }

    private ManifestEntry send(int number) {
        ManifestEntry frame = frame(number);
        ProducerRecord<byte[], byte[]> record = mix.record(frame, new Picture(frame.file(), JPEG));
        assertThat(record.topic()).isEqualTo(TOPIC);
        return mix.acknowledged(
                frame, new RecordMetadata(new TopicPartition(TOPIC, 2), number, 0, 0, 0, 0));
    }

    private static ManifestEntry frame(int number) {
        return new ManifestEntry(
                UUID.nameUUIDFromBytes(Integer.toString(number).getBytes(UTF_8)).toString(),
                "cat/" + number + ".jpg",
                "camera-" + number % 4,
                number,
                Instant.EPOCH);
    }
}
