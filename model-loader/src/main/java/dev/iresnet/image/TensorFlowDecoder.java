package dev.iresnet.image;

import static java.util.Objects.requireNonNull;

import dev.iresnet.tensorflow.BytesTensor;
import dev.iresnet.tensorflow.DeviceException;
import dev.iresnet.tensorflow.TensorFlowFailures;
import dev.iresnet.tensorflow.TensorMemory;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.DecodeJpeg;
import org.tensorflow.op.image.DecodePng;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * JPEG and PNG by TensorFlow's own decoders, set to make the same pixels as Pillow: accurate
 * inverse DCT, smooth chroma.
 *
 * <p>Thread-safe. One graph and one session serve all threads; a decode runs wholly in the thread
 * that asks for it, so as many pictures are in memory as there are threads that ask.
 */
final class TensorFlowDecoder implements AutoCloseable {
    private final Graph graph = new Graph();
    private final Session session;
    private final Operand<TString> contents;
    private final Map<Integer, Operand<TUint8>> jpegByRatio;
    private final Operand<TUint8> png;

    /**
     * @param options what all sessions of the process share
     */
    TensorFlowDecoder(ConfigProto options) {
        Ops tf = Ops.create(graph);
        contents = tf.placeholder(TString.class);
        jpegByRatio =
                Stream.of(1, 2, 4, Reduction.MOST)
                        .collect(Collectors.toMap(r -> r, ratio -> jpeg(tf, ratio)));
        png = tf.image.decodePng(contents, TUint8.class, DecodePng.channels(3L));
        // Negative: operations run in the calling thread, with no pool of the session's own.
        session = new Session(graph, options.toBuilder().setInterOpParallelismThreads(-1).build());
    }

    private Operand<TUint8> jpeg(Ops tf, long ratio) {
        return tf.image.decodeJpeg(
                contents,
                DecodeJpeg.channels(3L),
                DecodeJpeg.ratio(ratio),
                DecodeJpeg.fancyUpscaling(true),
                DecodeJpeg.dctMethod("INTEGER_ACCURATE"));
    }

    /** Decodes bytes whose markers have been checked. */
    Decoded decodeJpeg(ByteBuffer bytes, Reduction reduction) throws ImageException {
        Operand<TUint8> pixels = requireNonNull(jpegByRatio.get(reduction.ratio()));
        Result result = run(Encoding.JPEG, bytes, pixels);
        Shape wanted = Shape.of(reduction.reducedHeight(), reduction.reducedWidth(), 3);
        if (!result.get(0).shape().equals(wanted)) {
            // the decoder took another frame header for the picture's than the check did
            Shape made = result.get(0).shape();
            result.close();
            throw new ImageException(
                    ImageException.Reason.CORRUPT,
                    "JPEG says it is %s and decodes to %s".formatted(wanted, made));
        }
        return new Decoded(result, reduction);
    }

    /** Decodes bytes whose chunks have been checked. */
    Raster decodePng(ByteBuffer bytes) throws ImageException {
        Result result = run(Encoding.PNG, bytes, png);
        Shape shape = result.get(0).shape();
        return new Decoded(
                result,
                Reduction.none(Math.toIntExact(shape.get(1)), Math.toIntExact(shape.get(0))));
    }

    private Result run(Encoding encoding, ByteBuffer bytes, Operand<TUint8> pixels)
            throws ImageException {
        try (TString fed = BytesTensor.of(bytes)) {
            return session.runner().feed(contents, fed).fetch(pixels).run();
        } catch (TFResourceExhaustedException e) {
            throw new DeviceException(
                    "There is not enough memory to decode %s: %s".formatted(encoding, firstLine(e)),
                    e);
        } catch (RuntimeException e) {
            if (!TensorFlowFailures.isOne(e)) {
                throw e;
            }
            throw new ImageException(
                    ImageException.Reason.CORRUPT,
                    encoding + " cannot be decoded: " + firstLine(e));
        }
    }

    private static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }

    /** Pixels in TensorFlow's memory, until closed. */
    static final class Decoded implements Raster {
        private final Result result;
        private final ByteBuffer pixels;
        private final Reduction reduction;

        private Decoded(Result result, Reduction reduction) {
            this.result = result;
            this.pixels = TensorMemory.of(result.get(0));
            this.reduction = reduction;
        }

        /** 3 bytes a pixel, which may be changed. */
        ByteBuffer pixels() {
            return pixels;
        }

        @Override
        public int width() {
            return reduction.reducedWidth();
        }

        @Override
        public int height() {
            return reduction.reducedHeight();
        }

        @Override
        public Reduction reduction() {
            return reduction;
        }

        @Override
        public void readRow(int y, int from, int to, byte[] rgb) {
            pixels.get((y * width() + from) * 3, rgb, 0, (to - from) * 3);
        }

        @Override
        public void close() {
            result.close();
        }
    }
}
