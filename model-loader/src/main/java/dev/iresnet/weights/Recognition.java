package dev.iresnet.weights;

import dev.iresnet.zoo.Architecture;
import java.util.List;

/**
 * What a checkpoint's keys and shapes say of its network.
 *
 * @param network the one that is assumed
 * @param alternatives others with the very same keys and shapes, which only an input with known
 *     logits can tell apart; empty for most networks
 */
public record Recognition(Architecture network, List<Architecture> alternatives) {
    public Recognition {
        alternatives = List.copyOf(alternatives);
    }
}
