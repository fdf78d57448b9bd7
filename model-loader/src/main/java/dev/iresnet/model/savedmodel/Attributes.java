package dev.iresnet.model.savedmodel;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** Attributes of nodes that are written by hand. */
public final class Attributes {
    private Attributes() {}

    /** Floats as a tensor's content. */
    public static ByteString bytes(float[] values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return ByteString.copyFrom(bytes);
    }

    public static AttrValue type(DataType type) {
        return AttrValue.newBuilder().setType(type).build();
    }

    public static AttrValue types(List<DataType> types) {
        return AttrValue.newBuilder()
                .setList(AttrValue.ListValue.newBuilder().addAllType(types))
                .build();
    }

    /** Sizes below 0 are left open. */
    public static AttrValue shape(long... sizes) {
        return AttrValue.newBuilder().setShape(proto(sizes)).build();
    }

    public static AttrValue floats(float[] vector) {
        return AttrValue.newBuilder()
                .setTensor(
                        TensorProto.newBuilder()
                                .setDtype(DataType.DT_FLOAT)
                                .setTensorShape(proto(vector.length))
                                .setTensorContent(bytes(vector)))
                .build();
    }

    public static AttrValue integer(int scalar) {
        return integers(proto(), scalar);
    }

    /** A vector of one. */
    public static AttrValue oneInteger(int value) {
        return integers(proto(1), value);
    }

    private static AttrValue integers(TensorShapeProto shape, int value) {
        return AttrValue.newBuilder()
                .setTensor(
                        TensorProto.newBuilder()
                                .setDtype(DataType.DT_INT32)
                                .setTensorShape(shape)
                                .addIntVal(value))
                .build();
    }

    public static AttrValue text(String scalar) {
        return AttrValue.newBuilder()
                .setTensor(
                        TensorProto.newBuilder()
                                .setDtype(DataType.DT_STRING)
                                .setTensorShape(proto())
                                .addStringVal(ByteString.copyFromUtf8(scalar)))
                .build();
    }

    public static AttrValue texts(List<String> vector) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder()
                        .setDtype(DataType.DT_STRING)
                        .setTensorShape(proto(vector.size()));
        vector.forEach(text -> tensor.addStringVal(ByteString.copyFromUtf8(text)));
        return AttrValue.newBuilder().setTensor(tensor).build();
    }

    private static TensorShapeProto proto(long... sizes) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (long size : sizes) {
            shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
        }
        return shape.build();
    }
}
