package dev.iresnet.cli.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.cli.CommandRun;
import dev.iresnet.model.DetectionRule;
import dev.iresnet.model.Task;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.training.detection.DrawnPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainDetectorTest {
    @TempDir private Path folder;
    private Path pictures = Path.of("");
    private Path output = Path.of("");

    @BeforeEach
    void draw() throws IOException {
        pictures = folder.resolve("drawn");
        output = folder.resolve("boxes");
        DrawnPictures.write(pictures, 4);
    }

    @Test
    void makesADetectorThatTellsWhatItWasTrainedOn() throws IOException {
        CommandRun run =
                train("--network ssd300-iresnet18 --width 4 --batch 2 --steps 2 --validation 0.25");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("ssd300-iresnet18, mAP@0.5 ");
        ModelDirectory model = ModelDirectory.open(output);
        assertThat(model.card().task()).isEqualTo(Task.DETECTION);
        assertThat(model.card().labels()).isEqualTo(DrawnPictures.LABELS);
        assertThat(model.card().detection()).contains(DetectionRule.SSD300);
        assertThat(model.card().preprocessing().width()).isEqualTo(300);
        assertThat(model.card().source().orElseThrow().training())
                .containsEntry("pictures", "3")
                .containsEntry("validation-pictures", "1")
                .containsEntry("augment", "full")
                .containsEntry("schedule", "ssd")
                .containsEntry("nesterov", "false")
                .containsEntry("learning-rate", String.valueOf(2.6e-3 * 2 / 32))
                .containsKey("mAP@0.5");
        List<String> log = Files.readAllLines(output.resolve("training/log.jsonl"));
        JsonNode last = new ObjectMapper().readTree(log.get(log.size() - 1));
        assertThat(last.has("validationMap50")).isTrue();
        assertThat(output.resolve("training/curve.png")).exists();

        CommandRun again = train("--from " + output + " --batch 2 --steps 1 --validation 0");
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.err()).doesNotContain("begins anew");
        assertThat(ModelDirectory.open(output).card().network()).isEqualTo(model.card().network());
    }

    @ParameterizedTest
    @CsvSource({
        "--network cifar-iresnet14 --split x.txt,--annotations",
        "--network resgroup50 --width 4,come in one width only",
        "--network ssd300-iresnet18 --augment shift,none mirror unmirrored or full",
        "--network ssd300-iresnet18 --freeze backbone,--freeze is for classifiers",
        "--network ssd300-iresnet18 --mixup 0.2,are for classifiers",
        "--network ssd300-iresnet18 --annotations none.json,no such file"
    })
    void refusesWhatDoesNotFitTogether(String arguments, String told) {
        CommandRun run = train(arguments);
        assertThat(run.exitCode()).isNotZero();
        assertThat(run.err().replace(",", "")).contains(told);
        assertThat(output.resolve("1")).doesNotExist();
    }

    @Test
    void takesCocosAnnotationsAndThoseOfAnotherDirectory() throws IOException {
        Path coco = folder.resolve("instances.json");
        Files.writeString(
                coco,
                """
                {"categories": [{"id": 7, "name": "zebra"}, {"id": 9, "name": "ant"}],
                 "images": [{"id": 1, "file_name": "0.png"}, {"id": 2, "file_name": "1.png"}],
                 "annotations": [
                   {"id": 1, "image_id": 1, "category_id": 9, "bbox": [10, 10, 50, 50]},
                   {"id": 2, "image_id": 2, "category_id": 7, "bbox": [20, 10, 50, 60]},
                   {"id": 3, "image_id": 2, "category_id": 7, "bbox": [20, 10, 0, 60]}]}""");

        CommandRun run =
                train(
                        "--network ssd300-resnet18 --width 4 --batch 2 --steps 1 --annotations "
                                + coco
                                + " --validation "
                                + pictures
                                + " --validation-annotations "
                                + coco);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(ModelDirectory.open(output).card().labels()).containsExactly("zebra", "ant");
        assertThat(run.err())
                .contains("Annotated boxes without an area: 1, for example in " + pictures)
                .contains("at most one object to train zebra, ant with")
                .contains("2 of 2 validation pictures are equal to training pictures");
    }

    private CommandRun train(String arguments) {
        List<String> all = new ArrayList<>(List.of("train", pictures.toString()));
        all.addAll(List.of(arguments.split(" ")));
        all.addAll(List.of("--output", output.toString()));
        return CommandRun.of(all.toArray());
    }
}
