package dev.iresnet.benchmark.piece;

import dev.iresnet.benchmark.worker.Worker;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.card.ModelCard;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.card.Network;
import dev.iresnet.model.export.ModelExporter;
import dev.iresnet.model.export.SeededWeights;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Head;
import dev.iresnet.zoo.Inventory;
import dev.iresnet.zoo.Networks;
import dev.iresnet.zoo.ReluForm;
import dev.iresnet.zoo.Window;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;

/** Makes a model of random weights: it computes as long as a trained one. */
public final class ModelMaker implements Worker<ModelMaker.Task> {
    private static final long SEED = 1;

    /**
     * Which, and where.
     *
     * @param network as {@code iresnet create} takes it
     * @param directory of the model, without a version
     */
    public record Task(String network, String directory) {}

    /**
     * A model directory.
     *
     * @param path of a version
     * @param macs multiply-accumulates an image
     */
    public record Made(String path, double macs) {}

    /** What was {@link Made}. */
    @Override
    public Object answer(Task task) throws IOException {
        Architecture architecture = Networks.named(task.network());
        Preprocessing rule =
                architecture.head() instanceof Head.Ssd ssd
                        ? Preprocessing.IMAGENET.stretchedTo(ssd.boxes().side())
                        : Preprocessing.IMAGENET;
        ModelCard card =
                ModelCard.of(
                        new Network(architecture, ReluForm.AUTHORS),
                        IntStream.range(0, architecture.classes())
                                .mapToObj(i -> "class " + i)
                                .toList(),
                        rule,
                        Optional.empty());
        Path path = Path.of(task.directory());
        ModelDirectory made =
                path.toFile().exists()
                        ? ModelDirectory.open(path)
                        : ModelExporter.export(card, new SeededWeights(architecture, SEED), path);
        return new Made(
                made.path().toString(),
                Inventory.of(architecture, new Window(1, rule.height(), rule.width())).macs());
    }
}
