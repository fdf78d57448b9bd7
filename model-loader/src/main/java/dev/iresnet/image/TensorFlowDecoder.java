package dev.iresnet.image;

import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
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
    private final Operand<TUint8> jpeg;
    private final Operand<TUint8> png;

    /**
     * @param options what all sessions of the process share
     */
    TensorFlowDecoder(ConfigProto options) {
        Ops tf = Ops.create(graph);
        contents = tf.placeholder(TString.class);
        jpeg =
                tf.image.decodeJpeg(
                        contents,
                        DecodeJpeg.channels(3L),
                        DecodeJpeg.fancyUpscaling(true),
                        DecodeJpeg.dctMethod("INTEGER_ACCURATE"));
        png = tf.image.decodePng(contents, TUint8.class, DecodePng.channels(3L));
        // Negative: operations run in the calling thread, with no pool of the session's own.
        session = new Session(graph, options.toBuilder().setInterOpParallelismThreads(-1).build());
    }

    /** Decodes bytes whose header has been checked. */
    Raster decode(Encoding encoding, byte[] bytes) throws ImageException {
        Operand<TUint8> pixels = encoding == Encoding.JPEG ? jpeg : png;
        try (TString fed = TString.tensorOfBytes(NdArrays.scalarOfObject(bytes))) {
            return new Decoded(session.runner().feed(contents, fed).fetch(pixels).run());
        } catch (TFInvalidArgumentException e) {
            throw new ImageException(
                    ImageException.Reason.CORRUPT,
                    encoding + " cannot be decoded: " + firstLine(e));
        }
    }

    private static String firstLine(TFInvalidArgumentException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }

    /** Pixels in TensorFlow's memory, until closed. */
    private static final class Decoded implements Raster {
        private final Result result;
        private final ByteDataBuffer pixels;
        private final int width;
        private final int height;

        Decoded(Result result) {
            this.result = result;
            Shape shape = result.get(0).shape();
            this.pixels = result.get(0).asRawTensor().data();
            this.height = Math.toIntExact(shape.get(0));
            this.width = Math.toIntExact(shape.get(1));
        }

        @Override
        public int width() {
            return width;
        }

        @Override
        public int height() {
            return height;
        }

        @Override
        public void readRow(int y, int from, int to, byte[] rgb) {
            pixels.offset(((long) y * width + from) * 3).read(rgb, 0, (to - from) * 3);
        }

        @Override
        public void close() {
            result.close();
        }
    }
}
