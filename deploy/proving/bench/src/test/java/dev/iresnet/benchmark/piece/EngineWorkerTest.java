package dev.iresnet.benchmark.piece;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.Precision;
import dev.iresnet.model.card.ModelCard;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.card.Network;
import dev.iresnet.model.export.ModelExporter;
import dev.iresnet.model.export.SeededWeights;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Family;
import dev.iresnet.zoo.Networks;
import dev.iresnet.zoo.ReluForm;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineWorkerTest {
    @TempDir private Path folder;

    @Test
    void measuresADetector() throws InterruptedException {
        EngineWorker engine =
                new EngineWorker(
                        new EngineWorker.Task(
                                detector().path().toString(), Precision.FLOAT32, 2, 0, 1));
        try {
            assertThat((double) engine.answer(new Span(0.1))).isPositive().isFinite();
        } finally {
            engine.close();
        }
    }

    private ModelDirectory detector() {
        Architecture network = Networks.ssd300(Family.IRESNET, 18, 4).withClasses(3);
        ModelCard card =
                ModelCard.of(
                        new Network(network, ReluForm.PAPER),
                        List.of("cat", "dog", "elk"),
                        Preprocessing.IMAGENET.stretchedTo(300),
                        Optional.empty());
        return ModelExporter.export(card, new SeededWeights(network, 3), folder.resolve("ssd"));
    }
}
