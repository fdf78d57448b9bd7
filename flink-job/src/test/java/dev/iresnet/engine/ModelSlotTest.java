package dev.iresnet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.inference.Pictures;
import dev.iresnet.model.ClassScores;
import dev.iresnet.model.ClipRule;
import dev.iresnet.model.Detections;
import dev.iresnet.model.Detections.Box;
import dev.iresnet.model.Detections.Detection;
import dev.iresnet.model.DeviceMemoryException;
import dev.iresnet.model.Model;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import dev.iresnet.model.Task;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class ModelSlotTest {
    private static final List<Sample> CROPS =
            List.of(
                    Sample.whole(
                            ByteBuffer.allocate(Pictures.CROP_BYTES),
                            FakeModel.DESCRIPTION.preprocessing()));

    private final FakeModel first = FakeModel.version(1);
    private final FakeModel second = FakeModel.version(2);
    private final ModelSlot slot = new ModelSlot(first, UnaryOperator.identity());

    @Test
    void aBatchKeepsTheModelThatItBeganWith() {
        try (ModelSlot.Lease before = slot.lease()) {
            slot.swap(second);
            assertThat(before.model()).isSameAs(first);
            assertThat(first.closes).hasValue(0);
            prove(second);
            try (ModelSlot.Lease after = slot.lease()) {
                assertThat(after.model()).isSameAs(second);
            }
        }
        assertThat(first.closes).hasValue(1);
        assertThat(second.closes).hasValue(0);
        assertThat(slot.description().version()).isEqualTo(2);
        assertThat(slot.swaps()).isEqualTo(1);
    }

    @Test
    void aModelIsClosedWhenItsSuccessorHasProvenItself() {
        slot.swap(second);
        assertThat(first.closes).hasValue(0);
        prove(second);
        assertThat(first.closes).hasValue(1);
    }

    @Test
    void theLastOfSeveralBatchesClosesTheOldModel() {
        ModelSlot.Lease one = slot.lease();
        ModelSlot.Lease other = slot.lease();
        slot.swap(second);
        prove(second);
        one.close();
        assertThat(first.closes).hasValue(0);
        other.close();
        assertThat(first.closes).hasValue(1);
    }

    @Test
    void aModelThatFailsGivesItsPlaceBackAndItsBatchIsLabelled() {
        slot.swap(second);
        second.failWith(new IllegalStateException("an operation is not implemented"));
        try (ModelSlot.Lease lease = slot.lease()) {
            assertThat(lease.predict(CROPS).size()).isEqualTo(1);
            assertThat(lease.model()).isSameAs(first);
        }
        assertThat(second.closes).hasValue(1);
        assertThat(slot.description().version()).isEqualTo(1);
        assertThat(slot.swaps()).isEqualTo(2);
        assertThat(slot.takeFailure())
                .hasValueSatisfying(
                        failure -> assertThat(failure.version().version()).isEqualTo(2));
        assertThat(slot.takeFailure()).as("told once").isEmpty();
    }

    @Test
    void allBatchesOfAFailedModelGoToTheOneBefore() {
        slot.swap(second);
        ModelSlot.Lease other = slot.lease();
        second.giveRowsTooMany(1);
        try (ModelSlot.Lease lease = slot.lease()) {
            lease.predict(CROPS);
        }
        assertThat(second.closes).as("another batch is out").hasValue(0);
        other.predict(CROPS);
        assertThat(other.model()).isSameAs(first);
        assertThat(second.closes).hasValue(1);
        other.close();
        assertThat(first.closes).hasValue(0);
    }

    @Test
    void aModelThatHasProvenItselfIsNotBlamed() {
        slot.swap(second);
        prove(second);
        second.failWith(new ModelException("the device is lost"));
        try (ModelSlot.Lease lease = slot.lease()) {
            assertThatThrownBy(() -> lease.predict(CROPS)).hasMessage("the device is lost");
        }
        assertThat(slot.description().version()).isEqualTo(2);
    }

    @Test
    void aSingleFrameThatDoesNotFitIsAFailureAndABatchIsNot() {
        slot.swap(second);
        second.fitAtMost(0);
        try (ModelSlot.Lease lease = slot.lease()) {
            assertThatThrownBy(() -> lease.predict(List.of(CROPS.get(0), CROPS.get(0))))
                    .isInstanceOf(DeviceMemoryException.class);
            assertThat(lease.model()).isSameAs(second);
            lease.predict(CROPS);
            assertThat(lease.model()).isSameAs(first);
        }
    }

    @Test
    void anUnusableDeviceIsNotTheVersionsFault() {
        slot.swap(second);
        second.failWith(new ModelException("CUDA_ERROR_ILLEGAL_ADDRESS: an illegal access"));
        try (ModelSlot.Lease lease = slot.lease()) {
            assertThatThrownBy(() -> lease.predict(CROPS)).hasMessageContaining("CUDA_ERROR");
        }
        assertThat(slot.description().version()).isEqualTo(2);
    }

    @Test
    void theProvenModelStaysOverVersionsThatHaveNot() {
        FakeModel third = FakeModel.version(3);
        slot.swap(second);
        slot.swap(third);
        assertThat(second.closes).hasValue(1);
        third.failWith(new ModelException("broken"));
        try (ModelSlot.Lease lease = slot.lease()) {
            lease.predict(CROPS);
            assertThat(lease.model()).isSameAs(first);
        }
        slot.close();
        assertThat(first.closes).hasValue(1);
        assertThat(third.closes).hasValue(1);
    }

    @Test
    void refusesAModelForOtherCrops() {
        FakeModel other = FakeModel.ofOtherSize(2);
        assertThatThrownBy(() -> slot.swap(other))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("version 2")
                .hasMessageContaining("version 1")
                .hasMessageContaining("restart");
        assertThat(slot.description().version()).isEqualTo(1);
        assertThat(other.closes).as("it stays the caller's").hasValue(0);
    }

    /** Consumers of labels would get boxes, and no mistake would be seen. */
    @Test
    void refusesAModelForAnotherTask() {
        Model detector = new BrightModel(2, FakeModel.DESCRIPTION.preprocessing());
        assertThatThrownBy(() -> slot.swap(detector))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("bright version 2 is a model for DETECTION")
                .hasMessageContaining("version 1, which is serving, for CLASSIFICATION")
                .hasMessageContaining("restart");
        assertThat(slot.description().version()).isEqualTo(1);
    }

    /** Cameras' clips are being gathered for the length and the step that serve. */
    @Test
    void refusesClipsOfAnotherLengthOrStep() {
        assertThatThrownBy(() -> ModelSupply.mustFitInPlaceOf(ofClips(16, 2), ofClips(8, 2)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("takes clips of 8 frames, one in 2 of")
                .hasMessageContaining("which is serving, of 16, one in 2.");
        assertThatThrownBy(() -> ModelSupply.mustFitInPlaceOf(ofClips(16, 2), ofClips(16, 1)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("takes clips of 16 frames, one in 1 of");
        ModelSupply.mustFitInPlaceOf(ofClips(16, 2), ofClips(16, 2));
    }

    private static ModelDescription ofClips(int frames, int step) {
        return new ModelDescription(
                "clips",
                1,
                "ab".repeat(32),
                Task.VIDEO_CLASSIFICATION,
                List.of("a"),
                FakeModel.DESCRIPTION.preprocessing(),
                Optional.empty(),
                Optional.of(new ClipRule(frames, step, Optional.empty(), Optional.empty())));
    }

    @Test
    void refusesPredictionsOfAnotherKindThanTheModelsTask() {
        Detections object = new Detections(List.of(new Detection(2, 0.5f, new Box(1, 1, 2, 2))));
        refusesAnswer(Task.DETECTION, object, "for DETECTION with 2 labels, and gave boxes of 3");
        refusesAnswer(Task.CLASSIFICATION, object, "with 2 labels, and gave boxes of 3 classes");
        refusesAnswer(
                Task.DETECTION,
                ClassScores.rows(new float[2], 2).get(0),
                "for DETECTION with 2 labels, and gave scores of 2 classes");
    }

    private static void refusesAnswer(Task task, Prediction answer, String why) {
        ModelDescription description =
                new ModelDescription(
                        "odd",
                        1,
                        "ab".repeat(32),
                        task,
                        List.of("a", "b"),
                        FakeModel.DESCRIPTION.preprocessing());
        ModelSlot odd = new ModelSlot(new Answering(description, answer), UnaryOperator.identity());
        try (ModelSlot.Lease lease = odd.lease()) {
            assertThatThrownBy(() -> lease.predict(CROPS))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining(why);
        }
    }

    /** Gives the same answer to each sample. */
    private record Answering(ModelDescription description, Prediction answer) implements Model {
        @Override
        public List<Prediction> predict(List<Sample> samples) {
            return Collections.nCopies(samples.size(), answer);
        }

        @Override
        public void close() {}
    }

    @Test
    void takesNoModelAfterItsEnd() {
        slot.close();
        assertThatThrownBy(() -> slot.swap(second)).isInstanceOf(ModelException.class);
        assertThat(first.closes).hasValue(1);
        assertThat(second.closes).hasValue(0);
    }

    private void prove(FakeModel model) {
        for (int batch = 0; batch < ModelSlot.BATCHES_TO_PROVE; batch++) {
            try (ModelSlot.Lease lease = slot.lease()) {
                assertThat(lease.model()).isSameAs(model);
                lease.predict(CROPS);
            }
        }
    }
}
