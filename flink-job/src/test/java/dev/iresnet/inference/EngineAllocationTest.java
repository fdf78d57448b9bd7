package dev.iresnet.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.iresnet.engine.FakeModel;
import dev.iresnet.engine.batch.BatchPolicy;
import dev.iresnet.event.ImageEventFrameReader;
import dev.iresnet.event.RawRecord;
import dev.iresnet.event.Records;
import dev.iresnet.image.CropGeometry;
import dev.iresnet.image.EncodedImage;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.image.Preprocessor;
import dev.iresnet.model.ClassScores;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import dev.iresnet.result.FrameOutcome;
import dev.iresnet.schemas.SingleObjectFormat;
import dev.iresnet.schemas.avro.ImageEncoding;
import dev.iresnet.schemas.avro.ImageEvent;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the engine itself takes from the heap, with an event decoded and a result of 5 labels. */
@Timeout(60)
final class EngineAllocationTest {
    private static final int FRAMES = 5_000;

    /** Of the 16 kB that a frame may cost from consumer to sink. */
    private static final long BYTES_A_FRAME = 4_000;

    private static final int PICTURE_BYTES = 300_000;

    private final ThreadMXBean threads =
            (ThreadMXBean)
                    ManagementFactory.getPlatformMXBean(java.lang.management.ThreadMXBean.class);

    @Test
    void aFrameCostsNoMoreHeapThanItsResultDoes() throws Exception {
        SingleObjectFormat<ImageEvent> format = SingleObjectFormat.ofImageEvents(List.of());
        RawRecord record = Records.of("door", format.encode(event()), 0);
        Stages stages =
                new Stages(
                        new ImageEventFrameReader(format::decode),
                        new IdleCropper(),
                        new IdleModel());
        PipelineOptions options =
                Rig.options(2, 1, new BatchPolicy(32, Duration.ZERO), new Labeling(5, 0));
        try (InferencePipeline engine = InferencePipeline.start(stages, options)) {
            pass(engine, record);
            long before = allocated();
            pass(engine, record);
            long perFrame = (allocated() - before) / FRAMES;

            assertThat(perFrame).isBetween(1L, BYTES_A_FRAME);
        }
    }

    private static void pass(InferencePipeline engine, RawRecord record) throws Exception {
        List<CompletableFuture<FrameOutcome>> promises = new ArrayList<>(FRAMES);
        for (int i = 0; i < FRAMES; i++) {
            promises.add(engine.submit(record));
        }
        Rig.labeled(promises);
    }

    /** By the engine's threads and the submitter. */
    private long allocated() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(
                        thread ->
                                thread == Thread.currentThread()
                                        || thread.getName().startsWith("iresnet-"))
                .mapToLong(thread -> threads.getThreadAllocatedBytes(thread.getId()))
                .sum();
    }

    private static ImageEvent event() {
        return ImageEvent.newBuilder()
                .setEventId("0123456789abcdef0123456789abcdef")
                .setCameraId("door")
                .setCapturedAt(Instant.parse("2025-06-15T12:00:00Z"))
                .setEncoding(ImageEncoding.JPEG)
                .setImage(ByteBuffer.allocate(PICTURE_BYTES))
                .setAttributes(Map.of("site", "north"))
                .build();
    }

    private static final class IdleCropper implements Preprocessor {
        @Override
        public CropGeometry crop(EncodedImage image, ByteBuffer crop) {
            return CropGeometry.whole(Preprocessing.IMAGENET);
        }

        @Override
        public void close() {}
    }

    private static final class IdleModel implements Model {
        @Override
        public ModelDescription description() {
            return FakeModel.DESCRIPTION;
        }

        @Override
        public List<Prediction> predict(List<Sample> crops) {
            int classes = FakeModel.LABELS.size();
            return ClassScores.rows(new float[crops.size() * classes], classes);
        }

        @Override
        public void close() {}
    }
}
