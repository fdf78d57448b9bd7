package dev.iresnet.cli.picture;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.cli.option.Json;
import dev.iresnet.model.ClassScores;
import dev.iresnet.model.ModelDescription;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Shows what a model says of pictures. */
interface PredictionPrinter {
    int WIDEST = 60;

    /** Prints the labels of one file. */
    void print(PictureFile file, ClassScores scores);

    /** A JSON object a line. */
    static PredictionPrinter json(ModelDescription model, int topK, PrintWriter out) {
        return (file, scores) -> {
            ObjectNode line = Json.object();
            line.put("file", file.path().toString());
            Json.putModel(line, model);
            ArrayNode labels = line.putArray("labels");
            for (int index : scores.top(topK)) {
                labels.addObject()
                        .put("index", index)
                        .put("name", model.labels().get(index))
                        .put("score", scores.at(index));
            }
            out.println(Json.line(line));
            out.flush();
        };
    }

    /** A row a label, the file's name in the first of its rows. */
    static PredictionPrinter table(
            ModelDescription model, int topK, PrintWriter out, List<PictureFile> files) {
        int width = files.stream().mapToInt(f -> f.path().toString().length()).max().orElse(1);
        String row = "%-" + Math.min(width, WIDEST) + "s  %6s  %s%n";
        out.printf(
                "%s version %d (%s…)%n",
                model.name(), model.version(), model.digest().substring(0, 12));
        out.printf(row, "FILE", "SCORE", "LABEL");
        return (file, scores) -> {
            String name = file.path().toString();
            for (int index : scores.top(topK)) {
                String score = String.format(Locale.ROOT, "%.4f", scores.at(index));
                out.printf(row, name, score, model.labels().get(index));
                name = "";
            }
            out.flush();
        };
    }
}
