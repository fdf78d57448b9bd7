package dev.iresnet.training;

import static dev.iresnet.training.TrainingRuns.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.ClipRule;
import dev.iresnet.model.card.Network;
import dev.iresnet.training.TrainingPlan.Pace;
import dev.iresnet.training.TrainingPlan.Variation;
import dev.iresnet.training.descent.Optimisation;
import dev.iresnet.zoo.Inventory;
import dev.iresnet.zoo.Networks;
import dev.iresnet.zoo.ReluForm;
import dev.iresnet.zoo.Weight;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipTrainingTest {
    private static final Network NETWORK =
            new Network(Networks.named("iresnet3d18", 2).withClasses(2), ReluForm.AUTHORS);
    private static final Preprocessing RULE =
            new Preprocessing(
                    16,
                    16,
                    Preprocessing.Resize.SHORTER_SIDE_THEN_CROP,
                    16,
                    Preprocessing.IMAGENET.mean(),
                    Preprocessing.IMAGENET.std());

    @TempDir private Path folder;

    @Test
    void goesOnToTheSameBitsAfterABreak() throws IOException {
        MovingTextures.write(folder.resolve("videos"), 4, 1);
        Training whole = training("whole");
        assertThat(run(whole, true, 100).finished()).isTrue();

        Training broken = training("broken");
        assertThat(run(broken, true, 2).finished()).isFalse();
        assertThat(run(broken, false, 100).finished()).isTrue();

        for (Weight weight : Inventory.weights(NETWORK.architecture())) {
            assertThat(broken.last().read(weight.key()))
                    .as(weight.key())
                    .isEqualTo(whole.last().read(weight.key()));
        }
    }

    /** Reads the videos again, as another process does. */
    private Training training(String name) throws IOException {
        TrainingPictures.Decoded videos =
                TrainingPictures.read(
                                new TrainingPictures.Source(
                                        folder.resolve("videos"),
                                        true,
                                        Optional.empty(),
                                        Optional.empty(),
                                        0.2),
                                1,
                                (path, e) -> {})
                        .decode(
                                RULE,
                                Augmentation.UNMIRRORED,
                                folder.resolve(name),
                                2,
                                (path, e) -> {},
                                done -> {});
        TrainingPlan plan =
                new TrainingPlan(
                        NETWORK,
                        RULE,
                        Optional.of(new ClipRule(4)),
                        new Optimisation(0.9f, true, 5e-4f, 0, 0.9f),
                        new Pace(3, 5, 0.05, Schedule.COSINE, 1),
                        new Variation(false, false, Augmentation.UNMIRRORED, 0, 0.2),
                        false,
                        1);
        return new Training(
                plan,
                videos,
                FirstWeights.random(NETWORK, 1).values(),
                Map.of(),
                folder.resolve(name),
                folder.resolve(name).resolve("log.jsonl"));
    }
}
