package dev.iresnet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.Scores;
import java.io.PrintWriter;

/** A JSON object a line. */
final class JsonPredictionPrinter implements PredictionPrinter {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ModelDescription model;
    private final int topK;
    private final PrintWriter out;

    JsonPredictionPrinter(ModelDescription model, int topK, PrintWriter out) {
        this.model = model;
        this.topK = topK;
        this.out = out;
    }

    @Override
    public void print(PictureFile file, Scores scores, int row) {
        ObjectNode line = MAPPER.createObjectNode();
        line.put("file", file.path().toString());
        line.putObject("model")
                .put("name", model.name())
                .put("version", model.version())
                .put("digest", model.digest());
        ArrayNode labels = line.putArray("labels");
        for (int index : scores.top(row, topK)) {
            labels.addObject()
                    .put("index", index)
                    .put("name", model.labels().get(index))
                    .put("score", scores.at(row, index));
        }
        try {
            out.println(MAPPER.writeValueAsString(line));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values can be written", e);
        }
        out.flush();
    }
}
