package dev.iresnet.model.export;

import dev.iresnet.model.ModelException;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.tensorflow.TensorFlowProcess;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Inventory;
import dev.iresnet.zoo.Weight;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;

/** The weights of a model that {@link ModelExporter} wrote, as float32 however they are stored. */
public final class SavedWeights implements WeightSource, AutoCloseable {
    private final Map<String, Weight> weights;
    private final SavedModelBundle bundle;

    private SavedWeights(Architecture network, SavedModelBundle bundle) {
        this.weights =
                Inventory.weights(network).stream()
                        .collect(Collectors.toMap(Weight::key, Function.identity()));
        this.bundle = bundle;
    }

    /**
     * Loads them.
     *
     * @throws ModelException if the model was not built from a known network
     */
    public static SavedWeights open(ModelDirectory model) {
        Architecture network =
                model.card()
                        .network()
                        .orElseThrow(
                                () ->
                                        new ModelException(
                                                model.path()
                                                        + " was not built from a known network"))
                        .architecture();
        TensorFlowProcess.device();
        return new SavedWeights(
                network,
                SavedModelBundle.loader(model.path().toString())
                        .withConfigProto(TensorFlowProcess.literalConfig())
                        .load());
    }

    @Override
    public float[] read(String key) {
        Weight weight = Objects.requireNonNull(weights.get(key), key);
        try (Result result = bundle.session().runner().fetch(key).run()) {
            return WeightTransfer.toTorch(weight, result.get(0));
        }
    }

    @Override
    public void close() {
        bundle.close();
    }
}
