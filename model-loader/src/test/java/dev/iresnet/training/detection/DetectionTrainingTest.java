package dev.iresnet.training.detection;

import static dev.iresnet.training.TrainingRuns.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.card.ModelCard;
import dev.iresnet.model.card.Network;
import dev.iresnet.model.export.ModelExporter;
import dev.iresnet.model.export.WeightSource;
import dev.iresnet.training.Augmentation;
import dev.iresnet.training.FirstWeights;
import dev.iresnet.training.LearningPictures.Prepared;
import dev.iresnet.training.Schedule;
import dev.iresnet.training.Training;
import dev.iresnet.training.TrainingException;
import dev.iresnet.training.TrainingPlan;
import dev.iresnet.training.TrainingPlan.Pace;
import dev.iresnet.training.TrainingPlan.Variation;
import dev.iresnet.training.descent.Optimisation;
import dev.iresnet.training.detection.DetectionPictures.Part;
import dev.iresnet.training.detection.DetectionPictures.Source;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Family;
import dev.iresnet.zoo.Inventory;
import dev.iresnet.zoo.Networks;
import dev.iresnet.zoo.ReluForm;
import dev.iresnet.zoo.Weight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectionTrainingTest {
    private static final Network NETWORK =
            new Network(Networks.ssd300(Family.IRESNET, 18, 4).withClasses(2), ReluForm.PAPER);
    private static final Preprocessing RULE = Preprocessing.IMAGENET.stretchedTo(300);

    @TempDir private Path folder;

    @BeforeEach
    void draw() throws IOException {
        DrawnPictures.write(folder.resolve("drawn"), 4);
    }

    @Test
    void learnsFourPicturesByHeart() throws IOException {
        Part drawn = part(Optional.empty());
        Path order =
                Files.writeString(
                        folder.resolve("order.txt"), "0.png\n1.png\n2.png\n3.png\n".repeat(40));
        Prepared pictures =
                pictures(
                        new Source(drawn, Optional.of(order), Optional.of(drawn), 0),
                        Augmentation.NONE);
        TrainingPlan plan =
                plan(80, 4, 0.03, new Variation(true, false, Augmentation.NONE, 0, 0), 0);

        Training.Result result = run(training(plan, pictures, "heart"), true, 1000);

        assertThat(log("heart").stream().filter(line -> line.contains("validationMap50")))
                .hasSize(2);
        assertThat(result.score().orElseThrow()).isGreaterThan(0.9);
    }

    @Test
    void goesOnToTheSameBitsAfterABreak() throws IOException {
        Prepared pictures =
                pictures(
                        new Source(
                                part(Optional.empty()), Optional.empty(), Optional.empty(), 0.25),
                        Augmentation.FULL);
        TrainingPlan plan =
                plan(4, 2, 0.01, new Variation(false, false, Augmentation.FULL, 0, 0), 0.9f);
        Training whole = training(plan, pictures, "whole");
        assertThat(run(whole, true, 100).finished()).isTrue();

        Training broken = training(plan, pictures, "broken");
        assertThat(run(broken, true, 2).finished()).isFalse();
        assertThat(run(broken, false, 100).finished()).isTrue();

        for (Weight weight : Inventory.weights(NETWORK.architecture())) {
            assertThat(broken.last().read(weight.key()))
                    .as(weight.key())
                    .isEqualTo(whole.last().read(weight.key()));
        }
        assertThat(log("broken")).isEqualTo(log("whole")).hasSize(8);
        assertThat(log("whole").get(1)).contains("validationMap50");
    }

    @Test
    void takesTheFirstWeightsOfAClassifierForTheBackboneAlone() throws IOException {
        Architecture classifier = Networks.imageNet(Family.IRESNET, 18);
        WeightSource random =
                FirstWeights.random(new Network(classifier, ReluForm.PAPER), 5).values();
        Path model = folder.resolve("classifier");
        ModelExporter.export(
                new ModelCard(
                        IntStream.range(0, 1000).mapToObj(i -> "class " + i).toList(),
                        Preprocessing.IMAGENET,
                        Optional.of(new Network(classifier, ReluForm.PAPER)),
                        Optional.empty()),
                random,
                model);

        FirstWeights first =
                FirstWeights.of(
                        model,
                        new FirstWeights.Wanted(
                                DrawnPictures.LABELS, Optional.empty(), Optional.empty(), true, 1));

        assertThat(first.network().architecture())
                .isEqualTo(Networks.ssd300(Family.IRESNET, 18).withClasses(2));
        assertThat(first.newHead()).isTrue();
        assertThat(first.rule().orElseThrow()).isEqualTo(RULE);
        assertThat(first.values().read("layer3.1.conv2.weight"))
                .isEqualTo(random.read("layer3.1.conv2.weight"));
        // the classifier's shortcut has a pool before its convolution
        assertThat(first.values().read("layer3.0.downsample.0.weight"))
                .isEqualTo(random.read("layer3.0.downsample.1.weight"));
        assertThat(first.values().read("layer3.0.downsample.1.running_var"))
                .isEqualTo(random.read("layer3.0.downsample.2.running_var"));
        assertThat(first.values().read("conf.0.weight")).isNotEmpty();
        Optional<Architecture> narrow = Optional.of(Networks.named("ssd300-iresnet18", 32));
        assertThatThrownBy(
                        () ->
                                FirstWeights.of(
                                        model,
                                        new FirstWeights.Wanted(
                                                DrawnPictures.LABELS,
                                                narrow,
                                                Optional.empty(),
                                                true,
                                                1)))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("needs conv1.weight of shape [32, 3, 7, 7]");
    }

    @Test
    void takesTheSplitsAndTheOrderThatListsName() throws IOException {
        Path split = Files.writeString(folder.resolve("train.txt"), "2\n0\n");
        Path other = Files.writeString(folder.resolve("val.txt"), "1\n");
        Source source =
                new Source(
                        part(Optional.of(split)),
                        Optional.empty(),
                        Optional.of(part(Optional.of(other))),
                        0);
        Prepared pictures = pictures(source, Augmentation.NONE);
        assertThat(pictures.trainingCount()).isEqualTo(2);
        assertThat(pictures.validationCount()).isEqualTo(1);
        assertThat(pictures.facts())
                .containsEntry("objects", "4")
                .containsEntry("validation", "val.txt")
                .containsKey("validation-sha256");

        Path order = Files.writeString(folder.resolve("order.txt"), "3.png\n1.png\n3.png\n");
        Source listed = new Source(part(Optional.empty()), Optional.of(order), Optional.empty(), 0);
        assertThat(pictures(listed, Augmentation.NONE).trainingCount()).isEqualTo(3);

        Path wrong = Files.writeString(folder.resolve("wrong.txt"), "7\n");
        Source absent = new Source(part(Optional.of(wrong)), Optional.empty(), Optional.empty(), 0);
        assertThatThrownBy(() -> pictures(absent, Augmentation.NONE))
                .hasMessageContaining("names 1 pictures, of which 0 are there");
    }

    @Test
    void changesTheDigestWithAnAnnotation() throws IOException {
        Source source = new Source(part(Optional.empty()), Optional.empty(), Optional.empty(), 0);
        String before = pictures(source, Augmentation.NONE).digest();
        Path file = folder.resolve("drawn/0.xml");
        Files.writeString(file, Files.readString(file).replaceFirst("<xmin>\\d+", "<xmin>1"));
        assertThat(pictures(source, Augmentation.NONE).digest()).isNotEqualTo(before);
    }

    private Part part(Optional<Path> split) {
        return new Part(folder.resolve("drawn"), folder.resolve("drawn"), split);
    }

    private Prepared pictures(Source source, Augmentation augmentation) throws IOException {
        DetectionPictures read = DetectionPictures.read(source, 1, (path, e) -> {});
        assertThat(read.labels()).isEqualTo(DrawnPictures.LABELS);
        return read.decode(
                RULE, augmentation, folder.resolve("store"), 2, (path, e) -> {}, done -> {});
    }

    private static TrainingPlan plan(
            long steps, int batch, double rate, Variation variation, float average) {
        return new TrainingPlan(
                NETWORK,
                RULE,
                new Optimisation(0.9f, false, 5e-4f, 10, average),
                new Pace(batch, steps, rate, Schedule.SSD, 5),
                variation,
                false,
                1);
    }

    private Training training(TrainingPlan plan, Prepared pictures, String name) {
        Path directory = folder.resolve(name);
        return new Training(
                plan,
                pictures,
                FirstWeights.random(NETWORK, 1).values(),
                Map.of(),
                directory,
                directory.resolve("log.jsonl"));
    }

    private List<String> log(String name) throws IOException {
        return Files.readAllLines(folder.resolve(name).resolve("log.jsonl")).stream()
                .map(line -> line.replaceAll(",\"imagesPerSecond\":[^}]*", ""))
                .toList();
    }
}
