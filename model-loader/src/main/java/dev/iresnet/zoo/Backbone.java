package dev.iresnet.zoo;

import java.util.List;

/**
 * A network up to its {@link Head}: what makes features of a picture or a clip.
 *
 * @param stem before the stages
 * @param style of every block
 * @param stages in order; how each shrinks the signal, {@link Stem.Form} says
 * @param ending whether the last of several stages shrinks it, too
 */
public record Backbone(Stem stem, BlockStyle style, List<Stage> stages, Ending ending) {

    /** What the last stage does to the size of the signal. */
    public enum Ending {
        /** As the other stages. */
        HALVES,
        /** Stride 1; a shortcut that would pool has no pool. */
        KEEPS,
        /** Stride 1; a shortcut that would pool has its pool still, of stride 1. */
        KEEPS_POOLED
    }

    /** One whose last stage halves the signal. */
    public Backbone(Stem stem, BlockStyle style, List<Stage> stages) {
        this(stem, style, stages, Ending.HALVES);
    }

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

    private boolean isLast(int stage) {
        return stage == stages.size() - 1;
    }

    /** Whether the shortcut of a stage's first block has a max-pool. */
    boolean poolsInShortcut(int stage) {
        return style.shortcut() == Shortcut.POOLED
                && ((isLast(stage) && ending == Ending.KEEPS_POOLED)
                        || !convolutions(stage, 0).stream()
                                .allMatch(conv -> conv.stride().equals(Window.ONE)));
    }

    Backbone widened(int factor) {
        return new Backbone(
                new Stem(stem.form(), stem.width() * factor),
                style,
                stages.stream().map(stage -> stage.widened(factor)).toList(),
                ending);
    }

    /** The residual branch of a block. */
    List<Convolution> convolutions(int stage, int block) {
        boolean keeps = block > 0 || (isLast(stage) && ending != Ending.HALVES);
        Window stride = keeps ? Window.ONE : stem.form().stride(stage);
        return style.unit().convolutions(stages.get(stage), stem.form().kernel(), stride);
    }
}
