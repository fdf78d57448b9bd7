package dev.iresnet.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.engine.FakeModel;
import dev.iresnet.engine.Host;
import dev.iresnet.engine.ModelSupply;
import dev.iresnet.image.CropGeometry;
import dev.iresnet.image.EncodedImage;
import dev.iresnet.image.ImageException;
import dev.iresnet.image.Preprocessor;
import dev.iresnet.result.FrameListener;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an engine says of the decoding that is left. */
@Timeout(60)
final class EngineDecodingTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final PipelineOptions OPTIONS = Rig.options(2, 1, 1);

    private final AtomicLong nanos = new AtomicLong();
    private final List<Long> told = new CopyOnWriteArrayList<>();
    private final FrameListener listener =
            new FrameListener() {
                @Override
                public void decodingLeft(long work) {
                    told.add(work);
                }
            };

    @Test
    void aPicturesWorkIsToldBeforeItIsDecodedAndNothingIsLeftThereafter() throws Exception {
        try (InferencePipeline engine = start()) {
            Rig.labeled(engine.submit(Pictures.record(0), listener));
            assertThat(told).containsExactly(800_000_000L, 0L);
            assertThat(engine.mostWork()).isEqualTo(900_000_000);
        }
    }

    @Test
    void theSpeedOfAllDecodersIsCountedOnAsItHasBeen() throws Exception {
        try (InferencePipeline engine = start()) {
            assertThat(engine.decodingIn(SECOND)).isEqualTo(2 * 400_000_000L);
            for (int i = 0; i < 40; i++) {
                Rig.labeled(engine.submit(Pictures.record(i), listener));
            }
            assertThat(engine.decodingIn(SECOND)).isBetween(1_590_000_000L, 1_600_000_000L);
        }
    }

    private InferencePipeline start() {
        return InferencePipeline.start(
                new Stages(Pictures.READER, new CountingCropper(), FakeModel.open()),
                OPTIONS,
                ModelSupply.NONE,
                Rig.host(new Host.Clocks(nanos::get, () -> Rig.NOW)));
    }

    /** Each picture takes a second. */
    private final class CountingCropper implements Preprocessor {
        private final Pictures.ObedientCropper cropper = new Pictures.ObedientCropper();

        @Override
        public CropGeometry crop(EncodedImage image, ByteBuffer crop) throws ImageException {
            return cropper.crop(image, crop);
        }

        @Override
        public CropGeometry crop(EncodedImage image, ByteBuffer crop, LongConsumer work)
                throws ImageException {
            work.accept(800_000_000);
            assertThat(told).endsWith(800_000_000L);
            nanos.addAndGet(SECOND.toNanos());
            return crop(image, crop);
        }

        @Override
        public long mostWork() {
            return 900_000_000;
        }

        @Override
        public void close() {
            cropper.close();
        }
    }
}
