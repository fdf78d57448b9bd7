package dev.iresnet.tensorflow;

import static org.tensorflow.internal.c_api.global.tensorflow.TF_TString_ResizeUninitialized;

import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.internal.c_api.TF_TString;
import org.tensorflow.types.TString;

/**
 * Bytes as a scalar string tensor, copied once: from where they lie to where TensorFlow reads them.
 * TensorFlow Java wants an array of exactly these bytes and copies that twice, which for a picture
 * in the middle of a record means three copies, one of them on the heap.
 */
public final class BytesTensor {
    private BytesTensor() {}

    /**
     * Copies.
     *
     * @param bytes from position to limit, which stay
     * @return to be closed
     */
    public static TString of(ByteBuffer bytes) {
        TString tensor = TString.scalarOf("");
        try (PointerScope scope = new PointerScope()) {
            TF_TString string = new Place(new BytePointer(TensorMemory.of(tensor)).address());
            scope.attach(string);
            // the tensor gives the memory back with itself
            BytePointer memory = TF_TString_ResizeUninitialized(string, bytes.remaining());
            if (bytes.hasArray()) {
                memory.put(
                        bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
            } else {
                memory.capacity(bytes.remaining()).asByteBuffer().put(bytes.duplicate());
            }
            return tensor;
        } catch (RuntimeException | Error e) {
            tensor.close();
            throw e;
        }
    }

    /** The string that lies at an address. */
    private static final class Place extends TF_TString {
        @SuppressWarnings("this-escape") // a plain setter of a final class's field
        Place(long address) {
            super((Pointer) null);
            this.address = address;
        }
    }
}
