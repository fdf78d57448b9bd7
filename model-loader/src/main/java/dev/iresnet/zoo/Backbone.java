package dev.iresnet.zoo;

import java.util.List;

/**
 * A network up to its {@link Head}: what makes features of a picture or a clip.
 *
 * @param stem before the stages
 * @param style of every block
 * @param stages in order; how each shrinks the signal, {@link Stem.Form} says
 */
public record Backbone(Stem stem, BlockStyle style, List<Stage> stages) {

    public Backbone {
        stages = List.copyOf(stages);
        Checks.range("stages", stages.size(), 1, 16);
        for (Stage stage : stages) {
            check(stage, style);
        }
    }

    private static void check(Stage stage, BlockStyle style) {
        if (style.order() == BlockOrder.STAGED) {
            // a stage is told apart by its Start and its End, so it has both
            Checks.range("blocks of a stage in order STAGED", stage.blocks(), 2, Integer.MAX_VALUE);
        }
        if (style.unit() == Unit.BASIC) {
            Checks.range("groups of a stage in unit BASIC", stage.groups(), 1, 1);
            Checks.range(
                    "outputs of a stage in unit BASIC",
                    stage.outputs(),
                    stage.width(),
                    stage.width());
        }
    }

    /** With a dense layer over the mean of the last stage's features. */
    public Architecture classifier(int classes) {
        return new Architecture(this, new Head.Classifier(classes));
    }

    /** Channels of the last stage's features. */
    public int features() {
        return stages.get(stages.size() - 1).outputs();
    }

    Backbone widened(int factor) {
        return new Backbone(
                new Stem(stem.form(), stem.width() * factor),
                style,
                stages.stream().map(stage -> stage.widened(factor)).toList());
    }

    /** The residual branch of a block. */
    List<Convolution> convolutions(int stage, int block) {
        Window stride = block == 0 ? stem.form().stride(stage) : Window.ONE;
        return style.unit().convolutions(stages.get(stage), stem.form().kernel(), stride);
    }
}
