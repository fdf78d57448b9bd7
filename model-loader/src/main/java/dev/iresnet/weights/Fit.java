package dev.iresnet.weights;

import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Inventory;
import dev.iresnet.zoo.Weight;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the tensors of a checkpoint differ from the weights of a network.
 *
 * @param network compared with
 * @param missing keys that the network needs
 * @param superfluous keys that it has no use for
 * @param misshapen keys with both shapes
 */
record Fit(
        Architecture network,
        List<String> missing,
        List<String> superfluous,
        List<String> misshapen) {
    static final String EXPORT =
            "Export the network as a SavedModel in its own framework to serve it";

    private static final int LISTED = 8;

    /** Counts training steps; of no use afterwards. */
    private static final String STEPS = ".num_batches_tracked";

    static Fit of(Architecture network, Map<String, TensorShape> shapes) {
        List<String> missing = new ArrayList<>();
        List<String> misshapen = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (Weight weight : Inventory.weights(network)) {
            known.add(weight.key());
            TensorShape shape = shapes.get(weight.key());
            if (shape == null) {
                missing.add(weight.key());
            } else if (!shape.dims().equals(weight.shape())) {
                misshapen.add(weight.key() + " " + shape + " for " + weight.shape());
            }
        }
        List<String> superfluous =
                shapes.keySet().stream()
                        .filter(key -> !known.contains(key) && !key.endsWith(STEPS))
                        .toList();
        return new Fit(network, missing, superfluous, misshapen);
    }

    boolean isExact() {
        return missing.isEmpty() && superfluous.isEmpty() && misshapen.isEmpty();
    }

    void require(String source) {
        if (!isExact()) {
            throw new CheckpointException(
                    "%s: is not a network of these families. Nearest is %s, which does not fit:"
                                    .formatted(source, network.name())
                            + list("missing", missing)
                            + list("superfluous", superfluous)
                            + list("of another shape", misshapen)
                            + ". "
                            + EXPORT);
        }
    }

    private static String list(String what, List<String> keys) {
        if (keys.isEmpty()) {
            return "";
        }
        String rest = keys.size() > LISTED ? " and " + (keys.size() - LISTED) + " more" : "";
        return "\n  "
                + what
                + ": "
                + String.join(", ", keys.subList(0, Math.min(LISTED, keys.size())))
                + rest;
    }
}
