package dev.iresnet.cli.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Stack;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/** SavedModels without variables, as another program could have written them. */
final class HandMade {
    private HandMade() {}

    /** Made of a placeholder for pictures of any size. */
    interface Body extends BiFunction<Ops, Operand<TUint8>, Map<String, Operand<?>>> {}

    /**
     * Writes one.
     *
     * @param batch size of its batches, or -1
     */
    static Path write(Path folder, long batch, Body body) throws IOException {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Placeholder<TUint8> image =
                    tf.withName("image")
                            .placeholder(
                                    TUint8.class, Placeholder.shape(Shape.of(batch, -1, -1, 3)));
            SignatureDef.Builder signature =
                    SignatureDef.newBuilder().putInputs("input_tensor", info(image));
            body.apply(tf, image).forEach((name, of) -> signature.putOutputs(name, info(of)));
            MetaGraphDef.Builder meta =
                    MetaGraphDef.newBuilder()
                            .setGraphDef(graph.toGraphDef())
                            .putSignatureDef("serving_default", signature.build());
            meta.getMetaInfoDefBuilder().addTags("serve");
            Files.createDirectories(folder);
            Files.write(
                    folder.resolve("saved_model.pb"),
                    SavedModel.newBuilder().addMetaGraphs(meta).build().toByteArray());
        }
        return folder;
    }

    private static TensorInfo info(Operand<?> of) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        Shape known = of.asOutput().shape();
        shape.setUnknownRank(known.isUnknown());
        for (int axis = 0; axis < known.numDimensions(); axis++) {
            shape.addDimBuilder().setSize(known.get(axis));
        }
        return TensorInfo.newBuilder()
                .setName(of.op().name() + ":" + of.asOutput().index())
                .setDtype(DataType.forNumber(of.asOutput().dataType().getNumber()))
                .setTensorShape(shape)
                .build();
    }

    /**
     * A detector whose one box, in TensorFlow's order, is around all pixels brighter than half.
     *
     * @param number of its class
     */
    static Map<String, Operand<?>> bright(Ops tf, Operand<TUint8> image, float number) {
        Operand<TFloat32> bright =
                tf.dtypes.cast(
                        tf.math.greater(
                                tf.math.mean(
                                        tf.dtypes.cast(image, TFloat32.class),
                                        tf.constant(new int[] {3})),
                                tf.constant(127f)),
                        TFloat32.class);
        Operand<TFloat32> rows = tf.max(bright, tf.constant(new int[] {2}));
        Operand<TFloat32> columns = tf.max(bright, tf.constant(new int[] {1}));
        Operand<TFloat32> any = tf.max(columns, tf.constant(new int[] {1}));
        Operand<TFloat32> corners =
                tf.stack(
                        List.of(
                                first(tf, rows),
                                first(tf, columns),
                                last(tf, rows),
                                last(tf, columns)),
                        Stack.axis(1L));
        return Map.of(
                "detection_boxes",
                tf.expandDims(corners, tf.constant(1)),
                "detection_scores",
                tf.expandDims(tf.math.mul(any, tf.constant(0.75f)), tf.constant(1)),
                "detection_classes",
                tf.expandDims(
                        tf.math.add(tf.math.mul(any, tf.constant(0f)), tf.constant(number)),
                        tf.constant(1)),
                "num_detections",
                tf.dtypes.cast(any, TInt32.class),
                "detection_masks",
                tf.withName("masks").identity(bright));
    }

    /** Start of the first that is set, in 0..1. */
    private static Operand<TFloat32> first(Ops tf, Operand<TFloat32> set) {
        Operand<TInt32> sides = tf.shape(set);
        Operand<TInt32> side = tf.gather(sides, tf.constant(1), tf.constant(0));
        return tf.math.div(
                tf.dtypes.cast(tf.math.argMax(set, tf.constant(1)), TFloat32.class),
                tf.dtypes.cast(side, TFloat32.class));
    }

    /** End of the last that is set, in 0..1. */
    private static Operand<TFloat32> last(Ops tf, Operand<TFloat32> set) {
        return tf.math.sub(tf.constant(1f), first(tf, tf.reverse(set, tf.constant(new int[] {1}))));
    }
}
