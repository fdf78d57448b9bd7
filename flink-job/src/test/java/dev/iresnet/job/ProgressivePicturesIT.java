package dev.iresnet.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.Condition;
import dev.iresnet.proving.broker.EmbeddedBroker;
import dev.iresnet.proving.hostile.ProgressiveJpeg;
import dev.iresnet.schemas.avro.ImageEncoding;
import dev.iresnet.schemas.avro.ImageEvent;
import dev.iresnet.schemas.avro.LabeledResult;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Valid pictures that are dear to decode, with the limits that are there by default. */
class ProgressivePicturesIT {
    /** 50 megapixels. */
    private static final int WIDTH = 7_072;

    private static final int HEIGHT = 7_070;

    private static final Configuration CHECKPOINTS =
            Configuration.fromMap(
                    Map.of(
                            CheckpointingOptions.CHECKPOINTING_INTERVAL.key(), "1 s",
                            CheckpointingOptions.CHECKPOINTING_TIMEOUT.key(), "10 s"));

    private final PixelEngineFactory factory = PixelEngineFactory.of(new PixelModel(), 8);

    @Test
    @Timeout(300)
    void picturesOfManyScansDoNotStopTheJob() throws Exception {
        // within the limits for their size
        byte[] within = ProgressiveJpeg.flat(2_304, 2_048, 64);
        mixed("scans", new Mix(ProgressiveJpeg.flat(WIDTH, HEIGHT, 64), 30, within, 10));
    }

    @Test
    @Tag("heavy")
    @Timeout(1_800)
    void twoHundredOfThemAndLargestPicturesOfTwelveScansDoNotStopTheJob() throws Exception {
        byte[] within = ProgressiveJpeg.flat(WIDTH, HEIGHT, 12);
        mixed("many-scans", new Mix(ProgressiveJpeg.flat(WIDTH, HEIGHT, 64), 200, within, 40));
    }

    @Test
    @Timeout(300)
    void progressivePicturesOfAPhoneAreAllLabelled() throws Exception {
        byte[] picture = progressive(4_000, 3_000);
        assertThat(scans(picture)).isEqualTo(10);
        mixed("phone", new Mix(new byte[0], 0, picture, 12));
    }

    /**
     * What is sent, spread among good frames.
     *
     * @param beyond a picture that is not decoded
     * @param within a picture that is labelled
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier within this test, never compared
    private record Mix(byte[] beyond, int beyondCount, byte[] within, int withinCount) {
        int good() {
            return 4 * (beyondCount + withinCount);
        }

        int labelled() {
            return good() + withinCount;
        }
    }

    private void mixed(String name, Mix mix) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Topics topics = Topics.create(broker, name);
                Cluster cluster = Cluster.start(2, CHECKPOINTS)) {
            send(topics, mix);
            JobID job = cluster.submit(topics.arguments(), factory, 2, null);
            Condition.await(
                    "all is answered, or the job has restarted",
                    Duration.ofMinutes(25),
                    () ->
                            cluster.restarts(job) > 0
                                    || (cluster.sum(job, "tagging.iresnet.labelled")
                                                    == mix.labelled()
                                            && cluster.sum(job, "tagging.iresnet.deadLettered")
                                                    == mix.beyondCount()));
            assertThat(cluster.restarts(job)).isZero();
            cluster.checkpoint(job);
            Condition.await(
                    "all is committed",
                    () ->
                            topics.committedResults().size() == mix.labelled()
                                    && topics.deadLetterRecords().size() == mix.beyondCount());
            cluster.cancel(job);
            assertThat(topics.committedResults())
                    .extracting(LabeledResult::getEventId)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, mix.labelled())
                                    .mapToObj(
                                            i ->
                                                    i < mix.good()
                                                            ? "event-" + i
                                                            : "within-" + (i - mix.good()))
                                    .toList());
            assertThat(topics.deadLetterRecords())
                    .hasSize(mix.beyondCount())
                    .allSatisfy(
                            letter ->
                                    assertThat(
                                                    requireNonNull(
                                                                    letter.headers()
                                                                            .lastHeader(
                                                                                    "iresnet.error.code"))
                                                            .value())
                                            .asString(UTF_8)
                                            .isEqualTo("IMAGE_TOO_COMPLEX"));
        }
    }

    private static void send(Topics topics, Mix mix) throws Exception {
        int good = 0;
        for (int i = 0; i < mix.beyondCount() + mix.withinCount(); i++) {
            for (int j = 0; j < 4; j++) {
                topics.send(Topics.event(good++));
            }
            topics.send(
                    i < mix.beyondCount()
                            ? event("beyond-" + i, mix.beyond())
                            : event("within-" + (i - mix.beyondCount()), mix.within()));
        }
        topics.flush();
    }

    private static ImageEvent event(String id, byte[] jpeg) {
        return ImageEvent.newBuilder(Topics.event(id.hashCode() & 0xFF))
                .setEventId(id)
                .setEncoding(ImageEncoding.JPEG)
                .setImage(ByteBuffer.wrap(jpeg))
                .build();
    }

    /** By libjpeg's own script, as most cameras and programs write them. */
    private static byte[] progressive(int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, ((x / 16) << 16) | ((y / 12) << 8) | ((x + y) / 32));
            }
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, List.of(), null), how);
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }

    private static long scans(byte[] jpeg) {
        return IntStream.range(1, jpeg.length)
                .filter(i -> jpeg[i - 1] == (byte) 0xFF && jpeg[i] == (byte) 0xDA)
                .count();
    }
}
