package dev.iresnet.cli;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.image.Preprocessing.Resize;
import dev.iresnet.model.card.ModelCard;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.card.Network;
import dev.iresnet.model.export.ModelExporter;
import dev.iresnet.model.export.SeededWeights;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Networks;
import dev.iresnet.zoo.ReluForm;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A small network that was never trained, and pictures for it. */
public final class TestModels {
    public static final Preprocessing RULE =
            new Preprocessing(
                    24,
                    24,
                    Resize.STRETCH,
                    0,
                    List.of(0.5f, 0.5f, 0.5f),
                    List.of(0.25f, 0.25f, 0.25f));

    private TestModels() {}

    public static ModelDirectory export(Path name) {
        Architecture network = Networks.named("cifar-iresnet20").withClasses(4);
        ModelCard card =
                new ModelCard(
                        List.of("north", "east", "south", "west"),
                        RULE,
                        Optional.of(new Network(network, ReluForm.PAPER)),
                        Optional.empty());
        return ModelExporter.export(card, new SeededWeights(network, 7), name);
    }
}
