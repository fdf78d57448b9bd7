package dev.iresnet.model.savedmodel;

import com.google.protobuf.ByteString;
import dev.iresnet.tensorflow.TensorFlowProcess;
import dev.iresnet.tensorflow.TensorMemory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/**
 * Reads the variables of a SavedModel by their keys, with a graph of our own: what the model says
 * should be run to restore them is not run.
 */
final class VariableFile {
    private static final int PIECE = 256;

    private final String prefix;

    VariableFile(String prefix) {
        this.prefix = prefix;
    }

    /**
     * Values of some variables.
     *
     * @param types by key: float32, or uint8
     * @throws IllegalArgumentException if one is of another type
     */
    Map<String, TensorProto> read(Map<String, DataType> types) {
        List<String> keys = List.copyOf(types.keySet());
        Map<String, TensorProto> values = new HashMap<>();
        for (int from = 0; from < keys.size(); from += PIECE) {
            read(keys.subList(from, Math.min(keys.size(), from + PIECE)), types, values);
        }
        return values;
    }

    private static Class<? extends TType> type(String key, @Nullable DataType type) {
        if (type == DataType.DT_UINT8) {
            return TUint8.class;
        }
        if (type == DataType.DT_FLOAT) {
            return TFloat32.class;
        }
        throw new IllegalArgumentException("its variable %s is of type %s".formatted(key, type));
    }

    private void read(
            List<String> keys, Map<String, DataType> known, Map<String, TensorProto> values) {
        try (TString keysTensor = TString.vectorOf(keys.toArray(new String[0]));
                Graph graph = new Graph();
                Session session = new Session(graph, TensorFlowProcess.literalConfig())) {
            Ops tf = Ops.create(graph);
            Operand<TString> names = tf.constantOf(keysTensor);
            Operand<TString> whole = tf.zerosLike(names);
            Operand<TString> file = tf.constant(prefix);
            List<Class<? extends TType>> types = new ArrayList<>();
            keys.forEach(key -> types.add(type(key, known.get(key))));
            var restored = tf.train.restore(file, names, whole, types);
            Session.Runner runner = session.runner();
            restored.tensors().forEach(runner::fetch);
            try (Result result = runner.run()) {
                for (int i = 0; i < keys.size(); i++) {
                    values.put(keys.get(i), proto(result.get(i)));
                }
            }
        }
    }

    private static TensorProto proto(Tensor tensor) {
        return TensorProto.newBuilder()
                .setDtype(tensor.dataType())
                .setTensorShape(shape(tensor.shape()))
                .setTensorContent(ByteString.copyFrom(TensorMemory.of(tensor)))
                .build();
    }

    private static TensorShapeProto shape(Shape shape) {
        TensorShapeProto.Builder proto = TensorShapeProto.newBuilder();
        for (long size : shape.asArray()) {
            proto.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
        }
        return proto.build();
    }
}
