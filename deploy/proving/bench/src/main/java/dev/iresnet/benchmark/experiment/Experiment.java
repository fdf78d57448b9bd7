package dev.iresnet.benchmark.experiment;

import dev.iresnet.benchmark.stat.Figure;
import dev.iresnet.model.Precision;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Finds out some figures. */
public interface Experiment {

    /** Those that it finds out; some find out others than the published ones. */
    List<Figure> figures();

    /** For the screen, and for the report where it finds out none of the published ones. */
    default String name() {
        return figures().isEmpty()
                ? getClass().getSimpleName()
                : String.join(", ", figures().stream().map(Figure::title).toList());
    }

    /** What the CPU must compute in for it, where that is more than float32. */
    default Optional<Precision> onCpu() {
        return Optional.empty();
    }

    /**
     * Measures, and says what it found.
     *
     * @throws IOException if something that it needs fails; the run goes on with the next
     */
    void run(Bench bench, Findings findings) throws IOException;
}
