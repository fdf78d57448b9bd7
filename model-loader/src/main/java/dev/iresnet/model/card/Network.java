package dev.iresnet.model.card;

import dev.iresnet.model.Task;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Head;
import dev.iresnet.zoo.ReluForm;

/**
 * What a set of weights belongs to.
 *
 * @param architecture of the network
 * @param reluForm that the weights were trained with
 * @param weightType how they are stored
 */
public record Network(Architecture architecture, ReluForm reluForm, WeightType weightType) {

    /** With weights that are stored as they are. */
    public Network(Architecture architecture, ReluForm reluForm) {
        this(architecture, reluForm, WeightType.FLOAT32);
    }

    /** What it is for. */
    public Task task() {
        if (architecture.head() instanceof Head.Ssd) {
            return Task.DETECTION;
        }
        return architecture.takesClips() ? Task.VIDEO_CLASSIFICATION : Task.CLASSIFICATION;
    }
}
