package dev.iresnet.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.card.Network;
import dev.iresnet.model.export.WeightSource;
import dev.iresnet.training.Trainer.Measurement;
import dev.iresnet.training.Trainer.Step;
import dev.iresnet.training.TrainingPlan.Pace;
import dev.iresnet.training.TrainingPlan.Variation;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Inventory;
import dev.iresnet.zoo.Networks;
import dev.iresnet.zoo.ReluForm;
import dev.iresnet.zoo.Weight;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TrainingTest {
    private static final Architecture NETWORK = Networks.named("cifar-iresnet14");
    private static final Preprocessing RULE =
            new Preprocessing(
                    32,
                    32,
                    Preprocessing.Resize.STRETCH,
                    32,
                    List.of(0.5f, 0.5f, 0.5f),
                    List.of(0.25f, 0.25f, 0.25f));

    @TempDir private Path folder;

    @BeforeEach
    void unpack() throws IOException {
        TestPictures.unpack(folder);
    }

    @Test
    void goesOnToTheSameBitsAfterABreak() throws IOException {
        TrainingPictures.Decoded pictures = decoded(0.2);
        Training whole = training(plan(9), pictures, "whole");
        assertThat(run(whole, true, 100).finished()).isTrue();

        Training broken = training(plan(9), pictures, "broken");
        assertThat(run(broken, true, 4).finished()).isFalse();
        assertThat(broken.canResume()).isTrue();
        assertThat(run(broken, false, 100).finished()).isTrue();

        for (Weight weight : Inventory.weights(NETWORK)) {
            assertThat(broken.last().read(weight.key()))
                    .as(weight.key())
                    .isEqualTo(whole.last().read(weight.key()));
        }
        assertThat(withoutTimes("broken")).isEqualTo(withoutTimes("whole"));
    }

    @Test
    void refusesToGoOnUnderOtherOptions() throws IOException {
        TrainingPictures.Decoded pictures = decoded(0.2);
        run(training(plan(4), pictures, "one"), true, 2);

        assertThatThrownBy(() -> run(training(plan(5), pictures, "one"), false, 100))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("steps was 4 and is 5");
    }

    @Test
    void decodesAPictureOnce() throws IOException {
        TrainingPictures pictures = pictures(0);
        decode(pictures);
        for (String name : List.of("ship/3072.jpg", "cat/1416.jpg")) {
            Files.delete(folder.resolve("train").resolve(name));
        }

        List<Path> failed = new ArrayList<>();
        pictures.decode(
                RULE,
                Augmentation.NONE,
                folder.resolve("store"),
                2,
                (path, e) -> failed.add(path),
                done -> {});

        assertThat(failed).isEmpty();
    }

    @Test
    void takesEveryPictureOnceAnEpochAndEveryClassAlikeIfAsked() throws IOException {
        TrainingPictures.Decoded pictures = decoded(0);
        CropStore store = pictures.training();
        PictureOrder shuffled = new PictureOrder(store, store.readable(), plan(9));
        Set<Integer> seen = new HashSet<>();
        for (long step = 0; step < shuffled.stepsOfAnEpoch(); step++) {
            seen.addAll(shuffled.ofStep(step));
        }
        assertThat(seen).hasSize((int) shuffled.stepsOfAnEpoch() * 16);
        assertThat(shuffled.ofStep(0)).isNotEqualTo(shuffled.ofStep(shuffled.stepsOfAnEpoch()));

        TrainingPlan listed = plan(9, new Variation(true, false, Augmentation.NONE, 0, 0));
        PictureOrder ordered = new PictureOrder(store, store.readable().subList(0, 35), listed);
        assertThat(ordered.stepsOfAnEpoch()).isEqualTo(3);
        assertThat(ordered.ofStep(2)).isEqualTo(store.readable().subList(32, 35));

        List<Integer> lopsided =
                new ArrayList<>(
                        store.readable().stream().filter(i -> store.label(i) == 0).toList());
        lopsided.add(
                store.readable().stream()
                        .filter(i -> store.label(i) == 1)
                        .findFirst()
                        .orElseThrow());
        TrainingPlan balanced = plan(9, new Variation(false, true, Augmentation.NONE, 0, 0));
        PictureOrder order = new PictureOrder(store, lopsided, balanced);
        long second = 0;
        long all = 0;
        for (long step = 0; step < 100; step++) {
            all += order.ofStep(step).size();
            second += order.ofStep(step).stream().filter(i -> store.label(i) == 1).count();
        }
        assertThat((double) second / all).isCloseTo(0.5, within(0.06));
    }

    @ParameterizedTest
    @CsvSource({
        "CONSTANT,0,0.1",
        "CONSTANT,99,0.1",
        "COSINE,0,0.1",
        "COSINE,50,0.05",
        "STEP,49,0.1",
        "STEP,50,0.01",
        "STEP,75,0.001"
    })
    void lowersTheLearningRate(Schedule schedule, long step, double rate) {
        assertThat(schedule.rate(0.1, step, 100, 0)).isCloseTo(rate, within(1e-9));
    }

    @Test
    void refusesSharesOfAMixtureThatTakeForEverToDraw() {
        assertThatThrownBy(() -> new Variation(false, false, Augmentation.NONE, 0, 20))
                .hasMessageContaining("mixup must be 0, or 0.01 to 2, got 20");
        assertThatThrownBy(() -> new Variation(true, true, Augmentation.NONE, 0, 0))
                .hasMessageContaining("--balanced and --order exclude each other");
    }

    @Test
    void raisesTheLearningRateAtFirst() {
        assertThat(Schedule.CONSTANT.rate(0.1, 0, 100, 4)).isCloseTo(0.025, within(1e-9));
        assertThat(Schedule.CONSTANT.rate(0.1, 3, 100, 4)).isCloseTo(0.1, within(1e-9));
        assertThat(Schedule.COSINE.rate(0.01, 1, 10, 3))
                .isCloseTo(0.006503521720983845, within(1e-12));
    }

    @ParameterizedTest
    @EnumSource
    void variesAPictureByItsSeedAlone(Augmentation augmentation) {
        Preprocessing stored = augmentation.stored(RULE);
        byte[] noise = new byte[stored.cropBytes()];
        new SplittableRandom(3).nextBytes(noise);
        byte[] first = varied(augmentation, noise, 1);

        assertThat(varied(augmentation, noise, 1)).isEqualTo(first);
        if (augmentation == Augmentation.NONE) {
            assertThat(first).isEqualTo(noise);
        } else {
            Set<ByteBuffer> different = new HashSet<>();
            for (int seed = 0; seed < 20; seed++) {
                different.add(ByteBuffer.wrap(varied(augmentation, noise, seed)));
            }
            assertThat(different).hasSizeGreaterThan(1);
        }
    }

    private static byte[] varied(Augmentation augmentation, byte[] picture, long seed) {
        ByteBuffer to = ByteBuffer.allocate(RULE.cropBytes());
        augmentation.apply(RULE, ByteBuffer.wrap(picture), new SplittableRandom(seed), to);
        assertThat(to.hasRemaining()).isFalse();
        return to.array();
    }

    private TrainingPictures pictures(double share) throws IOException {
        return TrainingPictures.read(
                new TrainingPictures.Source(
                        folder.resolve("train"), Optional.empty(), Optional.empty(), share),
                1);
    }

    private TrainingPictures.Decoded decoded(double share) throws IOException {
        return decode(pictures(share));
    }

    private TrainingPictures.Decoded decode(TrainingPictures pictures) throws IOException {
        return pictures.decode(
                RULE, Augmentation.NONE, folder.resolve("store"), 2, (path, e) -> {}, done -> {});
    }

    private static TrainingPlan plan(long steps) {
        return plan(steps, new Variation(false, false, Augmentation.SHIFT, 0.1f, 0.2));
    }

    private static TrainingPlan plan(long steps, Variation variation) {
        return new TrainingPlan(
                new Network(NETWORK, ReluForm.PAPER),
                RULE,
                new Optimisation(0.9f, true, 5e-4f, 5, 0.9f),
                new Pace(16, steps, 0.05, Schedule.COSINE, 2),
                variation,
                false,
                1);
    }

    private Training training(TrainingPlan plan, TrainingPictures.Decoded pictures, String name) {
        Path directory = folder.resolve(name);
        return new Training(plan, pictures, directory, directory.resolve("log.jsonl"));
    }

    private static Training.Result run(Training training, boolean anew, int steps)
            throws IOException {
        WeightSource first = FirstWeights.random(new Network(NETWORK, ReluForm.PAPER), 1).values();
        int[] made = {0};
        return training.run(
                anew ? Optional.of(first) : Optional.empty(),
                () -> made[0] >= steps,
                new Trainer.Listener() {
                    @Override
                    public void stepped(Step step) {
                        made[0]++;
                    }

                    @Override
                    public void measured(long epoch, Measurement measurement) {}
                });
    }

    private List<String> withoutTimes(String name) throws IOException {
        return Files.readAllLines(folder.resolve(name).resolve("log.jsonl")).stream()
                .map(line -> line.replaceAll(",\"imagesPerSecond\":[^}]*", ""))
                .toList();
    }
}
