package dev.iresnet.model.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Scores;
import dev.iresnet.model.TestModels;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

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
    void rowsKeepTheOrderOfTheCrops() {
        List<ByteBuffer> crops = crops(3);

        Scores together = model.classify(crops);

        for (int i = 0; i < crops.size(); i++) {
            float[] alone = model.classify(List.of(crops.get(i))).values();
            for (int c = 0; c < together.classes(); c++) {
                assertThat(together.at(i, c)).isCloseTo(alone[c], within(1e-5f));
            }
        }
    }

    @Test
    void rowsAreProbabilities() {
        Scores scores = model.classify(crops(2));

        for (int row = 0; row < scores.rows(); row++) {
            double sum = 0;
            for (int c = 0; c < scores.classes(); c++) {
                sum += scores.at(row, c);
            }
            assertThat(sum).isCloseTo(1, within(1e-5));
            assertThat(scores.isFinite(row)).isTrue();
        }
    }

    @Test
    void leavesPositionsOfCropsAlone() {
        ByteBuffer crop = ByteBuffer.allocateDirect(TestModels.RULE.cropBytes() + 10);
        crop.position(10);
        ByteBuffer heap = ByteBuffer.allocate(TestModels.RULE.cropBytes());

        Scores scores = model.classify(List.of(crop, heap));

        assertThat(crop.position()).isEqualTo(10);
        assertThat(heap.position()).isZero();
        assertThat(scores.at(0, 3)).isEqualTo(scores.at(1, 3));
    }

    @Test
    void callsMayOverlap() throws Exception {
        List<ByteBuffer> crops = crops(6);
        List<float[]> expected = new ArrayList<>();
        crops.forEach(crop -> expected.add(model.classify(List.of(crop)).values()));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<float[]>> results = new ArrayList<>();
            for (int i = 0; i < 120; i++) {
                ByteBuffer crop = crops.get(i % crops.size());
                results.add(threads.submit(() -> model.classify(List.of(crop)).values()));
            }
            for (int i = 0; i < results.size(); i++) {
                assertThat(results.get(i).get()).isEqualTo(expected.get(i % crops.size()));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void refusesCropsOfAnotherSizeAndEmptyBatches() {
        assertThatThrownBy(() -> model.classify(List.of(ByteBuffer.allocateDirect(5))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a crop must have 768 bytes (16 x 16 x 3), got 5");
        assertThatThrownBy(() -> model.classify(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysSoWhenItIsUsedAfterClose() {
        Model closed = ModelLoader.load(folder, new LoadOptions(1));
        closed.close();

        assertThatThrownBy(() -> closed.classify(crops(1))).isInstanceOf(ModelException.class);
    }

    private static List<ByteBuffer> crops(int count) {
        List<ByteBuffer> crops = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            crops.add(TestModels.crop(i));
        }
        return crops;
    }
}
