package dev.iresnet.weights;

import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Backbone;
import dev.iresnet.zoo.BlockOrder;
import dev.iresnet.zoo.BlockStyle;
import dev.iresnet.zoo.Inventory;
import dev.iresnet.zoo.Shortcut;
import dev.iresnet.zoo.Stage;
import dev.iresnet.zoo.Stem;
import dev.iresnet.zoo.Unit;
import dev.iresnet.zoo.Weight;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checkpoints of networks that are declared, not trained. */
final class Checkpoints {
    /** A CIFAR iResNet of a few hundred weights, with every kind of block. */
    static final Architecture TINY =
            new Backbone(
                            new Stem(Stem.Form.CIFAR, 2),
                            new BlockStyle(Unit.BASIC, BlockOrder.STAGED, Shortcut.POOLED),
                            List.of(new Stage(3, 2, 1, 2), new Stage(2, 4, 1, 4)))
                    .classifier(3);

    private Checkpoints() {}

    static Map<String, TensorShape> shapes(Architecture network) {
        Map<String, TensorShape> shapes = new LinkedHashMap<>();
        for (Weight weight : Inventory.weights(network)) {
            shapes.put(weight.key(), new TensorShape(weight.shape()));
            if (weight.key().endsWith(".running_var")) {
                shapes.put(
                        weight.key().replace("running_var", "num_batches_tracked"),
                        TensorShape.of());
            }
        }
        return shapes;
    }

    static List<SavedTensor> tensors(Architecture network) {
        return shapes(network).entrySet().stream()
                .map(
                        e -> {
                            double[] values = new double[e.getValue().elements()];
                            for (int i = 0; i < values.length; i++) {
                                values[i] = 0.5 + 0.01 * (i % 7);
                            }
                            return SavedTensor.of(
                                    e.getKey(),
                                    e.getValue().rank() == 0 ? Dtype.INT64 : Dtype.FLOAT32,
                                    e.getValue().dims(),
                                    values);
                        })
                .toList();
    }
}
