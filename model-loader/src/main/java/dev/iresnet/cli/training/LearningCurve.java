package dev.iresnet.cli.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.training.Trainer.Meaning;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.Styler.YAxisPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A picture of how training went: losses on the left axis, accuracy or mAP on the right. */
final class LearningCurve {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 600;

    /** More would lie on each other. */
    private static final int MOST_POINTS = 500;

    private final List<double[]> losses = new ArrayList<>();
    private final List<double[]> validationLosses = new ArrayList<>();
    private final List<double[]> scores = new ArrayList<>();

    private Meaning meaning = Meaning.ACCURACY;

    private LearningCurve(Path log) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        double step = 0;
        for (String line : Files.readAllLines(log)) {
            JsonNode node = mapper.readTree(line);
            if (node.has("loss")) {
                step = node.get("step").asDouble() + 1;
                losses.add(new double[] {step, node.get("loss").asDouble()});
            } else {
                validationLosses.add(new double[] {step, node.get("validationLoss").asDouble()});
                for (Meaning possible : Meaning.values()) {
                    if (node.has(possible.logged())) {
                        meaning = possible;
                    }
                }
                scores.add(new double[] {step, 100 * node.path(meaning.logged()).asDouble()});
            }
        }
    }

    /**
     * Draws.
     *
     * @param log as {@code iresnet train} writes it
     * @param picture PNG file to write
     */
    static void draw(Path log, String title, Path picture) throws IOException {
        XYChart chart = new LearningCurve(log).chart(title);
        if (!ImageIO.write(BitmapEncoder.getBufferedImage(chart), "png", picture.toFile())) {
            throw new IOException("this Java writes no PNG files");
        }
    }

    private XYChart chart(String title) {
        XYChart chart =
                new XYChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title(title)
                        .xAxisTitle("steps")
                        .yAxisTitle("loss")
                        .build();
        add(chart, "loss in training", means(losses));
        if (!scores.isEmpty()) {
            add(chart, "loss in validation", validationLosses);
            add(chart, meaning.title() + " in validation", scores).setYAxisGroup(1);
            chart.setYAxisGroupTitle(1, meaning.title() + ", %");
            chart.getStyler().setYAxisMin(1, 0.0).setYAxisMax(1, 100.0);
            chart.getStyler().setYAxisGroupPosition(1, YAxisPosition.Right);
        }
        chart.getStyler().setYAxisMin(0, 0.0).setXAxisMin(0.0);
        chart.getStyler()
                .setChartBackgroundColor(Color.WHITE)
                .setLegendPosition(LegendPosition.OutsideS)
                .setLegendLayout(LegendLayout.Horizontal);
        return chart;
    }

    private static XYSeries add(XYChart chart, String name, List<double[]> points) {
        XYSeries series =
                chart.addSeries(
                        name,
                        points.stream().mapToDouble(point -> point[0]).toArray(),
                        points.stream().mapToDouble(point -> point[1]).toArray());
        series.setMarker(points.size() > 1 ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
        return series;
    }

    /** Of as many points in a row as it takes. */
    private static List<double[]> means(List<double[]> points) {
        int length = (points.size() + MOST_POINTS - 1) / MOST_POINTS;
        List<double[]> means = new ArrayList<>();
        for (int from = 0; from < points.size(); from += length) {
            List<double[]> some = points.subList(from, Math.min(from + length, points.size()));
            means.add(
                    new double[] {
                        some.stream().mapToDouble(point -> point[0]).average().orElseThrow(),
                        some.stream().mapToDouble(point -> point[1]).average().orElseThrow()
                    });
        }
        return means;
    }
}
