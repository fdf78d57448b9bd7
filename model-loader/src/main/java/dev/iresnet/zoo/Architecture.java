package dev.iresnet.zoo;

import java.util.List;
import java.util.Optional;

/**
 * A network, wholly: {@link NetworkBuilder} needs nothing else but the {@link ReluForm}.
 *
 * @param stem before the stages
 * @param style of every block
 * @param stages in order; each but the first halves the size
 * @param classes outputs of the dense layer
 */
public record Architecture(Stem stem, BlockStyle style, List<Stage> stages, int classes) {

    public Architecture {
        stages = List.copyOf(stages);
        Checks.range("classes", classes, 1, 1 << 24);
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

    /** Convolutions and dense layers from input to output, shortcuts left out. */
    public int depth() {
        return stages.stream().mapToInt(stage -> stage.blocks() * style.unit().depth()).sum() + 2;
    }

    /** Channels that enter the dense layer. */
    public int features() {
        return stages.get(stages.size() - 1).outputs();
    }

    /** The row of the paper's table that this is a member of, whatever its widths and depth. */
    public Optional<Family> family() {
        return Family.of(this);
    }

    /**
     * As in {@link Networks#named}, for example {@code iresnet50}; the widths are not told, but
     * where the 3x3 convolutions are wider or grouped: {@code wide_resnet50_2}, {@code
     * resnext50_32x4d}.
     */
    public String name() {
        String stemmed = stem.form() == Stem.Form.CIFAR ? "cifar-" : "";
        String like =
                style.order() == BlockOrder.BOTH_PRE_ACTIVATION
                        ? "bothpreactresnet"
                        : Family.like(this).map(Family::id).orElse("custom");
        Stage first = stages.get(0);
        if (family().isPresent() || style.unit() != Unit.BOTTLENECK || !like.endsWith("resnet")) {
            return stemmed + like + depth();
        }
        if (first.groups() == 1) {
            long times = Math.round(4.0 * first.width() / first.outputs());
            return times == 1
                    ? stemmed + like + depth()
                    : "%swide_%s%d_%d".formatted(stemmed, like, depth(), times);
        }
        return "%s%sxt%d_%dx%dd"
                .formatted(
                        stemmed,
                        like.substring(0, like.length() - 1),
                        depth(),
                        first.groups(),
                        first.width() / first.groups());
    }

    /** The same for another set of classes. */
    public Architecture withClasses(int count) {
        return new Architecture(stem, style, stages, count);
    }

    /** The same with every width, the stem's too, multiplied. */
    public Architecture widened(int factor) {
        return new Architecture(
                new Stem(stem.form(), stem.width() * factor),
                style,
                stages.stream().map(stage -> stage.widened(factor)).toList(),
                classes);
    }

    int stride(int stage) {
        return stage == 0 ? stem.form().firstStageStride : 2;
    }
}
