package dev.iresnet.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.evaluation.LabelIndex.UnknownLabelException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelIndexTest {
    private final LabelIndex index = new LabelIndex(List.of("crane", "cat", "crane", "0", "a/b"));

    @Test
    void takesLabelsAndIndices() throws UnknownLabelException {
        assertThat(index.classes(List.of("cat", "2", "4")))
                .isEqualTo(Map.of("cat", 1, "2", 2, "4", 4));
    }

    @Test
    void aLabelThatLooksLikeAnIndexIsALabel() throws UnknownLabelException {
        assertThat(index.classes(List.of("0"))).isEqualTo(Map.of("0", 3));
    }

    @Test
    void namesAllDirectoriesThatStandForNoClass() {
        assertThatThrownBy(() -> index.classes(List.of("dog", "cat", "5", "crane")))
                .isInstanceOf(UnknownLabelException.class)
                .hasMessageContainingAll(
                        "(crane, cat, crane, 0, a/b)",
                        "'dog'",
                        "'5'",
                        "'crane' is the label of the classes 0 and 2: name the directory by the"
                                + " index")
                .hasMessageNotContaining("'cat'");
    }
}
