package dev.iresnet.cli.picture;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.cli.option.Json;
import dev.iresnet.image.CropGeometry;
import dev.iresnet.model.Detections;
import dev.iresnet.model.Detections.Box;
import dev.iresnet.model.Detections.Detection;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.Prediction;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Shows what a model says of pictures. */
interface PredictionPrinter {
    int WIDEST = 60;

    /** Prints what is said of one file, all of it finite. */
    void print(PictureFile file, CropGeometry picture, Prediction prediction);

    /** A JSON object a line. */
    static PredictionPrinter json(ModelDescription model, int topK, PrintWriter out) {
        return (file, picture, prediction) -> {
            ObjectNode line = Json.object();
            line.put("file", file.path().toString());
            Json.putModel(line, model);
            ArrayNode labels = line.putArray("labels");
            if (prediction instanceof Detections detections) {
                line.put("width", picture.pictureWidth()).put("height", picture.pictureHeight());
                put(detections, model, line.putArray("detections"));
            } else {
                for (int index : prediction.scores().top(topK)) {
                    labels.addObject()
                            .put("index", index)
                            .put("name", model.labels().get(index))
                            .put("score", prediction.scores().at(index));
                }
            }
            out.println(Json.line(line));
            out.flush();
        };
    }

    private static void put(Detections detections, ModelDescription model, ArrayNode array) {
        for (Detection object : detections.objects()) {
            Box box = object.box();
            array.addObject()
                    .put("index", object.index())
                    .put("name", model.labels().get(object.index()))
                    .put("score", object.score())
                    .putArray("box")
                    .add(box.xMin())
                    .add(box.yMin())
                    .add(box.xMax())
                    .add(box.yMax());
        }
    }

    /** A row a label or a box, the file's name in the first of its rows. */
    static PredictionPrinter table(
            ModelDescription model, int topK, PrintWriter out, List<PictureFile> files) {
        int width = files.stream().mapToInt(f -> f.path().toString().length()).max().orElse(1);
        String row = "%-" + Math.min(width, WIDEST) + "s  %6s  %s%n";
        out.printf(
                "%s version %d (%s…)%n",
                model.name(), model.version(), model.digest().substring(0, 12));
        out.printf(row, "FILE", "SCORE", "LABEL");
        return (file, picture, prediction) -> {
            String name = file.path().toString();
            List<String[]> rows =
                    prediction instanceof Detections detections
                            ? rows(detections, model)
                            : rows(prediction, model, topK);
            for (String[] cells : rows) {
                out.printf(row, name, cells[0], cells[1]);
                name = "";
            }
            out.flush();
        };
    }

    private static List<String[]> rows(Prediction prediction, ModelDescription model, int topK) {
        return Arrays.stream(prediction.scores().top(topK))
                .mapToObj(
                        index ->
                                new String[] {
                                    score(prediction.scores().at(index)), model.labels().get(index)
                                })
                .toList();
    }

    private static List<String[]> rows(Detections detections, ModelDescription model) {
        if (detections.objects().isEmpty()) {
            return List.<String[]>of(new String[] {"-", "nothing found"});
        }
        return detections.objects().stream()
                .map(
                        object ->
                                new String[] {
                                    score(object.score()),
                                    model.labels().get(object.index()) + "  " + text(object.box())
                                })
                .toList();
    }

    private static String score(float score) {
        return String.format(Locale.ROOT, "%.4f", score);
    }

    private static String text(Box box) {
        return String.format(
                Locale.ROOT,
                "[%.1f, %.1f, %.1f, %.1f]",
                box.xMin(),
                box.yMin(),
                box.xMax(),
                box.yMax());
    }
}
