package dev.iresnet.weights;

import dev.iresnet.zoo.Architecture;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a checkpoint's keys and shapes say of its network.
 *
 * @param network the one that is assumed
 * @param alternatives others with the very same keys and shapes, which only an input with known
 *     logits can tell apart; empty for most networks
 * @param grey whether the checkpoint's first convolution takes one channel; the network's takes
 *     three
 */
public record Recognition(Architecture network, List<Architecture> alternatives, boolean grey) {
    public Recognition {
        alternatives = List.copyOf(alternatives);
    }

    /** All that fit, the one that is assumed first. */
    public List<Architecture> candidates() {
        return Stream.concat(Stream.of(network), alternatives.stream()).toList();
    }

    /** The same for another number of outputs. */
    public Recognition withClasses(int count) {
        return new Recognition(
                network.withClasses(count),
                alternatives.stream().map(other -> other.withClasses(count)).toList(),
                grey);
    }
}
