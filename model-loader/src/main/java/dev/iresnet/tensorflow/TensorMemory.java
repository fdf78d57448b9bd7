package dev.iresnet.tensorflow;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.buffer.DataStorageVisitor;

/**
 * A tensor's bytes as a buffer over the same memory. TensorFlow Java's own buffers copy from direct
 * byte buffers a byte at a time, and make an object for each piece that is read.
 */
public final class TensorMemory {
    private TensorMemory() {}

    /** Valid until the tensor is closed; native byte order. */
    public static ByteBuffer of(Tensor tensor) {
        return tensor.asRawTensor()
                .data()
                .accept(
                        new DataStorageVisitor<ByteBuffer>() {
                            @Override
                            public ByteBuffer visit(ByteBuffer buffer) {
                                return buffer.duplicate().order(ByteOrder.nativeOrder());
                            }

                            @Override
                            public ByteBuffer visit(long address, long length, long scale) {
                                return new Region(address, length).asByteBuffer();
                            }

                            @Override
                            public ByteBuffer fallback() {
                                throw new IllegalStateException(
                                        "a tensor's memory is either native or a byte buffer");
                            }
                        });
    }

    private static final class Region extends BytePointer {
        @SuppressWarnings("this-escape") // these are plain setters of a final class's fields
        Region(long address, long bytes) {
            super((Pointer) null);
            this.address = address;
            this.limit = bytes;
            this.capacity = bytes;
        }
    }
}
