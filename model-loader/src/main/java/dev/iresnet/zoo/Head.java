package dev.iresnet.zoo;

/** What makes outputs of a {@link Backbone}'s features. */
public sealed interface Head {

    /** Outputs that a user sees. */
    int classes();

    /** The same for another set of classes. */
    Head withClasses(int count);

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
