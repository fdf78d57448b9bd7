package dev.iresnet.model.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.file.Sha256;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Task;
import dev.iresnet.model.TestModels;
import dev.iresnet.zoo.ReluForm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs without native code: the graph and the variables are just bytes here. */
class ModelDirectoryTest {
    @TempDir Path folder;
    Path version;

    @BeforeEach
    void write() throws IOException {
        version = folder.resolve("camera-net/3");
        Files.createDirectories(version.resolve("variables"));
        Files.createDirectories(version.resolve("assets.extra"));
        Files.writeString(version.resolve("saved_model.pb"), "graph");
        Files.writeString(version.resolve("variables/variables.index"), "index");
        card(ModelCardJson.write(TestModels.card(TestModels.small(), ReluForm.AUTHORS)));
    }

    private void card(String json) throws IOException {
        Files.writeString(version.resolve("assets.extra/model.json"), json);
        Checksums.write(version);
    }

    @Test
    void publishesNothingThatAReaderWouldRefuse() throws IOException {
        ModelCard sound = TestModels.card(TestModels.small(), ReluForm.AUTHORS);
        List<String> labels = new ArrayList<>(sound.labels());
        labels.set(3, " ");
        ModelCard card =
                new ModelCard(labels, sound.preprocessing(), sound.network(), sound.source());
        Path model = folder.resolve("new");

        assertThatThrownBy(
                        () ->
                                VersionWriter.write(
                                        model,
                                        card,
                                        aside -> Files.writeString(aside.resolve("a"), "graph")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("labels[3] must be a text that is not blank");
        assertThat(model).doesNotExist();
    }

    @Test
    void opensASoundDirectory() throws IOException {
        ModelDirectory directory = ModelDirectory.open(folder.resolve("camera-net"));

        assertThat(directory.name()).isEqualTo("camera-net");
        assertThat(directory.version()).isEqualTo(3);
        assertThat(directory.digest())
                .isEqualTo(Sha256.of(version.resolve("assets.extra/SHA256SUMS")));
        assertThat(directory.description().labels()).hasSize(10);
    }

    @Test
    void takesTheHighestNumberNotTheLastName() throws IOException {
        Files.move(version, folder.resolve("camera-net/10"));
        Files.createDirectories(folder.resolve("camera-net/9"));
        Files.createDirectories(folder.resolve("camera-net/backup"));

        assertThat(ModelDirectory.open(folder.resolve("camera-net")).version()).isEqualTo(10);
    }

    @Test
    void theDigestOfTheWeightsCoversAllTheirFiles() throws IOException {
        Files.writeString(version.resolve("variables/variables.data-00000-of-00002"), "one");
        Files.writeString(version.resolve("variables/variables.data-00001-of-00002"), "two");
        Checksums.write(version);

        assertThat(ModelDirectory.open(version).weightsDigest())
                .isEqualTo(Sha256.of("onetwo".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void writersAtOnceGetVersionsOfTheirOwn() throws Exception {
        ModelCard card = TestModels.card(TestModels.small(), ReluForm.AUTHORS);
        CyclicBarrier written = new CyclicBarrier(8);
        ExecutorService writers = Executors.newFixedThreadPool(8);
        try {
            List<Future<ModelDirectory>> versions = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                versions.add(
                        writers.submit(
                                () ->
                                        VersionWriter.write(
                                                folder.resolve("net"),
                                                card,
                                                directory -> {
                                                    Files.writeString(
                                                            directory.resolve("saved_model.pb"),
                                                            "graph");
                                                    await(written);
                                                })));
            }
            List<Long> numbers = new ArrayList<>();
            for (Future<ModelDirectory> each : versions) {
                numbers.add(each.get().version());
            }
            assertThat(numbers).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        } finally {
            writers.shutdownNow();
        }
    }

    private static void await(CyclicBarrier barrier) throws IOException {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IOException(e);
        }
    }

    @Test
    void namesAllFilesThatAreWrong() throws IOException {
        Files.writeString(version.resolve("saved_model.pb"), "other");
        Files.delete(version.resolve("variables/variables.index"));
        Files.writeString(version.resolve("variables/stray"), "x");

        assertRefused(
                "saved_model.pb differs from its sum",
                "variables/variables.index is missing",
                "variables/stray is not listed");
    }

    @Test
    void tellsHowToMakeAPlainSavedModelServable() throws IOException {
        Files.delete(version.resolve("assets.extra/model.json"));

        assertRefused("model.json", "'iresnet import' makes one");
    }

    @Test
    void refusesADirectoryWithoutSums() throws IOException {
        Files.delete(version.resolve("assets.extra/SHA256SUMS"));

        assertRefused("has no assets.extra/SHA256SUMS");
    }

    @Test
    void refusesSumsThatAreCutOff() throws IOException {
        Path sums = version.resolve("assets.extra/SHA256SUMS");
        String text = Files.readString(sums);
        Files.writeString(sums, text.substring(0, text.length() - 1));

        assertRefused("the last line is cut off");
    }

    @Test
    void refusesLinesThatAreNoSums() throws IOException {
        Files.writeString(version.resolve("assets.extra/SHA256SUMS"), "hello\n");

        assertRefused("line 1 is not a sum and a path");
    }

    @Test
    void refusesLinks() throws IOException {
        Files.createSymbolicLink(version.resolve("variables/link"), Path.of("/etc/hostname"));

        assertRefused("link is not a plain file");
    }

    @Test
    void refusesADirectoryWithoutAModel() {
        assertThatThrownBy(() -> ModelDirectory.open(folder))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("neither a saved_model.pb nor a version");
        assertThatThrownBy(() -> ModelDirectory.open(folder.resolve("nothing")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("is not a directory");
    }

    @Test
    void refusesAVersionThatIsNoNumber() throws IOException {
        Path renamed = Files.move(version, folder.resolve("camera-net/latest"));

        assertThatThrownBy(() -> ModelDirectory.open(renamed))
                .hasMessageContaining("<name>/<number>");
    }

    @Test
    void namesAllMistakesOfTheCard() throws IOException {
        card(
                """
                {"schemaVersion": 1, "labels": ["a", ""], "labesl": [],
                 "preprocessing": {"width": 0, "height": 32.5, "resize": "FILL",
                                   "mean": [0.5, 0.5], "std": [1, 1, "x"]},
                 "source": {"file": "x.pth"}}
                """);

        assertRefused(
                "labels[1] must be a text",
                "labesl is unknown",
                "preprocessing.width must be a whole number 1..4096, got 0",
                "preprocessing.height must be a whole number",
                "preprocessing.resize must be one of [SHORTER_SIDE_THEN_CROP, BOTH_SIDES_THEN_CROP, STRETCH]",
                "preprocessing.mean must have three numbers",
                "preprocessing.std[2] must be a finite number",
                "source.sha256 must be a text that is not blank, it is missing");
    }

    @Test
    void refusesACardOfALaterVersion() throws IOException {
        String card = Files.readString(version.resolve("assets.extra/model.json"));
        card(card.replace("\"schemaVersion\" : 1", "\"schemaVersion\" : 3"));

        assertRefused("schemaVersion 3; this program reads versions 1 and 2");
    }

    /** As it was before there were tasks, so that digests stay. */
    @Test
    void writesAClassifierWithoutATask() {
        ModelCard card =
                new ModelCard(List.of("a"), TestModels.RULE, Optional.empty(), Optional.empty());

        assertThat(ModelCardJson.write(card))
                .isEqualTo(
                        """
                        {
                          "schemaVersion" : 1,
                          "preprocessing" : {
                            "width" : 16,
                            "height" : 16,
                            "resize" : "STRETCH",
                            "mean" : [ 0.5, 0.4, 0.3 ],
                            "std" : [ 0.2, 0.25, 0.3 ]
                          },
                          "labels" : [ "a" ]
                        }
                        """);
    }

    @Test
    void aCardWithoutATaskIsAClassifiers() {
        assertThat(ModelDirectory.open(version).description().task())
                .isEqualTo(Task.CLASSIFICATION);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"DETECTION\" | 1 | task is unknown",
                "\"CLASSIFICATION\" | 2 | task must not be CLASSIFICATION in schemaVersion 2",
                "\"detection\" | 2 | task must be one of [CLASSIFICATION, DETECTION,"
                        + " VIDEO_CLASSIFICATION]",
                "null | 2 | task must be one of",
                "\"DETECTION\" | 3 | schemaVersion 3; this program reads versions 1 and 2"
            })
    void refusesTasksThatItDoesNotKnow(String task, int schema, String reason) throws IOException {
        String card = Files.readString(version.resolve("assets.extra/model.json"));
        card(
                card.replace(
                        "\"schemaVersion\" : 1,",
                        "\"schemaVersion\" : %d, \"task\" : %s,".formatted(schema, task)));

        assertRefused(reason);
    }

    @Test
    void refusesVersionTwoWithoutATask() throws IOException {
        String card = Files.readString(version.resolve("assets.extra/model.json"));
        card(card.replace("\"schemaVersion\" : 1", "\"schemaVersion\" : 2"));

        assertRefused("task must be one of", "it is missing");
    }

    @Test
    void refusesAnArchitectureThatCannotBe() throws IOException {
        String card = Files.readString(version.resolve("assets.extra/model.json"));
        card(card.replaceFirst("\"blocks\" : 3", "\"blocks\" : 1"));

        assertRefused("network: blocks of a stage in order STAGED must be 2..");
    }

    @Test
    void refusesLabelsThatDoNotFitTheNetwork() throws IOException {
        String card = Files.readString(version.resolve("assets.extra/model.json"));
        card(card.replace("\"class 0\", ", ""));

        assertRefused("9 labels for a network of 10 classes");
    }

    @Test
    void refusesACardThatIsNotJson() throws IOException {
        card("{");

        assertRefused("is not JSON");
    }

    private void assertRefused(String... reasons) {
        assertThatThrownBy(() -> ModelDirectory.open(version))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll(reasons);
    }
}
