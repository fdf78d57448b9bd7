package dev.iresnet.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.model.ModelException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class ModelSlotTest {
    private final FakeModel first = FakeModel.version(1);
    private final FakeModel second = FakeModel.version(2);
    private final ModelSlot slot =
            new ModelSlot(first, new Labeling(1, 0), UnaryOperator.identity());

    @Test
    void aBatchKeepsTheModelThatItBeganWith() {
        try (ModelSlot.Use before = slot.use()) {
            slot.swap(second);
            assertThat(before.model()).isSameAs(first);
            assertThat(first.closes).hasValue(0);
            try (ModelSlot.Use after = slot.use()) {
                assertThat(after.model()).isSameAs(second);
            }
        }
        assertThat(first.closes).hasValue(1);
        assertThat(second.closes).hasValue(0);
        assertThat(slot.description().version()).isEqualTo(2);
        assertThat(slot.swaps()).isEqualTo(1);
    }

    @Test
    void aModelThatNobodyUsesIsClosedWithTheSwap() {
        slot.swap(second);
        assertThat(first.closes).hasValue(1);
    }

    @Test
    void theLastOfSeveralBatchesClosesTheOldModel() {
        ModelSlot.Use one = slot.use();
        ModelSlot.Use other = slot.use();
        slot.swap(second);
        one.close();
        assertThat(first.closes).hasValue(0);
        other.close();
        assertThat(first.closes).hasValue(1);
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

    @Test
    void takesNoModelAfterItsEnd() {
        slot.close();
        assertThatThrownBy(() -> slot.swap(second)).isInstanceOf(ModelException.class);
        assertThat(first.closes).hasValue(1);
        assertThat(second.closes).hasValue(0);
    }
}
