package dev.iresnet.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.iresnet.image.Preprocessing.ChannelOrder;
import dev.iresnet.image.Preprocessing.Interpolation;
import dev.iresnet.image.Preprocessing.Resize;
import dev.iresnet.tensorflow.TensorFlowProcess;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/** Bilinear without anti-aliasing against TensorFlow's operation, which computes as PyTorch's. */
class NoAntialiasTest {
    /** Of 255: what single precision leaves open. */
    private static final double ROUNDING = 0.001;

    @ParameterizedTest
    @CsvSource({
        "1280, 720, 224, 224",
        "1920, 1080, 171, 128",
        "320, 240, 171, 128",
        "49, 37, 100, 90",
        "5, 3, 64, 64",
        "1, 1, 7, 5",
        "64, 48, 64, 48"
    })
    void isTensorFlowsResizeRounded(int width, int height, int toWidth, int toHeight)
            throws ImageException {
        byte[] pixels = new byte[width * height * 3];
        new Random(width).nextBytes(pixels);
        byte[] made = resized(pixels, width, height, rule(toWidth, toHeight));
        float[] wanted = byTensorFlow(pixels, width, height, toWidth, toHeight);

        for (int i = 0; i < made.length; i++) {
            assertThat((double) (made[i] & 0xFF)).isCloseTo(wanted[i], within(0.5 + ROUNDING));
        }
    }

    private static Preprocessing rule(int width, int height) {
        Preprocessing imagenet = Preprocessing.IMAGENET;
        return new Preprocessing(
                width,
                height,
                Resize.BOTH_SIDES_THEN_CROP,
                height,
                width,
                imagenet.mean(),
                imagenet.std(),
                Interpolation.BILINEAR_NO_ANTIALIAS,
                ChannelOrder.RGB);
    }

    private static byte[] resized(byte[] pixels, int width, int height, Preprocessing rule)
            throws ImageException {
        try (Preprocessor preprocessor = Pictures.preprocessor(rule)) {
            return Pictures.crop(
                    preprocessor,
                    rule,
                    new EncodedImage(Encoding.RGB, width, height, ByteBuffer.wrap(pixels)));
        }
    }

    private static float[] byTensorFlow(
            byte[] pixels, int width, int height, int toWidth, int toHeight) {
        try (Graph graph = new Graph();
                TUint8 picture =
                        TUint8.tensorOf(
                                Shape.of(1, height, width, 3),
                                DataBuffers.of(pixels, true, false))) {
            Ops tf = Ops.create(graph);
            Placeholder<TUint8> fed = tf.placeholder(TUint8.class);
            ResizeBilinear resized =
                    tf.image.resizeBilinear(
                            fed,
                            tf.constant(new int[] {toHeight, toWidth}),
                            ResizeBilinear.halfPixelCenters(true));
            try (Session session = new Session(graph, TensorFlowProcess.config());
                    Result result = session.runner().feed(fed, picture).fetch(resized).run()) {
                float[] values = new float[toWidth * toHeight * 3];
                ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(values);
                return values;
            }
        }
    }
}
