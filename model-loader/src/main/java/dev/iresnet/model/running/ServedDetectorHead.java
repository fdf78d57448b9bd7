package dev.iresnet.model.running;

import dev.iresnet.image.CropGeometry;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.DetectionRule;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Prediction;
import dev.iresnet.model.Sample;
import dev.iresnet.model.card.ServedDetections;
import dev.iresnet.model.running.Suppression.Candidate;
import dev.iresnet.tensorflow.TensorMemory;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;

/**
 * Takes the outputs of a detector that another program made, all as float32: boxes [N,boxes,4] and
 * scores [N,boxes,classes]; or, where it chooses its boxes itself, boxes, scores [N,boxes], classes
 * [N,boxes] and how many count [N]. A picture whose told numbers are not all finite, or none that a
 * detector of this form gives, has detections that are not finite: no picture ends a program. In a
 * trial they are a mistake in how it is called, and throw.
 */
final class ServedDetectorHead implements OutputHead {
    private static final Logger LOG = LoggerFactory.getLogger(ServedDetectorHead.class);

    /** What rounding may add to a score or to the side of a box, in sides of the input. */
    private static final float ROUNDING = 1e-3f;

    private final ModelDescription model;
    private final ServedDetections served;
    private final DetectionRule rule;
    private final boolean trial;
    private final AtomicBoolean logged = new AtomicBoolean();

    /**
     * A head.
     *
     * @param trial whether all boxes are looked at, and wrong numbers throw
     */
    ServedDetectorHead(ModelDescription model, ServedDetections served, boolean trial) {
        this.model = model;
        this.served = served;
        this.rule = model.detection().orElse(DetectionRule.SUPPRESSED);
        this.trial = trial;
    }

    @Override
    public List<Prediction> predictions(List<? extends Tensor> outputs, List<Sample> samples) {
        int n = samples.size();
        Shape scores = outputs.get(1).shape();
        long each = scores.numDimensions() > 1 ? scores.get(1) : -1;
        if (each > SsdHead.MOST_BOXES) {
            throw wrong(
                    "gives %d boxes for a picture; at most %d are taken"
                            .formatted(each, SsdHead.MOST_BOXES));
        }
        boolean chosen = served.chosen().isPresent();
        require(outputs, 0, Shape.of(n, each, 4));
        require(outputs, 1, chosen ? Shape.of(n, each) : Shape.of(n, each, columns()));
        if (chosen) {
            require(outputs, 2, Shape.of(n, each));
            require(outputs, 3, Shape.of(n));
        }
        List<FloatBuffer> values =
                outputs.stream().map(output -> TensorMemory.of(output).asFloatBuffer()).toList();
        List<Prediction> predictions = new ArrayList<>();
        for (int row = 0; row < n; row++) {
            List<FloatBuffer> of = new ArrayList<>();
            for (FloatBuffer all : values) {
                int size = all.limit() / n;
                of.add(all.slice(row * size, size));
            }
            CropGeometry geometry = samples.get(row).geometry();
            predictions.add(
                    candidates(of)
                            .map(boxes -> new Suppression(rule).kept(boxes))
                            .map(kept -> SsdHead.inPicture(kept, model.preprocessing(), geometry))
                            .orElse(SsdHead.NOT_FINITE));
        }
        return predictions;
    }

    /** Of one picture; empty if a number is not finite, or none that such a network gives. */
    private Optional<List<Candidate>> candidates(List<FloatBuffer> outputs) {
        try {
            return served.chosen().isPresent() ? chosen(outputs) : scored(outputs);
        } catch (ModelException e) {
            if (trial) {
                throw e;
            }
            if (!logged.getAndSet(true)) {
                LOG.warn(
                        "{}. Pictures for which it does so have no boxes and are not finite; this is logged once",
                        e.getMessage());
            }
            return Optional.empty();
        }
    }

    private int columns() {
        return served.firstClass() + model.labels().size();
    }

    private void require(List<? extends Tensor> outputs, int index, Shape shape) {
        if (!outputs.get(index).shape().equals(shape)) {
            throw wrong(
                    "gives %s of shape %s; %d labels from class %d on and scores %s need %s"
                            .formatted(
                                    served.names().get(index),
                                    outputs.get(index).shape(),
                                    model.labels().size(),
                                    served.firstClass(),
                                    outputs.get(1).shape(),
                                    shape));
        }
    }

