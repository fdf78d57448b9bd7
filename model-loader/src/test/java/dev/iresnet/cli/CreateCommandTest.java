package dev.iresnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.image.Preprocessing.Resize;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.zoo.ReluForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CreateCommandTest {
    @TempDir private Path models;

    private CommandRun create(Object... arguments) {
        Object[] all = new Object[arguments.length + 3];
        all[0] = "create";
        all[1] = "--output";
        all[2] = models.resolve("made");
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return CommandRun.of(all);
    }

    private ModelDirectory made() {
        return ModelDirectory.open(models.resolve("made"));
    }

    @Test
    void writesTheNextVersionOfAModel() {
        CommandRun first = create("cifar-resnet20");
        CommandRun second = create("cifar-resnet20", "--seed", 2);

        assertThat(first.exitCode()).isZero();
        assertThat(first.out()).contains("made/1: cifar-resnet20, random weights of seed 1");
        assertThat(second.out()).contains("made/2: cifar-resnet20, random weights of seed 2");
        assertThat(made().version()).isEqualTo(2);
        assertThat(made().card().labels()).hasSize(10);
        assertThat(made().digest())
                .isNotEqualTo(ModelDirectory.open(models.resolve("made/1")).digest());
    }

    @Test
    void namesImageNetsClasses() {
        CommandRun run =
                create(
                        "cifar-resnet20",
                        "--classes",
                        1000,
                        "--labels",
                        "imagenet",
                        "--width-factor",
                        1);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(made().card().labels())
                .hasSize(1000)
                .startsWith("tench")
                .endsWith("toilet tissue");
    }

    @Test
    void equalSeedsGiveEqualModels() {
        create("cifar-resnet20", "--seed", 5);
        create("cifar-resnet20", "--seed", 5);

        assertThat(made().digest())
                .isEqualTo(ModelDirectory.open(models.resolve("made/1")).digest());
    }

    @Test
    void takesClassesLabelsWidthsAndForm() throws IOException {
        Path labels = Files.writeString(models.resolve("labels.txt"), "yes\nno\n");
        CommandRun run =
                create(
                        "CIFAR-iResNet20",
                        "--classes",
                        2,
                        "--labels",
                        labels,
                        "--width-factor",
                        2,
                        "--relu",
                        "paper");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(made().card().labels()).containsExactly("yes", "no");
        assertThat(made().card().network())
                .hasValueSatisfying(
                        network -> {
                            assertThat(network.reluForm()).isEqualTo(ReluForm.PAPER);
                            assertThat(network.architecture().backbone().stages().get(2).width())
                                    .isEqualTo(128);
                        });
    }

    @Test
    void smallNetworksTakeSmallPictures() {
        create("cifar-resnet20");
        assertThat(made().card().preprocessing().width()).isEqualTo(32);
        assertThat(made().card().preprocessing().resize()).isEqualTo(Resize.STRETCH);

        create("cifar-resnet20", "--input-size", 64);
        assertThat(made().card().preprocessing().height()).isEqualTo(64);
        assertThat(made().card().preprocessing().resize()).isEqualTo(Resize.STRETCH);

        create("iresnet18");
        assertThat(made().card().preprocessing()).isEqualTo(Preprocessing.IMAGENET);
    }

    @Test
    void tellsWhichNetworksThereAre() {
        CommandRun depth = create("iresnet51");
        assertThat(depth.exitCode()).isEqualTo(2);
        assertThat(depth.err()).contains("iresnet has no depth 51; its depths are [18, 34, 50");

        CommandRun family = create("alexnet8");
        assertThat(family.exitCode()).isEqualTo(2);
        assertThat(family.err()).contains("the families are resnet");
        assertThat(models).isEmptyDirectory();
    }

    @Test
    void refusesLabelsThatDoNotFit() throws IOException {
        Path labels = Files.writeString(models.resolve("labels.txt"), "yes\nno\n");
        CommandRun run = create("cifar-resnet20", "--labels", labels);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("2 labels, the network has 10 classes");
    }

    @Test
    void refusesAClassifierOfOneClass() {
        CommandRun run = create("cifar-resnet20", "--classes", 1);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--classes must be 2 or more, got 1: the softmax over one");
        assertThat(models).isEmptyDirectory();
    }
}
