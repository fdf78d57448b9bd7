package dev.iresnet.cli.picture;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.cli.option.Json;
import dev.iresnet.model.ClassScores;
import dev.iresnet.model.ModelDescription;
import java.io.PrintWriter;

/** A JSON object a line. */
final class JsonPredictionPrinter implements PredictionPrinter {
    private final ModelDescription model;
    private final int topK;
    private final PrintWriter out;

    JsonPredictionPrinter(ModelDescription model, int topK, PrintWriter out) {
        this.model = model;
        this.topK = topK;
        this.out = out;
    }

    @Override
    public void print(PictureFile file, ClassScores scores) {
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
    }
}
