package dev.iresnet.model.running;

import dev.iresnet.image.CropGeometry;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.DetectionRule;
import dev.iresnet.model.Detections;
import dev.iresnet.model.Detections.Box;
import dev.iresnet.model.Detections.Detection;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import dev.iresnet.model.running.Suppression.Candidate;
import dev.iresnet.tensorflow.TensorMemory;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;

/**
 * Takes two outputs: boxes, float32 [N,boxes,4] (left, top, right, bottom in 0..1 of the crop), and
 * scores, float32 [N,boxes,classes]. A picture whose scores or told boxes are not all finite has
 * detections that are not, either.
 */
final class SsdHead implements OutputHead {
    /** Boxes of a picture beyond which no network of this kind goes. */
    static final long MOST_BOXES = 200_000;

    /** What is told of a picture where the network or its input overflowed. */
    static final Detections NOT_FINITE =
            new Detections(
                    List.of(
                            new Detection(
                                    0,
                                    Float.NaN,
                                    new Box(Float.NaN, Float.NaN, Float.NaN, Float.NaN))));

    private final ModelDescription model;
    private final DetectionRule rule;

    SsdHead(ModelDescription model) {
        this.model = model;
        this.rule = model.detection().orElse(DetectionRule.SSD300);
    }

    @Override
    public List<Prediction> predictions(List<? extends Tensor> outputs, List<Sample> samples) {
        if (outputs.size() != 2) {
            throw new ModelException(
                    "%s gives %d outputs; a detector that can be run gives boxes and scores"
                            .formatted(model.name(), outputs.size()));
        }
        Shape scores = outputs.get(1).shape();
        long boxes = scores.numDimensions() == 3 ? scores.get(1) : -1;
        int classes = model.labels().size();
        require(outputs.get(0), samples.size(), boxes, 4);
        require(outputs.get(1), samples.size(), boxes, classes);
        FloatBuffer corners = TensorMemory.of(outputs.get(0)).asFloatBuffer();
        FloatBuffer values = TensorMemory.of(outputs.get(1)).asFloatBuffer();
        int count = Math.toIntExact(boxes);
        // 700,000 scores a picture, while TensorFlow's threads have nothing to do
        return IntStream.range(0, samples.size())
                .parallel()
                .mapToObj(
                        row ->
                                (Prediction)
                                        detections(
                                                corners.slice(row * count * 4, count * 4),
                                                values.slice(
                                                        row * count * classes, count * classes),
                                                samples.get(row).geometry()))
                .toList();
    }

    private void require(Tensor output, int samples, long boxes, int values) {
        if (boxes < 0
                || boxes > MOST_BOXES
                || !output.shape().equals(Shape.of(samples, boxes, values))) {
            throw new ModelException(
                    "%s gives an output of shape %s; %d crops and %d labels need boxes [%d, B, 4] and scores [%d, B, %d], B at most %d"
                            .formatted(
                                    model.name(),
                                    output.shape(),
                                    samples,
                                    model.labels().size(),
                                    samples,
                                    samples,
                                    model.labels().size(),
                                    MOST_BOXES));
        }
    }

    private Detections detections(FloatBuffer corners, FloatBuffer scores, CropGeometry geometry) {
        int classes = model.labels().size();
        float least = rule.minScore();
        List<Candidate> found = new ArrayList<>();
        for (int i = 0; i < scores.limit(); i++) {
            float score = scores.get(i);
            if (!(score <= least)) {
                Candidate candidate = candidate(i % classes, score, corners, i / classes);
                if (!Float.isFinite(score) || !isSound(candidate)) {
                    return NOT_FINITE;
                }
                found.add(candidate);
            } else if (score == Float.NEGATIVE_INFINITY) {
                return NOT_FINITE;
            }
        }
        return inPicture(new Suppression(rule).kept(found), model.preprocessing(), geometry);
    }

    private static Candidate candidate(int index, float score, FloatBuffer corners, int number) {
        int at = number * 4;
        return new Candidate(
                index,
                Math.min(1, score),
                number,
                corners.get(at),
                corners.get(at + 1),
                corners.get(at + 2),
                corners.get(at + 3));
    }

    /** Sizes are powers of e, so that only an overflow turns a box round. */
    private static boolean isSound(Candidate box) {
        return Float.isFinite(box.xMin() + box.xMax())
                && Float.isFinite(box.yMin() + box.yMax())
                && box.xMin() <= box.xMax()
                && box.yMin() <= box.yMax();
    }

    /** Boxes of a crop, in 0..1 of it, in the picture's pixels; those outside are left out. */
    static Detections inPicture(List<Candidate> kept, Preprocessing rule, CropGeometry geometry) {
        List<Detection> objects = new ArrayList<>();
        for (Candidate box : kept) {
            Box part =
                    new Box(
                                    box.xMin() * rule.width(),
                                    box.yMin() * rule.height(),
                                    box.xMax() * rule.width(),
                                    box.yMax() * rule.height())
                            .inPicture(geometry);
            if (part.xMin() < part.xMax() && part.yMin() < part.yMax()) {
                objects.add(new Detection(box.index(), box.score(), part));
            }
        }
        return new Detections(objects);
    }
}
