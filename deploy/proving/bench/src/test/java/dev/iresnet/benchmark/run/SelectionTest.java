package dev.iresnet.benchmark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.benchmark.experiment.Curves;
import dev.iresnet.benchmark.experiment.OnGpu;
import dev.iresnet.benchmark.stat.Figure;
import dev.iresnet.model.Precision;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectionTest {

    @Test
    void isEachFigureOnceWhereNothingIsNamed() {
        Selection all = Selection.of(List.of(), false);

        assertThat(all.figures()).containsExactlyInAnyOrder(Figure.values());
        assertThat(all.experiments()).noneMatch(Curves.class::isInstance);
    }

    @Test
    void isWhatIsNamed() {
        assertThat(Selection.of(List.of("jobVsStageLimit", "p99VsIdealQueue"), false).figures())
                .containsExactlyInAnyOrder(Figure.JOB_VS_STAGE_LIMIT, Figure.P99_VS_IDEAL_QUEUE);
    }

    @Test
    void isTheCurvesAloneWhereNothingElseIsNamed() {
        assertThat(Selection.of(List.of(), true).experiments())
                .singleElement()
                .isInstanceOf(Curves.class);
        assertThat(Selection.of(List.of("jobVsStageLimit"), true).experiments()).hasSize(2);
    }

    @Test
    void onAGpuItIsTheEngineAndTheWholeJob() {
        Selection selection = Selection.onGpu(Precision.FLOAT16);

        assertThat(selection.experiments().get(0)).isEqualTo(new OnGpu(Precision.FLOAT16));
        assertThat(selection.figures()).containsExactly(Figure.JOB_VS_STAGE_LIMIT);
    }

    @Test
    void namesWhatThereIsNotAndWhatThereIs() {
        assertThatThrownBy(() -> Selection.of(List.of("fast"), false))
                .hasMessageContaining("'fast'")
                .hasMessageContaining("jobVsStageLimit");
    }
}
