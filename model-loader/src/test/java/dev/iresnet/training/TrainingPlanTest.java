package dev.iresnet.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.card.Network;
import dev.iresnet.training.TrainingPlan.Pace;
import dev.iresnet.training.TrainingPlan.Variation;
import dev.iresnet.training.descent.Optimisation;
import dev.iresnet.zoo.Networks;
import dev.iresnet.zoo.ReluForm;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TrainingPlanTest {
    private static final Preprocessing RULE =
            new Preprocessing(
                    32,
                    32,
                    Preprocessing.Resize.STRETCH,
                    32,
                    List.of(0.5f, 0.5f, 0.5f),
                    List.of(0.25f, 0.25f, 0.25f));

    @Test
    void refusesBatchesOfMoreBytesThanABufferHas() {
        Preprocessing large =
                new Preprocessing(
                        1024, 1024, Preprocessing.Resize.STRETCH, 1024, RULE.mean(), RULE.std());
        assertThatThrownBy(
                        () ->
                                new TrainingPlan(
                                        new Network(
                                                Networks.named("cifar-iresnet14"), ReluForm.PAPER),
                                        large,
                                        new Optimisation(0, false, 0, 0, 0),
                                        new Pace(683, 1, 0.05, Schedule.COSINE, 0),
                                        new Variation(false, false, Augmentation.NONE, 0, 0),
                                        false,
                                        1))
                .hasMessageContaining("batch must be at most 682 for pictures of 1024x1024");
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
        ByteBuffer stored = ByteBuffer.wrap(picture);
        augmentation.view(RULE, stored, new SplittableRandom(seed)).put(stored, to);
        assertThat(to.hasRemaining()).isFalse();
        return to.array();
    }

    /** A clip's second frame is varied as its first. */
    @ParameterizedTest
    @EnumSource
    void variesAllFramesOfAClipAlike(Augmentation augmentation) {
        byte[] noise = new byte[augmentation.stored(RULE).cropBytes()];
        new SplittableRandom(3).nextBytes(noise);
        ByteBuffer frame = ByteBuffer.wrap(noise);
        for (int seed = 0; seed < 5; seed++) {
            Augmentation.View view = augmentation.view(RULE, frame, new SplittableRandom(seed));
            ByteBuffer first = ByteBuffer.allocate(RULE.cropBytes());
            ByteBuffer second = ByteBuffer.allocate(RULE.cropBytes());
            view.put(frame.duplicate(), first);
            view.put(frame.duplicate(), second);
            assertThat(second.array()).isEqualTo(first.array());
        }
    }

    /** On the left half black, on the right half white. */
    @ParameterizedTest
    @CsvSource({"UNMIRRORED,false", "FULL,true", "MIRROR,true"})
    void mirrorsOnlyWhereItIsAsked(Augmentation augmentation, boolean mirrors) {
        Preprocessing whole = augmentation.stored(RULE);
        byte[] halves = new byte[whole.cropBytes()];
        for (int i = 0; i < halves.length; i++) {
            halves[i] = (byte) (i / 3 % whole.width() < whole.width() / 2 ? 0 : 255);
        }
        boolean mirrored = false;
        for (int seed = 0; seed < 40; seed++) {
            byte[] view = varied(augmentation, halves, seed);
            int left = view[0] & 0xFF;
            int right = view[3 * (RULE.width() - 1)] & 0xFF;
            mirrored |= left > right;
        }
        assertThat(mirrored).isEqualTo(mirrors);
    }
}
