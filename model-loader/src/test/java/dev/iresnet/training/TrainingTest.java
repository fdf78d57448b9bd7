package dev.iresnet.training;

import static dev.iresnet.training.TrainingRuns.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.card.Network;
import dev.iresnet.model.export.WeightSource;
import dev.iresnet.training.Trainer.Listener;
import dev.iresnet.training.Trainer.Measurement;
import dev.iresnet.training.Trainer.Step;
import dev.iresnet.training.TrainingPlan.Pace;
import dev.iresnet.training.TrainingPlan.Variation;
import dev.iresnet.training.descent.Optimisation;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Inventory;
import dev.iresnet.zoo.Networks;
import dev.iresnet.zoo.ReluForm;
import dev.iresnet.zoo.Weight;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void closesTheLearnerThatCannotBegin() {
        List<String> calls = new ArrayList<>();
        ClassLoader loader = TrainingTest.class.getClassLoader();
        Object learner =
                Proxy.newProxyInstance(
                        loader,
                        new Class<?>[] {Learner.class},
                        (self, method, arguments) -> {
                            calls.add(method.getName());
                            if (method.getName().equals("weights")) {
                                throw new TrainingException("it does not begin");
                            }
                            return null;
                        });
        LearningPictures.Prepared pictures =
                (LearningPictures.Prepared)
                        Proxy.newProxyInstance(
                                loader,
                                new Class<?>[] {LearningPictures.Prepared.class},
                                (self, method, arguments) -> learner);
        Training training =
                new Training(
                        plan(4),
                        pictures,
                        key -> new float[0],
                        Map.of(),
                        folder,
                        folder.resolve("log"));

        assertThatThrownBy(() -> run(training, true, 100)).hasMessage("it does not begin");
        assertThat(calls).containsExactly("weights", "close");
    }

    @Test
    void refusesToGoOnWithOtherPictures() throws IOException {
        run(training(plan(4), decoded(0.2), "one"), true, 2);
        Path train = folder.resolve("train");
        // the same pictures in another order
        Files.move(train.resolve("cat/1416.jpg"), train.resolve("cat/z.jpg"));

        assertThatThrownBy(() -> run(training(plan(4), decoded(0.2), "one"), false, 100))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("sequence-sha256 was");
    }

    @Test
    void forgetsWhatEarlierTrainingKeptWhenItBeginsAnew() throws IOException {
        TrainingPictures.Decoded pictures = decoded(0.2);
        run(training(plan(9), pictures, "one"), true, 7);
        Training anew = training(plan(9), pictures, "one");
        Listener broken =
                new Listener() {
                    @Override
                    public void stepped(Step step) throws IOException {
                        throw new IOException("as at a kill");
                    }

                    @Override
                    public void measured(long epoch, Measurement measurement) {}
                };

        assertThatThrownBy(() -> anew.run(false, () -> false, broken)).hasMessage("as at a kill");
        assertThat(anew.canResume()).isFalse();
    }

    @Test
    void losesNoEpochWhenItIsStoppedWhileItMeasures() throws IOException {
        TrainingPictures.Decoded pictures = decoded(0.6);
        Training whole = training(plan(6), pictures, "whole");
        run(whole, true, 100);

        Training broken = training(plan(6), pictures, "broken");
        long epoch = pictures.stepsOfAnEpoch(16, false);
        int[] asked = {0};
        // the first question behind the epoch's last step is asked between the pictures
        Training.Result result =
                broken.run(
                        false,
                        () -> ++asked[0] > 2 * (epoch - 1),
                        new Listener() {
                            @Override
                            public void stepped(Step step) {}

                            @Override
                            public void measured(long number, Measurement measurement) {}
                        });
        assertThat(result.finished()).isFalse();
        assertThat(Files.readString(folder.resolve("broken/last/state.json")))
                .contains("\"step\" : " + epoch, "\"measured\" : 0");

        assertThat(run(broken, false, 100)).isEqualTo(run(whole, false, 100));
        assertThat(withoutTimes("broken")).isEqualTo(withoutTimes("whole"));
    }

    @Test
    void throwsWhatTheThreadOfBatchesThrewAsItWas() {
        IllegalStateException bug = new IllegalStateException("a bug");
        assertThatThrownBy(() -> Trainer.await(CompletableFuture.failedFuture(bug))).isSameAs(bug);
        OutOfMemoryError full = new OutOfMemoryError("full");
        assertThatThrownBy(() -> Trainer.await(CompletableFuture.failedFuture(full)))
                .isSameAs(full);
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

    private TrainingPictures.Decoded decoded(double share) throws IOException {
        return TrainingPictures.read(
                        new TrainingPictures.Source(
                                folder.resolve("train"), Optional.empty(), Optional.empty(), share),
                        1,
                        (path, e) -> {})
                .decode(
                        RULE,
                        Augmentation.NONE,
                        folder.resolve("store"),
                        2,
                        (path, e) -> {},
                        done -> {});
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
        Map<String, String> facts = new HashMap<>(plan.options());
        facts.putAll(pictures.facts());
        return new Training(
                plan, pictures, first(), facts, directory, directory.resolve("log.jsonl"));
    }

    private static WeightSource first() {
        return FirstWeights.random(new Network(NETWORK, ReluForm.PAPER), 1).values();
    }

    private List<String> withoutTimes(String name) throws IOException {
        return Files.readAllLines(folder.resolve(name).resolve("log.jsonl")).stream()
                .map(line -> line.replaceAll(",\"imagesPerSecond\":[^}]*", ""))
                .toList();
    }
}
