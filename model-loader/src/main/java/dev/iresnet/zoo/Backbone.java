package dev.iresnet.zoo;

import java.util.List;
import java.util.Optional;

/**
 * A network up to its {@link Head}: what makes features of a picture or a clip.
 *
 * @param stem before the stages
 * @param style of every block
 * @param stages in order; how each shrinks the signal, {@link Stem.Form} says
 * @param ending whether the last of several stages shrinks it, too
 * @param temporal of a network for clips; empty for one for pictures
 */
public record Backbone(
        Stem stem,
        BlockStyle style,
        List<Stage> stages,
        Ending ending,
        Optional<Temporal> temporal) {

    /** What the last stage does to the size of the signal. */
    public enum Ending {
        /** As the other stages. */
        HALVES,
        /** Stride 1; a shortcut that would pool has no pool. */
        KEEPS,
        /** Stride 1; a shortcut that would pool has its pool still, of stride 1. */
        KEEPS_POOLED
    }

    /** One for pictures. */
    public Backbone(Stem stem, BlockStyle style, List<Stage> stages, Ending ending) {
        this(stem, style, stages, ending, Optional.empty());
    }

    /** One for pictures whose last stage halves the signal. */
    public Backbone(Stem stem, BlockStyle style, List<Stage> stages) {
        this(stem, style, stages, Ending.HALVES);
    }

    public Backbone {
        stages = List.copyOf(stages);
        Checks.range("stages", stages.size(), 1, 16);
        for (Stage stage : stages) {
            check(stage, style);
        }
        if (temporal.isPresent()) {
            check(temporal.get(), stem, style, stages);
        }
    }

    private static void check(Temporal of, Stem stem, BlockStyle style, List<Stage> stages) {
        Checks.range("stages along frames", of.stages().size(), stages.size(), stages.size());
        if (!stem.form().isPooled()) {
            Checks.range("frames of the pool of a stem that has none", of.pool(), 1, 1);
            Checks.range("stride of the pool of a stem that has none", of.poolStride(), 1, 1);
        }
        for (int i = 0; i < stages.size(); i++) {
            Checks.range("groups of a stage for clips", stages.get(i).groups(), 1, 1);
            if (style.unit() == Unit.BASIC) {
                int first = of.stages().get(i).first();
                Checks.range("frames of a stage's first convolutions in unit BASIC", first, 1, 1);
            }
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
                ending,
                temporal);
    }

    /** The same with another width of the stem, to which all others are in proportion. */
    Backbone ofWidth(int width) {
        return new Backbone(
                new Stem(stem.form(), width),
                style,
                stages.stream().map(stage -> stage.scaled(width, stem.width())).toList(),
                ending,
                temporal);
    }

    /** The same for clips. */
    Backbone over(Temporal frames) {
        return new Backbone(stem, style, stages, ending, Optional.of(frames));
    }

    Convolution stemConvolution() {
        int side = stem.form().side();
        int stride = stem.form().stride();
        int frames = temporal.map(Temporal::stem).orElse(1);
        return Convolution.plain(
                new Window(frames, side, side), stem.width(), new Window(1, stride, stride));
    }

    /** Of the stem's pool. */
    Window poolKernel() {
        return new Window(temporal.map(Temporal::pool).orElse(1), 3, 3);
    }

    /** Of the stem's pool. */
    Window poolStride() {
        return new Window(temporal.map(Temporal::poolStride).orElse(1), 2, 2);
    }

    /** Of a stage's 3x3 convolutions and of the pool in its shortcut. */
    Window kernel(int stage) {
        return new Window(part(stage).map(Temporal.Part::middle).orElse(1), 3, 3);
    }

    private Optional<Temporal.Part> part(int stage) {
        return temporal.map(of -> of.stages().get(stage));
    }

    /** The residual branch of a block. */
    List<Convolution> convolutions(int stage, int block) {
        boolean keeps = block > 0 || (isLast(stage) && ending != Ending.HALVES);
        int side = stem.form().stride(stage);
        Window stride = new Window(part(stage).map(Temporal.Part::stride).orElse(1), side, side);
        return style.unit()
                .convolutions(
                        stages.get(stage),
                        new Window(part(stage).map(Temporal.Part::first).orElse(1), 1, 1),
                        kernel(stage),
                        keeps ? Window.ONE : stride);
    }
}
