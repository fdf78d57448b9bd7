package dev.iresnet.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
    private static final List<String> LABELS = List.of("a", "b", "c, d", "e", "f", "g");

    private final ConfusionMatrix answers = new ConfusionMatrix(LABELS);

    @Test
    void countsTheFirstAndTheFirstFive() {
        answers.add(0, new int[] {0, 1, 2, 3, 4});
        answers.add(0, new int[] {1, 2, 3, 4, 0});
        answers.add(0, new int[] {1, 2, 3, 4, 5, 0});
        answers.add(1, new int[] {1, 0, 2, 3, 4});

        Evaluation evaluation = answers.evaluation();
        assertThat(evaluation.count()).isEqualTo(4);
        assertThat(evaluation.top1()).isEqualTo(0.5);
        assertThat(evaluation.top5()).isEqualTo(0.75);
        assertThat(evaluation.classes().get(0).count()).isEqualTo(3);
        assertThat(evaluation.classes().get(0).top1()).isEqualTo(1 / 3.0);
        assertThat(evaluation.classes().get(0).top5()).isEqualTo(2 / 3.0);
        assertThat(evaluation.classes().get(0).mistakenFor()).contains(1);
        assertThat(evaluation.classes().get(1).mistakenFor()).isEmpty();
    }

    @Test
    void aClassWithoutPicturesHasNoShare() {
        assertThat(answers.evaluation().top1()).isNaN();
        assertThat(answers.evaluation().classes().get(5).top5()).isNaN();
    }

    @Test
    void writesTheConfusionMatrixWithTruthInRows() {
        answers.add(0, new int[] {2});
        answers.add(0, new int[] {2});
        answers.add(2, new int[] {0});

        assertThat(answers.evaluation().csv())
                .isEqualTo(
                        """
                        truth,a,b,"c, d",e,f,g
                        a,0,0,2,0,0,0
                        b,0,0,0,0,0,0
                        "c, d",1,0,0,0,0,0
                        e,0,0,0,0,0,0
                        f,0,0,0,0,0,0
                        g,0,0,0,0,0,0
                        """);
    }
}
