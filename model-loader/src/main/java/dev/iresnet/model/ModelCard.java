package dev.iresnet.model;

import dev.iresnet.image.Preprocessing;
import java.util.List;
import java.util.Optional;

/**
 * What {@code assets.extra/model.json} says of a model.
 *
 * @param labels by class index
 * @param preprocessing picture to input
 * @param network that it was built from; empty for a SavedModel of foreign make
 * @param source of the weights, if it was a file
 */
public record ModelCard(
        List<String> labels,
        Preprocessing preprocessing,
        Optional<Network> network,
        Optional<Provenance> source) {

    public ModelCard {
        labels = List.copyOf(labels);
        int count = labels.size();
        if (count == 0) {
            throw new IllegalArgumentException("a model needs at least one label");
        }
        network.map(known -> known.architecture().classes())
                .filter(classes -> classes != count)
                .ifPresent(
                        classes -> {
                            throw new IllegalArgumentException(
                                    "%d labels for a network of %d classes"
                                            .formatted(count, classes));
                        });
    }
}
