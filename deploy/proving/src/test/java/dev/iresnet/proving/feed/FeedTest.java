package dev.iresnet.proving.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.proving.manifest.ManifestEntry;
import dev.iresnet.schemas.SingleObjectFormat;
import dev.iresnet.schemas.UnreadableRecordException;
import dev.iresnet.schemas.avro.ImageEvent;
import dev.iresnet.schemas.avro.ImageReference;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedTest {
    private static final FeedPlan PLAN = new FeedPlan(2, 10, 8, 1);

    @TempDir private Path root;

    private final FakePace pace = new FakePace();
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final List<ManifestEntry> manifest = new ArrayList<>();

    @BeforeEach
    void pictures() throws IOException {
        for (int i = 0; i < 3; i++) {
            Files.writeString(root.resolve(i + ".jpg"), "picture " + i);
        }
    }

    @Test
    void sendsEventsThatSayWhatTheManifestSays() throws Exception {
        FeedReport report = feed(new EventFormat("in")).run(PLAN, manifest::add);

        assertThat(report.frames()).isEqualTo(8);
        assertThat(producer.history()).hasSize(8);
        for (int i = 0; i < 8; i++) {
            ProducerRecord<byte[], byte[]> record = producer.history().get(i);
            ManifestEntry entry = manifest.get(i);
            ImageEvent event = decode(record);
            assertThat(record.key()).asString().isEqualTo(entry.cameraId());
            assertThat(event.getEventId()).isEqualTo(entry.eventId());
            assertThat(event.getCameraId()).isEqualTo(entry.cameraId());
            assertThat(event.getFrameNumber()).isEqualTo(entry.frameNumber());
            assertThat(event.getCapturedAt())
                    .isEqualTo(entry.capturedAt().truncatedTo(ChronoUnit.MICROS));
            assertThat(event.getImage())
                    .isEqualTo(ByteBuffer.wrap(Files.readAllBytes(root.resolve(entry.file()))));
        }
    }

    @Test
    void sendsReferencesToThePicturesThatTheFeedHas() throws Exception {
        feed(new ReferenceFormat("in", "file:///mnt/frames")).run(PLAN, manifest::add);

        for (int i = 0; i < 8; i++) {
            ImageReference reference =
                    (ImageReference) decode(producer.history().get(i)).getImage();
            byte[] picture = Files.readAllBytes(root.resolve(manifest.get(i).file()));
            assertThat(reference.getUri())
                    .isEqualTo("file:///mnt/frames/" + manifest.get(i).file());
            assertThat(reference.getSize()).isEqualTo(picture.length);
            assertThat(reference.getSha256()).isEqualTo(ReferenceFormat.sha256(picture));
        }
    }

    @Test
    void theTruthIsNotInTheRecord() throws Exception {
        Files.createDirectory(root.resolve("zebra"));
        Files.writeString(root.resolve("zebra/zebra.jpg"), "stripes");

        feed(new EventFormat("in")).run(PLAN, manifest::add);

        assertThat(manifest).extracting(ManifestEntry::file).contains("zebra/zebra.jpg");
        assertThat(producer.history())
                .noneSatisfy(
                        record -> assertThat(new String(record.value(), UTF_8)).contains("zebra"));
    }

    @Test
    void sendsEachFrameWhenItIsDue() throws Exception {
        Instant start = pace.now();
        List<Instant> sent = new ArrayList<>();

        FeedReport report =
                feed(new EventFormat("in"))
                        .run(PLAN, frame -> sent.add(pace.now().truncatedTo(ChronoUnit.MICROS)));

        ShotList shots = new ShotList(PLAN, PictureFolder.of(root).scenes());
        for (Instant time : sent) {
            assertThat(time)
                    .isEqualTo(start.plus(shots.next().due()).truncatedTo(ChronoUnit.MICROS));
        }
        assertThat(sent).hasSize(8);
        assertThat(report.mostBehind()).isZero();
    }

    @Test
    void framesThatAreLateKeepTheTimeWhenTheyWereDue() throws Exception {
        Duration hiccup = Duration.ofSeconds(3);
        List<ManifestEntry> punctual = new ArrayList<>();
        new Feed(PictureFolder.of(root), new EventFormat("in"), producer, new FakePace())
                .run(PLAN, punctual::add);

        FeedReport report =
                feed(new EventFormat("in"))
                        .run(
                                PLAN,
                                frame -> {
                                    manifest.add(frame);
                                    pace.pass(manifest.size() == 2 ? hiccup : Duration.ZERO);
                                });

        assertThat(manifest).isEqualTo(punctual);
        assertThat(report.mostBehind()).isGreaterThan(Duration.ofSeconds(2));
    }

    @Test
    void plainPicturesAreNamedByTheirPlace() throws Exception {
        feed(new ImageFormat("in")).run(PLAN, manifest::add);

        ProducerRecord<byte[], byte[]> record = producer.history().get(1);
        ManifestEntry entry = manifest.get(1);
        assertThat(record.value()).isEqualTo(Files.readAllBytes(root.resolve(entry.file())));
        assertThat(record.key()).asString().isEqualTo(entry.cameraId());
        assertThat(Instant.ofEpochMilli(record.timestamp())).isEqualTo(entry.capturedAt());
        assertThat(entry.eventId()).isEqualTo("in-0-1");
    }

    @Test
    void stopsBetweenFrames() throws Exception {
        Feed feed = feed(new EventFormat("in"));

        FeedReport report =
                feed.run(
                        new FeedPlan(1, 0.001, FeedPlan.UNLIMITED, 1),
                        frame -> {
                            manifest.add(frame);
                            feed.stop();
                        });

        assertThat(report.frames()).isEqualTo(1);
        assertThat(manifest).hasSize(1);
    }

    @Test
    void whatCannotBeSentEndsTheFeedAndIsNamed() {
        MockProducer<byte[], byte[]> manual =
                new MockProducer<>(
                        false, null, new ByteArraySerializer(), new ByteArraySerializer());
        FakePace refusing = new FakePace();
        Feed feed =
                new Feed(
                        PictureFolder.of(root),
                        new EventFormat("in"),
                        manual,
                        new Pace() {
                            @Override
                            public Instant now() {
                                manual.errorNext(new RecordTooLargeException("20 MB"));
                                return refusing.now();
                            }

                            @Override
                            public void sleep(Duration duration) {
                                refusing.sleep(duration);
                            }
                        });

        assertThatThrownBy(() -> feed.run(PLAN, manifest::add))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("cannot send")
                .hasMessageContaining("20 MB");
        assertThat(manifest).isEmpty();
        assertThat(manual.history()).hasSize(1);
    }

    @Test
    void aManifestThatCannotBeWrittenEndsTheFeed() {
        assertThatThrownBy(
                        () ->
                                feed(new EventFormat("in"))
                                        .run(
                                                PLAN,
                                                frame -> {
                                                    throw new IllegalStateException("disk full");
                                                }))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("disk full");
        assertThat(producer.history()).hasSize(1);
    }

    private Feed feed(FrameFormat format) {
        return new Feed(PictureFolder.of(root), format, producer, pace);
    }

    private static ImageEvent decode(ProducerRecord<byte[], byte[]> record)
            throws UnreadableRecordException {
        return SingleObjectFormat.ofImageEvents(List.of()).decode(record.value());
    }
}
