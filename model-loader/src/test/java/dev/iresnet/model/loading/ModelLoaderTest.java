package dev.iresnet.model.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import dev.iresnet.model.Task;
import dev.iresnet.model.TestModels;
import dev.iresnet.model.card.ModelCard;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.card.ServedSignature;
import dev.iresnet.model.card.ServedSignature.Input;
import dev.iresnet.model.card.ServedSignature.Kind;
import dev.iresnet.model.card.ServedSignature.Scores;
import dev.iresnet.model.card.VersionWriter;
import dev.iresnet.zoo.ReluForm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelLoaderTest {
    @TempDir static Path folder;
    static Model model;

    @BeforeAll
    static void load() {
        TestModels.export(folder);
        TestModels.export(folder);
        model = ModelLoader.load(folder, new LoadOptions(4));
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void takesTheNewestVersionUnlessOneIsPinned() {
        assertThat(model.description().version()).isEqualTo(2);
        assertThat(model.description().name()).isEqualTo(folder.getFileName().toString());
        try (Model pinned = ModelLoader.load(folder.resolve("1"), new LoadOptions(1))) {
            assertThat(pinned.description().version()).isEqualTo(1);
        }
    }

    @Test
    void predictionsKeepTheOrderOfTheSamples() {
        List<Sample> samples = TestModels.samples(3);

        float[] together = TestModels.values(model.predict(samples));

        for (int i = 0; i < samples.size(); i++) {
            float[] alone = scores(samples.get(i));
            for (int c = 0; c < alone.length; c++) {
                assertThat(together[i * alone.length + c]).isCloseTo(alone[c], within(1e-5f));
            }
        }
    }

    @Test
    void rowsAreProbabilities() {
        for (Prediction prediction : model.predict(TestModels.samples(2))) {
            double sum = 0;
            for (float score : prediction.scores().values()) {
                sum += score;
            }
            assertThat(sum).isCloseTo(1, within(1e-5));
            assertThat(prediction.isFinite()).isTrue();
        }
    }

    @Test
    void leavesPositionsOfCropsAlone() {
        ByteBuffer crop = ByteBuffer.allocateDirect(TestModels.RULE.cropBytes() + 10);
        crop.position(10);
        ByteBuffer heap = ByteBuffer.allocate(TestModels.RULE.cropBytes());

        List<Prediction> predictions =
                model.predict(Sample.whole(List.of(crop, heap), TestModels.RULE));

        assertThat(crop.position()).isEqualTo(10);
        assertThat(heap.position()).isZero();
        assertThat(predictions.get(0).scores().at(3)).isEqualTo(predictions.get(1).scores().at(3));
    }

    @Test
    void callsMayOverlap() throws Exception {
        List<Sample> samples = TestModels.samples(6);
        List<float[]> expected = samples.stream().map(ModelLoaderTest::scores).toList();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<float[]>> results = new ArrayList<>();
            for (int i = 0; i < 120; i++) {
                Sample sample = samples.get(i % samples.size());
                results.add(threads.submit(() -> scores(sample)));
            }
            for (int i = 0; i < results.size(); i++) {
                assertThat(results.get(i).get()).isEqualTo(expected.get(i % samples.size()));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void refusesCropsOfAnotherSizeAndEmptyBatches() {
        Sample small = Sample.whole(ByteBuffer.allocateDirect(5), TestModels.RULE);

        assertThatThrownBy(() -> model.predict(List.of(small)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a crop must have 768 bytes (16 x 16 x 3), got 5");
        assertThatThrownBy(() -> model.predict(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysSoWhenItIsUsedAfterClose() {
        Model closed = ModelLoader.load(folder, new LoadOptions(1));
        closed.close();

        assertThatThrownBy(() -> closed.predict(TestModels.samples(1)))
                .isInstanceOf(ModelException.class);
    }

    @Test
    void runsNoModelsForClipsOfOtherPrograms(@TempDir Path others) throws IOException {
        Task task = Task.VIDEO_CLASSIFICATION;
        ModelCard classifier = TestModels.card(TestModels.small(), ReluForm.PAPER);
        ModelCard card =
                new ModelCard(
                        task,
                        classifier.labels(),
                        classifier.preprocessing(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(
                                new ServedSignature(
                                        "serve",
                                        new Input("x", ServedSignature.Type.FLOAT32),
                                        new Scores("y", Kind.LOGITS))));
        ModelDirectory other =
                VersionWriter.write(
                        others.resolve("other"),
                        card,
                        aside -> Files.write(aside.resolve("saved_model.pb"), new byte[1]));

        assertThat(other.description().task()).isEqualTo(task);
        assertThatThrownBy(() -> ModelLoader.load(other, new LoadOptions(1)))
                .isInstanceOf(ModelException.class)
                .hasMessageEndingWith(
                        "is a SavedModel of another program for %s; of those only models for pictures are run"
                                .formatted(task));
    }

    private static float[] scores(Sample sample) {
        return TestModels.values(model.predict(List.of(sample)));
    }
}
