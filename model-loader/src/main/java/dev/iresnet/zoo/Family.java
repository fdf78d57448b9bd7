package dev.iresnet.zoo;

import static dev.iresnet.zoo.BlockOrder.POST_ACTIVATION;
import static dev.iresnet.zoo.BlockOrder.PRE_ACTIVATION;
import static dev.iresnet.zoo.BlockOrder.STAGED;
import static dev.iresnet.zoo.Shortcut.POOLED;
import static dev.iresnet.zoo.Shortcut.STRIDED;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The networks that the paper compares, a row each. */
public enum Family {
    RESNET(POST_ACTIVATION, STRIDED, Groups.NONE),
    PREACTRESNET(PRE_ACTIVATION, STRIDED, Groups.NONE),
    RESSTAGE(STAGED, STRIDED, Groups.NONE),
    IRESNET(STAGED, POOLED, Groups.NONE),
    RESGROUP(POST_ACTIVATION, STRIDED, Groups.GROWING),
    RESGROUPFIX(POST_ACTIVATION, STRIDED, Groups.FIXED),
    IRESGROUP(STAGED, POOLED, Groups.GROWING),
    IRESGROUPFIX(STAGED, POOLED, Groups.FIXED);

    private final BlockOrder order;
    private final Shortcut shortcut;
    private final Groups groups;

    Family(BlockOrder order, Shortcut shortcut, Groups groups) {
        this.order = order;
        this.shortcut = shortcut;
        this.groups = groups;
    }

    static Optional<Family> of(Backbone network) {
        Unit unit = network.style().unit();
        boolean usual =
                network.stages().stream()
                        .allMatch(
                                stage ->
                                        unit.isUsual(stage)
                                                && (unit == Unit.GROUPED || stage.groups() == 1));
        return usual ? like(network) : Optional.empty();
    }

    /** The family with these blocks, whatever the widths of its stages. */
    static Optional<Family> like(Backbone network) {
        BlockStyle style = network.style();
        Groups groups = Groups.of(network);
        return Arrays.stream(values())
                .filter(family -> family.order == style.order())
                .filter(family -> family.shortcut == style.shortcut())
                .filter(family -> family.groups == groups)
                .findFirst();
    }

    /** Lower-case name, as in {@link Networks#named}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean grouped() {
        return groups != Groups.NONE;
    }

    BlockStyle style(boolean basic) {
        return new BlockStyle(
                basic ? Unit.BASIC : grouped() ? Unit.GROUPED : Unit.BOTTLENECK, order, shortcut);
    }

    /** The pooled shortcut does in stage 1 what the stem's pool does elsewhere. */
    Stem.Form imageNetStem() {
        return shortcut == POOLED ? Stem.Form.IMAGENET : Stem.Form.IMAGENET_POOLED;
    }

    /** Each stage twice as wide as the one before; a grouped 3x3 is 4 times as wide as a plain. */
    List<Stage> stages(Unit unit, int firstWidth, List<Integer> blocks) {
        int first = grouped() ? 4 * firstWidth : firstWidth;
        Stage[] stages = new Stage[blocks.size()];
        for (int i = 0; i < stages.length; i++) {
            stages[i] = unit.stage(blocks.get(i), first << i, groups.of(first, i));
        }
        return List.of(stages);
    }

    /** How the groups of the 3x3 convolutions follow the width. */
    private enum Groups {
        NONE,
        /** 32 channels a group in every stage. */
        GROWING,
        /** As many groups in every stage: a quarter of the first stage's width. */
        FIXED;

        int of(int firstWidth, int stage) {
            return switch (this) {
                case NONE -> 1;
                case GROWING -> (firstWidth << stage) / 32;
                case FIXED -> firstWidth / 4;
            };
        }

        static Groups of(Backbone network) {
            if (network.style().unit() != Unit.GROUPED) {
                return NONE;
            }
            long different = network.stages().stream().mapToInt(Stage::groups).distinct().count();
            return different == 1 ? FIXED : GROWING;
        }
    }
}
