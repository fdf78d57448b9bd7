package dev.iresnet.weights;

import dev.iresnet.weights.PickleValue.Dict;
import dev.iresnet.weights.PickleValue.Storage;
import dev.iresnet.weights.PickleValue.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tensors of a pickled state dict, bare or inside a training script's dict. */
final class StateDict {
    /** Where training scripts keep it: PyTorch's own examples; torchvision's; many others. */
    private static final List<String> WRAPPERS = List.of("state_dict", "model", "model_state_dict");

    private final MappedFile file;
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    /**
     * @param root what the pickle holds
     */
    StateDict(MappedFile file, Object root) {
        this.file = file;
        unwrap(root).entries().forEach(this::add);
        if (tensors.isEmpty()) {
            throw file.refuse("holds no tensors. " + PickleInput.SAVE_STATE_DICT);
        }
    }

    /** Puts each tensor into the place that {@code storages} gives for its storage. */
    Map<String, StoredTensor> stored(Storages storages) {
        Map<String, StoredTensor> stored = new LinkedHashMap<>();
        tensors.forEach((key, tensor) -> stored.put(key, store(key, tensor, storages)));
        return stored;
    }

    private Dict unwrap(Object root) {
        if (!(root instanceof Dict dict)) {
            throw file.refuse("holds no dict of tensors. " + PickleInput.SAVE_STATE_DICT);
        }
        for (String wrapper : WRAPPERS) {
            if (dict.entries().get(wrapper) instanceof Dict inner) {
                return inner;
            }
        }
        return dict;
    }

    private void add(Object key, Object value) {
        if (!(key instanceof String name) || !(value instanceof Tensor tensor)) {
            throw file.refuse(
                    "entry "
                            + key
                            + " of the state dict is not a named tensor. "
                            + PickleInput.SAVE_STATE_DICT);
        }
        tensors.put(name, tensor);
    }

    private StoredTensor store(String key, Tensor tensor, Storages storages) {
        Storage storage = tensor.storage();
        Region region = storages.region(storage);
        requireView(key, storage, region);
        return new StoredTensor(
                key,
                region,
                storage.dtype(),
                storage.viewOffset() + requireNatural(key, tensor.offset()),
                file.shape(key, tensor.sizes()),
                tensor.strides());
    }

    private void requireView(String key, Storage storage, Region region) {
        long stored = region.length() / storage.dtype().bytes();
        long offset = requireNatural(key, storage.viewOffset());
        if (storage.elements() > stored
                || requireNatural(key, storage.viewElements()) > storage.elements() - offset) {
            throw file.refuse(
                    "tensor %s: storage %s claims %d elements, the file holds %d of them"
                            .formatted(key, storage.key(), storage.elements(), stored));
        }
    }

    private long requireNatural(String key, long number) {
        if (number < 0) {
            throw file.refuse("tensor " + key + ": negative size or offset " + number);
        }
        return number;
    }

    /** How a container finds the bytes of a storage. */
    interface Storages {
        Region region(Storage storage);
    }
}
