package dev.iresnet.evaluation;

import dev.iresnet.model.Detections.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An object that an annotation says is in a picture.
 *
 * @param index of its class
 * @param box around it, in pixels of the picture as it is stored
 * @param ignored neither its detection counts nor its lack: COCO's crowds, VOC's difficult objects
 * @param crowd many objects, whose box may be found any number of times
 */
public record TrueObject(int index, Rectangle box, boolean ignored, boolean crowd) {

    /**
     * Names the pictures with boxes that have no area, if there are any.
     *
     * @param objects of each picture, by its name
     */
    public static Optional<String> flaw(Map<String, List<TrueObject>> objects) {
        List<String> flawed = new ArrayList<>();
        objects.forEach(
                (name, some) ->
                        some.stream()
                                .filter(object -> object.box().isEmpty())
                                .forEach(object -> flawed.add(name)));
        return flawed.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "Annotated boxes without an area: %d, for example in %s. They are never learned and never found."
                                .formatted(
                                        flawed.size(),
                                        flawed.stream()
                                                .distinct()
                                                .limit(10)
                                                .collect(Collectors.joining(", "))));
    }

    /**
     * A box, in double precision as COCO's own program compares them.
     *
     * @param x left edge
     * @param y top edge
     */
    public record Rectangle(double x, double y, double width, double height) {

        static Rectangle of(Box box) {
            return new Rectangle(
                    box.xMin(),
                    box.yMin(),
                    (double) box.xMax() - box.xMin(),
                    (double) box.yMax() - box.yMin());
        }

        /**
         * Whether it has no area; of such a box nothing can be learned, and no other matches it.
         */
        public boolean isEmpty() {
            return !(width > 0 && height > 0);
        }

        double area() {
            return width * height;
        }

        double intersection(Rectangle other) {
            double w = Math.min(x + width, other.x + other.width) - Math.max(x, other.x);
            double h = Math.min(y + height, other.y + other.height) - Math.max(y, other.y);
            return Math.max(0, w) * Math.max(0, h);
        }
    }
}
