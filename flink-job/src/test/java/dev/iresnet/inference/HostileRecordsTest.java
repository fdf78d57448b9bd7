package dev.iresnet.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.decoding.fetch.FetchPolicy;
import dev.iresnet.decoding.fetch.Fetching;
import dev.iresnet.engine.FakeModel;
import dev.iresnet.engine.ModelSupply;
import dev.iresnet.event.FailureCode;
import dev.iresnet.event.Frame;
import dev.iresnet.event.FrameException;
import dev.iresnet.event.FrameReader;
import dev.iresnet.event.ImageEventFrameReader;
import dev.iresnet.event.ImageUri;
import dev.iresnet.event.RawRecord;
import dev.iresnet.event.ReferenceRule;
import dev.iresnet.image.CropGeometry;
import dev.iresnet.image.DecodeLimits;
import dev.iresnet.image.EncodedImage;
import dev.iresnet.image.ImageException;
import dev.iresnet.image.PicturePreprocessor;
import dev.iresnet.image.Preprocessor;
import dev.iresnet.model.ClassScores;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import dev.iresnet.result.FrameFailure;
import dev.iresnet.result.FrameOutcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Everything that a stranger may send, through the real reader and the real decoders, with good
 * frames around it.
 */
@Timeout(60)
final class HostileRecordsTest {
    private static final FetchPolicy POLICY =
            new FetchPolicy(
                    2,
                    16 << 20,
                    Duration.ofSeconds(30),
                    Duration.ofMillis(1),
                    Duration.ofMillis(1));

    static final Duration MAX_AGE = Duration.ofSeconds(30);

    @Test
    void eachBecomesOneFailureWithItsCodeAndTheGoodAroundItAreLabelled() throws Exception {
        List<HostileRecords.Hostile> hostile = HostileRecords.hostile();
        RawRecord good = HostileRecords.record(HostileRecords.jpeg(HostileRecords.JPEG));
        PipelineOptions options =
                // All at once, so that no camera has a share.
                Rig.options(100, Duration.ZERO, MAX_AGE, true);
        Set<FailureCode> seen = EnumSet.noneOf(FailureCode.class);
        try (InferencePipeline engine =
                InferencePipeline.start(
                        new Stages(
                                new Reader(),
                                new Fetching(HostileRecordsTest::open, POLICY),
                                new BuggyCropper(),
                                new NanModel()),
                        options,
                        ModelSupply.NONE,
                        Rig.host(Rig.CLOCKS))) {
            List<CompletableFuture<FrameOutcome>> bad = new ArrayList<>();
            List<CompletableFuture<FrameOutcome>> around = new ArrayList<>();
            for (HostileRecords.Hostile each : hostile) {
                around.add(engine.submit(good));
                bad.add(engine.submit(each.record()));
            }
            for (int i = 0; i < hostile.size(); i++) {
                FrameFailure failed = Rig.failed(bad.get(i));
                assertThat(failed.code())
                        .as(hostile.get(i).name())
                        .isEqualTo(hostile.get(i).code());
                assertThat(failed.record()).isSameAs(hostile.get(i).record());
                assertThat(failed.message()).isNotBlank().hasSizeLessThanOrEqualTo(1000);
                seen.add(failed.code());
                Rig.labeled(around.get(i));
            }
            assertThat(engine.isUsable()).isTrue();
        }
        assertThat(seen).as("every code has its record here").containsExactly(FailureCode.values());
    }

    /** Events, some of whose keys say how it behaves. */
    private static final class Reader implements FrameReader {
        @Override
        public CompletableFuture<Void> prepare(RawRecord record) {
            return hasKey(record, HostileRecords.UNREACHABLE)
                    ? CompletableFuture.failedFuture(
                            new FrameException(FailureCode.SCHEMA_UNREACHABLE, "no registry"))
                    : READY;
        }

        @Override
        public Frame read(RawRecord record) throws FrameException {
            ReferenceRule references =
                    hasKey(record, HostileRecords.STRICT)
                            ? ReferenceRule.NONE
                            : HostileRecords.RULE;
            return new ImageEventFrameReader(HostileRecords.FORMAT::decode, references)
                    .read(record);
        }

        private static boolean hasKey(RawRecord record, String key) {
            return Arrays.equals(record.key(), key.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static InputStream open(ImageUri uri) throws FrameException, IOException {
        return switch (uri.path()) {
            case "/jpeg" -> new ByteArrayInputStream(HostileRecords.JPEG);
            case "/text" -> new ByteArrayInputStream(HostileRecords.TEXT);
            case "/denied" -> throw new FrameException(FailureCode.IMAGE_ACCESS_DENIED, "403");
            case "/broken" -> throw new IOException("connection refused");
            default -> throw new FrameException(FailureCode.IMAGE_NOT_FOUND, "404");
        };
    }

    /** The real one, but for one picture. */
    private static final class BuggyCropper implements Preprocessor {
        private final Preprocessor real =
                new PicturePreprocessor(
                        FakeModel.DESCRIPTION.preprocessing(), DecodeLimits.DEFAULT);

        @Override
        public CropGeometry crop(EncodedImage image, ByteBuffer crop) throws ImageException {
            CropGeometry geometry = real.crop(image, crop);
            if (crop.get(0) == HostileRecords.BUG) {
                throw new IllegalStateException("a bug");
            }
            return geometry;
        }

        @Override
        public void close() {
            real.close();
        }
    }

    private static final class NanModel implements Model {
        @Override
        public ModelDescription description() {
            return FakeModel.DESCRIPTION;
        }

        @Override
        public List<Prediction> predict(List<Sample> crops) {
            int classes = FakeModel.LABELS.size();
            float[] scores = new float[crops.size() * classes];
            for (int row = 0; row < crops.size(); row++) {
                if (crops.get(row).pixels().get(0) == HostileRecords.NOT_FINITE) {
                    scores[row * classes] = Float.NaN;
                }
            }
            return ClassScores.rows(scores, classes);
        }

        @Override
        public void close() {}
    }
}