    private Optional<List<Candidate>> chosen(List<FloatBuffer> outputs) {
        List<Candidate> found = new ArrayList<>();
        float count = outputs.get(3).get(0);
        if (!(count >= 0 && count <= outputs.get(1).limit() && count == Math.rint(count))) {
            throw wrong("says that %s of %d boxes count".formatted(count, outputs.get(1).limit()));
        }
        for (int i = 0; i < count; i++) {
            float score = outputs.get(1).get(i);
            if (isLookedAt(score)) {
                float number = outputs.get(2).get(i);
                Candidate box = box(outputs.get(0), i);
                if (!Float.isFinite(score + number) || !isFinite(box)) {
                    return Optional.empty();
                }
                float told = told(score);
                // what a network puts in places that it did not fill has a score of 0
                if (told > 0) {
                    box = box.of(index(number), told);
                }
                if (told > rule.minScore()) {
                    found.add(box);
                }
            }
        }
        return Optional.of(found);
    }

    /** Nothing is told of the others, whatever their numbers. */
    private boolean isLookedAt(float score) {
        return trial || score > rule.minScore() || !Float.isFinite(score);
    }

    private int index(float number) {
        float index = number - served.firstClass();
        if (!(index >= 0 && index < model.labels().size() && index == Math.rint(index))) {
            throw wrong(
                    "gives a box of class %s; its %d labels are those of classes %d to %d: --first-class says where they begin"
                            .formatted(
                                    number,
                                    model.labels().size(),
                                    served.firstClass(),
                                    served.firstClass() + model.labels().size() - 1));
        }
        return (int) index;
    }

    /** The same of a network that gives a score of each class for each box. */
    private Optional<List<Candidate>> scored(List<FloatBuffer> outputs) {
        List<Candidate> found = new ArrayList<>();
        FloatBuffer scores = outputs.get(1);
        int columns = columns();
        for (int i = 0; i < scores.limit(); i++) {
            float score = scores.get(i);
            int index = i % columns - served.firstClass();
            if (isLookedAt(score) && (index >= 0 || trial)) {
                Candidate box = box(outputs.get(0), i / columns);
                if (!Float.isFinite(score) || !isFinite(box)) {
                    return Optional.empty();
                }
                float told = told(score);
                if (index >= 0 && told > rule.minScore()) {
                    found.add(box.of(index, told));
                }
            }
        }
        return Optional.of(found);
    }

    /** In 0..1. */
    private float told(float score) {
        if (score < -ROUNDING || score > 1 + ROUNDING) {
            throw wrong(
                    "gives a score of %s, but scores are 0..1; if %s are logits, --output-kind says so"
                            .formatted(score, served.scores()));
        }
        return Math.max(0, Math.min(1, score));
    }

    /** In 0..1 of the crop, without a class and a score. */
    private Candidate box(FloatBuffer boxes, int number) {
        float a = boxes.get(4 * number);
        float b = boxes.get(4 * number + 1);
        float c = boxes.get(4 * number + 2);
        float d = boxes.get(4 * number + 3);
        Candidate box =
                switch (served.format().order()) {
                    case XYXY -> sized(number, a, b, c, d);
                    case YXYX -> sized(number, b, a, d, c);
                    case XYWH -> sized(number, a, b, a + c, b + d);
                    case CENTER_XYWH -> sized(number, a - c / 2, b - d / 2, a + c / 2, b + d / 2);
                };
        float width = box.xMax() - box.xMin();
        float height = box.yMax() - box.yMin();
        if (isFinite(box) && Math.min(width, height) < -ROUNDING) {
            throw wrong(
                    "gives a box [%s, %s, %s, %s], which ends before it begins: --box-format, now %s, says what the numbers are. They must be a box itself, no offsets from another one"
                            .formatted(a, b, c, d, served.format()));
        }
        return width >= 0 && height >= 0 ? box : sorted(box);
    }

    private Candidate sized(int number, float left, float top, float right, float bottom) {
        Preprocessing input = model.preprocessing();
        float x = served.format().isRelative() ? 1 : input.width();
        float y = served.format().isRelative() ? 1 : input.height();
        return new Candidate(0, 0, number, left / x, top / y, right / x, bottom / y);
    }

    /** Of a box that rounding turned round. */
    private static Candidate sorted(Candidate box) {
        return new Candidate(
                box.index(),
                box.score(),
                box.number(),
                Math.min(box.xMin(), box.xMax()),
                Math.min(box.yMin(), box.yMax()),
                Math.max(box.xMin(), box.xMax()),
                Math.max(box.yMin(), box.yMax()));
    }

    private static boolean isFinite(Candidate box) {
        return Float.isFinite(box.xMin() + box.xMax()) && Float.isFinite(box.yMin() + box.yMax());
    }

    private ModelException wrong(String what) {
        return new ModelException("%s %s".formatted(model.name(), what));
    }
}
