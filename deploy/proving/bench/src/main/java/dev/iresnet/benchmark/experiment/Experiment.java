package dev.iresnet.benchmark.experiment;

import dev.iresnet.benchmark.stat.Figure;
import java.io.IOException;
import java.util.List;

/** Finds out some figures. */
public interface Experiment {

    /** Those that it finds out; some find out others than the published ones. */
    List<Figure> figures();

    /** For the screen. */
    default String name() {
        return figures().isEmpty()
                ? getClass().getSimpleName()
                : String.join(", ", figures().stream().map(Figure::title).toList());
    }

    /**
     * Measures, and says what it found.
     *
     * @throws IOException if something that it needs fails; the run goes on with the next
     */
    void run(Bench bench, Findings findings) throws IOException;
}
