package dev.iresnet.zoo;

import java.util.List;

/** What makes outputs of a {@link Backbone}'s features. */
public sealed interface Head {

    /** Outputs that a user sees. */
    int classes();

    /** The same for another set of classes. */
    Head withClasses(int count);

    /** The same with every width multiplied. */
    default Head widened(int factor) {
        return this;
    }

    /**
     * SSD's (Liu et al. 2016): extra blocks shrink the last stage's features further, and on each
     * map 3x3 convolutions tell offsets and classes of default boxes.
     *
     * @param classes without the background, which the network gives a logit, too, the first
     * @param extras one less than the default boxes have maps
     * @param boxes that the offsets are of
     */
    record Ssd(int classes, List<Extra> extras, DefaultBoxes boxes) implements Head {
        public Ssd {
            extras = List.copyOf(extras);
            Checks.range("classes", classes, 1, 1 << 16);
            int maps = boxes.maps().size() - 1;
            Checks.range("extra blocks of " + boxes, extras.size(), maps, maps);
        }

        @Override
        public Head withClasses(int count) {
            return new Ssd(count, extras, boxes);
        }

        @Override
        public Head widened(int factor) {
            return new Ssd(
                    classes,
                    extras.stream()
                            .map(e -> new Extra(e.squeeze() * factor, e.filters() * factor))
                            .toList(),
                    boxes);
        }
    }

    /**
     * An extra block: 1x1, BN, ReLU, 3x3, BN, ReLU.
     *
     * @param squeeze filters of the 1x1
     * @param filters of the 3x3
     */
    record Extra(int squeeze, int filters) {
        public Extra {
            Checks.range("squeeze of an extra block", squeeze, 1, 1 << 16);
            Checks.range("filters of an extra block", filters, 1, 1 << 16);
        }
    }

    /** Mean over all frames, rows and columns of the last stage, then a dense layer. */
    record Classifier(int classes) implements Head {
        public Classifier {
            Checks.range("classes", classes, 1, 1 << 24);
        }

        @Override
        public Head withClasses(int count) {
            return new Classifier(count);
        }
    }
}
