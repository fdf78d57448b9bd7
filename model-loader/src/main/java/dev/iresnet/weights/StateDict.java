package dev.iresnet.weights;

import dev.iresnet.weights.MappedFile.Region;
import dev.iresnet.weights.NetworkKeys.TensorDict;
import dev.iresnet.weights.PickleValue.Container;
import dev.iresnet.weights.PickleValue.Dict;
import dev.iresnet.weights.PickleValue.Opaque;
import dev.iresnet.weights.PickleValue.Sequence;
import dev.iresnet.weights.PickleValue.Storage;
import dev.iresnet.weights.PickleValue.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The network's tensors in a pickle, wherever in a training script's dict they are. */
final class StateDict {
    /** Levels of dicts that a state dict may lie in. */
    private static final int DEEPEST = 4;

    private static final int NAMED = 8;

    /** Where NVIDIA's SSD300 keeps the names of its classes by number, 0 for the background. */
    private static final String LABELS = "label_map";

    private final MappedFile file;
    private final List<TensorDict> dicts = new ArrayList<>();
    private final List<Map<String, Tensor>> tensors = new ArrayList<>();
    private final Set<Container> visited = Collections.newSetFromMap(new IdentityHashMap<>());
    private final NetworkKeys keys;
    private final List<String> notes;
    private final List<String> labels;

    /**
     * Looks for the network.
     *
     * @param root what the pickle holds
     * @param entry see {@link NetworkKeys#find}
     */
    StateDict(MappedFile file, Object root, Optional<String> entry) {
        this.file = file;
        if (root instanceof Opaque object) {
            throw file.refuse(
                    "holds an object, %s, not its weights; nothing was run. %s"
                            .formatted(object.name(), PickleInput.SAVE_STATE_DICT));
        }
        if (!(root instanceof Container container)) {
            throw file.refuse("holds no dict of tensors. " + PickleInput.SAVE_STATE_DICT);
        }
        collect(container, "", 0);
        if (dicts.isEmpty()) {
            throw file.refuse("holds no tensors. " + PickleInput.SAVE_STATE_DICT);
        }
        this.keys = NetworkKeys.find(file, dicts, entry);
        this.notes = new ArrayList<>(keys.notes());
        skipped(container).ifPresent(notes::add);
        this.labels = labels(container);
    }

    /** See {@link Checkpoint#labels}. */
    List<String> labels() {
        return labels;
    }

    private static List<String> labels(Container root) {
        if (!(root instanceof Dict dict && dict.entries().get(LABELS) instanceof Dict names)) {
            return List.of();
        }
        List<String> labels = new ArrayList<>();
        for (long number = 1; number < names.entries().size(); number++) {
            if (!(names.entries().get(number) instanceof String name) || name.isBlank()) {
                return List.of();
            }
            labels.add(name.strip());
        }
        return labels;
    }

    /** Sentences on what was chosen and what was left, for the user. */
    List<String> notes() {
        return notes;
    }

    /** Assigns each tensor its place in {@code storages}. */
    Map<String, StoredTensor> stored(Storages storages) {
        Map<String, Tensor> dict = tensors.get(keys.dict());
        Map<String, StoredTensor> stored = new LinkedHashMap<>();
        keys.byName()
                .forEach(
                        (name, key) -> {
                            Tensor tensor = dict.get(key);
                            if (tensor != null) {
                                stored.put(name, store(key, tensor, storages));
                            }
                        });
        return stored;
    }

    /** Each container once: through the memo one can be in many places. */
    private void collect(Container container, String place, int depth) {
        if (!visited.add(container) || depth > DEEPEST) {
            return;
        }
        Map<?, Object> entries =
                container instanceof Dict dict
                        ? dict.entries()
                        : numbered(((Sequence) container).items());
        Map<String, Tensor> found = new LinkedHashMap<>();
        Map<String, Integer> ranks = new LinkedHashMap<>();
        entries.forEach(
                (key, value) -> {
                    if (value instanceof Tensor tensor) {
                        found.put(String.valueOf(key), tensor);
                        ranks.put(String.valueOf(key), tensor.sizes().size());
                    }
                });
        if (!found.isEmpty()) {
            tensors.add(found);
            dicts.add(new TensorDict(place, ranks));
        }
        entries.forEach(
                (key, value) -> {
                    if (value instanceof Container inner) {
                        collect(inner, place.isEmpty() ? "" + key : place + "." + key, depth + 1);
                    }
                });
    }

    private static Map<Integer, Object> numbered(List<Object> items) {
        Map<Integer, Object> numbered = new LinkedHashMap<>();
        items.forEach(item -> numbered.put(numbered.size(), item));
        return numbered;
    }

    private static Optional<String> skipped(Container root) {
        if (!(root instanceof Dict dict)) {
            return Optional.empty();
        }
        List<String> objects = new ArrayList<>();
        dict.entries()
                .forEach(
                        (key, value) -> {
                            if (value instanceof Opaque object && objects.size() < NAMED) {
                                objects.add(key + " (" + object.name() + ")");
                            }
                        });
        return objects.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "Skipped what is no tensor, unread: "
                                + String.join(", ", objects).replaceAll("\\p{Cntrl}", "?"));
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
