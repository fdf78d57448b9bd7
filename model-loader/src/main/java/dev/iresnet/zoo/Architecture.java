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
        if (style.unit() != Unit.GROUPED) {
            Checks.range("groups of a stage in unit " + style.unit(), stage.groups(), 1, 1);
        } else if (stage.width() % 2 != 0) {
            throw new IllegalArgumentException(
                    "width of a stage in unit GROUPED must be even, got " + stage.width());
        }
    }

    /** Convolutions and dense layers from input to output, shortcuts left out. */
    public int depth() {
        return stages.stream().mapToInt(stage -> stage.blocks() * style.unit().depth()).sum() + 2;
    }

    /** Channels that enter the dense layer. */
    public int features() {
        return style.unit().outputs(stages.get(stages.size() - 1).width());
    }

    /** The row of the paper's table that this is a member of, whatever its widths and depth. */
    public Optional<Family> family() {
        return Family.of(this);
    }

    /** As in {@link Networks#named}, for example {@code iresnet50}; the widths are not told. */
    public String name() {
        String family = family().map(Family::id).orElse("custom");
        return (stem.form() == Stem.Form.CIFAR ? "cifar-" : "") + family + depth();
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
