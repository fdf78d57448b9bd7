package dev.iresnet.cli.picture;

import dev.iresnet.model.ClassScores;
import dev.iresnet.model.ModelDescription;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** A row a label, the file's name in the first of its rows. */
final class TablePredictionPrinter implements PredictionPrinter {
    private static final int WIDEST = 60;

    private final ModelDescription model;
    private final int topK;
    private final PrintWriter out;
    private final String row;

    TablePredictionPrinter(
            ModelDescription model, int topK, PrintWriter out, List<PictureFile> files) {
        this.model = model;
        this.topK = topK;
        this.out = out;
        int width = files.stream().mapToInt(f -> f.path().toString().length()).max().orElse(1);
        this.row = "%-" + Math.min(width, WIDEST) + "s  %6s  %s%n";
        out.printf(
                "%s version %d (%s…)%n",
                model.name(), model.version(), model.digest().substring(0, 12));
        out.printf(row, "FILE", "SCORE", "LABEL");
    }

    @Override
    public void print(PictureFile file, ClassScores scores) {
        String name = file.path().toString();
        for (int index : scores.top(topK)) {
            String score = String.format(Locale.ROOT, "%.4f", scores.at(index));
            out.printf(row, name, score, model.labels().get(index));
            name = "";
        }
        out.flush();
    }
}
