package dev.iresnet.job;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.DetectionRule;
import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.ModelException;
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

class SavedModelSourceTest {
    @TempDir Path folder;

    @Test
    void aDetectorIsRefusedBeforeTheFirstFrame() {
        Architecture network = Networks.ssd300(Family.IRESNET, 18, 8).withClasses(2);
        ModelCard card =
                ModelCard.of(
                                new Network(network, ReluForm.PAPER),
                                List.of("cat", "dog"),
                                Preprocessing.IMAGENET.stretchedTo(300),
                                Optional.empty())
                        .withDetection(new DetectionRule(0.2f, 0.4f, 50, 100));
        ModelDirectory detector =
                ModelExporter.export(card, new SeededWeights(network, 3), folder.resolve("ssd"));

        assertThatThrownBy(() -> new SavedModelSource().load(detector.path(), new LoadOptions(1)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("is a model for DETECTION")
                .hasMessageContaining("CLASSIFICATION only");
    }
}
