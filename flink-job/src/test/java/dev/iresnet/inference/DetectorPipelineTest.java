package dev.iresnet.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.iresnet.engine.BrightModel;
import dev.iresnet.engine.batch.BatchPolicy;
import dev.iresnet.event.FailureCode;
import dev.iresnet.event.PictureFrameReader;
import dev.iresnet.event.Records;
import dev.iresnet.image.DecodeLimits;
import dev.iresnet.image.JpegDecoding;
import dev.iresnet.image.PicturePreprocessor;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.Detections.Box;
import dev.iresnet.model.Model;
import dev.iresnet.result.FrameOutcome;
import dev.iresnet.result.FrameResult;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A detector behind the real decoders: its boxes lie on what was drawn, in stored pixels. */
@Timeout(60)
final class DetectorPipelineTest {
    private static final Preprocessing STRETCHED =
            Preprocessing.IMAGENET.stretchedTo(BrightModel.SIDE);
    private static final Preprocessing CROPPED =
            new Preprocessing(
                    BrightModel.SIDE,
                    BrightModel.SIDE,
                    Preprocessing.Resize.SHORTER_SIDE_THEN_CROP,
                    330,
                    STRETCHED.mean(),
                    STRETCHED.std());

    static Stream<DrawnPicture> pictures() {
        return DrawnPicture.all().stream();
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void aBoxLiesOnItsShape(DrawnPicture picture) throws Exception {
        for (Preprocessing rule : List.of(STRETCHED, CROPPED)) {
            for (JpegDecoding decoding : JpegDecoding.values()) {
                try (InferencePipeline pipeline = pipeline(rule, decoding)) {
                    FrameResult result = Rig.labeled(submit(pipeline, picture.bytes(), 0));

                    assertThat(result.status()).isEqualTo(FrameResult.Status.LABELLED);
                    assertThat(result.labels()).isEmpty();
                    FrameResult.DetectedObjects found = result.detected().orElseThrow();
                    assertThat(found.width()).isEqualTo(picture.width());
                    assertThat(found.height()).isEqualTo(picture.height());
                    assertThat(found.objects()).hasSize(1);
                    assertThat(found.objects().get(0).label())
                            .isEqualTo(new FrameResult.Label(1, "bright", BrightModel.SCORE));
                    assertLiesOn(picture, found.objects().get(0).box());
                }
            }
        }
    }

    /** To a pixel of the network's input, whose edges are blurred. */
    private static void assertLiesOn(DrawnPicture picture, Box box) {
        double x = 0.75 * Math.max(1, picture.width() / 300.0) + 0.5;
        double y = 0.75 * Math.max(1, picture.height() / 300.0) + 0.5;
        assertThat((double) box.xMin()).isCloseTo(picture.shape().getMinX(), within(x));
        assertThat((double) box.yMin()).isCloseTo(picture.shape().getMinY(), within(y));
        assertThat((double) box.xMax()).isCloseTo(picture.shape().getMaxX(), within(x));
        assertThat((double) box.yMax()).isCloseTo(picture.shape().getMaxY(), within(y));
    }

    @Test
    void aPictureInWhichNothingIsFoundIsLabelledAllTheSame() throws Exception {
        try (InferencePipeline pipeline = pipeline(STRETCHED, JpegDecoding.EXACT)) {
            DrawnPicture picture = new DrawnPicture(50, 40, false, "png", 0);

            FrameResult result = Rig.labeled(submit(pipeline, picture.bytes(new Rectangle()), 0));

            // below labels.min-score, which is for classifiers
            assertThat(result.status()).isEqualTo(FrameResult.Status.LABELLED);
            assertThat(result.detected())
                    .hasValue(new FrameResult.DetectedObjects(50, 40, List.of()));
        }
    }

    @Test
    void aBoxThatIsNotFiniteIsADeadLetterAndTouchesNoOtherFrame() throws Exception {
        try (InferencePipeline pipeline = pipeline(STRETCHED, JpegDecoding.EXACT)) {
            DrawnPicture picture = new DrawnPicture(50, 40, false, "png", 0);
            CompletableFuture<FrameOutcome> good = submit(pipeline, picture.bytes(), 0);
            CompletableFuture<FrameOutcome> bad =
                    submit(pipeline, picture.bytes(new Rectangle(50, 40)), 1);
            CompletableFuture<FrameOutcome> next = submit(pipeline, picture.bytes(), 2);

            assertThat(Rig.failed(bad).code()).isEqualTo(FailureCode.RESULT_NOT_FINITE);
            assertThat(Rig.labeled(good).detected().orElseThrow().objects()).hasSize(1);
            assertThat(Rig.labeled(next).detected().orElseThrow().objects()).hasSize(1);
        }
    }

    /** In what a detector of another program says of each. */
    @ParameterizedTest
    @ValueSource(ints = {0xff0000, 0x00ff00, 0x0000ff, 0xffff00})
    void aPictureForWhichAServedDetectorGivesWhatCannotBeFailsAlone(int colour) throws Exception {
        Preprocessing rule = Preprocessing.IMAGENET.stretchedTo(8);
        try (InferencePipeline pipeline =
                pipeline(rule, JpegDecoding.EXACT, ColourDetector.of(rule))) {
            CompletableFuture<FrameOutcome> good = submit(pipeline, filled(0), 0);
            CompletableFuture<FrameOutcome> bad = submit(pipeline, filled(colour), 1);
            CompletableFuture<FrameOutcome> next = submit(pipeline, filled(0), 2);

            assertThat(Rig.failed(bad).code()).isEqualTo(FailureCode.RESULT_NOT_FINITE);
            assertThat(Rig.labeled(good).detected().orElseThrow().objects()).hasSize(1);
            assertThat(Rig.labeled(next).detected().orElseThrow().objects()).hasSize(1);
        }
    }

    private static byte[] filled(int colour) throws IOException {
        BufferedImage picture = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64; i++) {
            picture.setRGB(i % 8, i / 8, colour);
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", png);
        return png.toByteArray();
    }

    private static CompletableFuture<FrameOutcome> submit(
            InferencePipeline pipeline, byte[] picture, long offset) {
        return pipeline.submit(Records.of("door", picture, offset));
    }

    private static InferencePipeline pipeline(Preprocessing rule, JpegDecoding decoding) {
        return pipeline(rule, decoding, new BrightModel(rule));
    }

    private static InferencePipeline pipeline(
            Preprocessing rule, JpegDecoding decoding, Model model) {
        return InferencePipeline.start(
                new Stages(
                        new PictureFrameReader(),
                        new PicturePreprocessor(rule, DecodeLimits.DEFAULT, decoding),
                        model),
                Rig.options(2, 1, new BatchPolicy(4, Duration.ZERO), new Labeling(5, 1)));
    }
}
