package dev.iresnet.model;

import dev.iresnet.image.CropGeometry;
import java.util.List;

/**
 * What a detector says of a sample.
 *
 * @param objects that it found, best first; none is an answer, too
 */
public record Detections(List<Detection> objects) implements Prediction {
    public Detections {
        objects = List.copyOf(objects);
        for (int i = 1; i < objects.size(); i++) {
            if (objects.get(i).score() > objects.get(i - 1).score()) {
                throw new IllegalArgumentException("detections must be ordered, best first");
            }
        }
    }

    /** Classes that there must be for these objects: one more than the highest index. */
    public int classes() {
        return objects.stream().mapToInt(object -> object.index() + 1).max().orElse(0);
    }

    @Override
    public boolean isFinite() {
        return objects.stream().allMatch(Detection::isFinite);
    }

    /**
     * One object.
     *
     * @param index of its class, 0 or more
     * @param score 0..1, or NaN where the network or its input overflowed
     * @param box around it
     */
    public record Detection(int index, float score, Box box) {
        public Detection {
            if (index < 0) {
                throw new IllegalArgumentException("a class index is 0 or more, got " + index);
            }
            if (score < 0 || score > 1) {
                throw new IllegalArgumentException("a score is 0..1, got " + score);
            }
        }

        private boolean isFinite() {
            return Float.isFinite(score)
                    && Float.isFinite(box.xMin + box.yMin)
                    && Float.isFinite(box.xMax + box.yMax);
        }
    }

    /**
     * A box in pixels of the whole picture, from its left and its top edge; NaN where the network
     * or its input overflowed.
     *
     * @param xMin at most {@code xMax}
     * @param yMin at most {@code yMax}
     */
    public record Box(float xMin, float yMin, float xMax, float yMax) {
        public Box {
            if (xMin > xMax || yMin > yMax) {
                throw new IllegalArgumentException(
                        "a box from %s, %s must not end at %s, %s"
                                .formatted(xMin, yMin, xMax, yMax));
            }
        }

        /** The part of this box, which is in pixels of a crop, that lies in the crop's picture. */
        public Box inPicture(CropGeometry crop) {
            return new Box(
                    (float) crop.pictureX(xMin),
                    (float) crop.pictureY(yMin),
                    (float) crop.pictureX(xMax),
                    (float) crop.pictureY(yMax));
        }
    }
}
