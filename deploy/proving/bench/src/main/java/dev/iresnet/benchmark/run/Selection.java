package dev.iresnet.benchmark.run;

import dev.iresnet.benchmark.experiment.AllocationBeyondEventBytes;
import dev.iresnet.benchmark.experiment.CostAt10000CamerasVs1;
import dev.iresnet.benchmark.experiment.Curves;
import dev.iresnet.benchmark.experiment.DecodeVsLibjpegTurbo;
import dev.iresnet.benchmark.experiment.EngineVsSession;
import dev.iresnet.benchmark.experiment.Experiment;
import dev.iresnet.benchmark.experiment.JobVsStageLimit;
import dev.iresnet.benchmark.experiment.MemoryCopy;
import dev.iresnet.benchmark.experiment.ModelShareOfPeak;
import dev.iresnet.benchmark.experiment.OnGpu;
import dev.iresnet.benchmark.experiment.P99VsIdealQueue;
import dev.iresnet.benchmark.experiment.ScaledDecodeVsExact1080p;
import dev.iresnet.benchmark.experiment.StreamPathVsPlainKafka;
import dev.iresnet.benchmark.stat.Figure;
import dev.iresnet.model.Precision;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run is to measure.
 *
 * @param experiments in this order
 */
record Selection(List<Experiment> experiments) {
    /** About as much work as a batch of the classifier. */
    private static final int DETECTOR_BATCH = 16;

    /** Limits come before what is held against them. */
    private static final List<Experiment> ALL =
            List.of(
                    new ModelShareOfPeak(Figure.MODEL_SHARE_OF_PEAK_FLOAT32, Precision.FLOAT32),
                    new ModelShareOfPeak(Figure.MODEL_SHARE_OF_PEAK_BFLOAT16, Precision.BFLOAT16),
                    new DecodeVsLibjpegTurbo(),
                    new StreamPathVsPlainKafka(),
                    new EngineVsSession(Figure.ENGINE_VS_SESSION_FLOAT32, Precision.FLOAT32),
                    new EngineVsSession(Figure.ENGINE_VS_SESSION_BFLOAT16, Precision.BFLOAT16),
                    new EngineVsSession(
                            Figure.ENGINE_VS_SESSION_SSD300,
                            "ssd300-iresnet18",
                            DETECTOR_BATCH,
                            Precision.FLOAT32),
                    new JobVsStageLimit(),
                    new AllocationBeyondEventBytes(),
                    new CostAt10000CamerasVs1(),
                    new P99VsIdealQueue(),
                    new ScaledDecodeVsExact1080p());

    Selection {
        experiments = List.copyOf(experiments);
    }

    /**
     * By the figures' titles; none means all.
     *
     * @param curves whether those are drawn, too; alone if no figure is named
     * @throws IllegalArgumentException naming what there is not
     */
    static Selection of(List<String> titles, boolean curves) {
        List<Figure> figures = titles.stream().map(Selection::figure).toList();
        List<Experiment> experiments = new ArrayList<>();
        if (figures.isEmpty() && !curves) {
            experiments.add(new MemoryCopy());
            experiments.addAll(ALL);
        }
        ALL.stream()
                .filter(experiment -> experiment.figures().stream().anyMatch(figures::contains))
                .forEach(experiments::add);
        if (curves) {
            experiments.add(new Curves());
        }
        return new Selection(experiments);
    }

    /**
     * What is measured on a GPU.
     *
     * @param precision of the engine's figure
     */
    static Selection onGpu(Precision precision) {
        return new Selection(List.of(new OnGpu(precision), new JobVsStageLimit()));
    }

    /** What it finds out, of the published figures. */
    List<Figure> figures() {
        return experiments.stream().map(Experiment::figures).flatMap(List::stream).toList();
    }

    private static Figure figure(String title) {
        return Figure.titled(title)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "--only: there is no figure '%s'; there are %s"
                                                .formatted(
                                                        title,
                                                        String.join(", ", Figure.titles()))));
    }
}
