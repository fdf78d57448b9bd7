package dev.iresnet.zoo;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A network, wholly: {@link NetworkBuilder} needs nothing else but the {@link ReluForm}.
 *
 * @param backbone from input to features
 * @param head from features to outputs
 */
public record Architecture(Backbone backbone, Head head) {

    /** Convolutions and dense layers from input to output, shortcuts and all of SSD left out. */
    public int depth() {
        int each = backbone.style().unit().depth();
        return backbone.stages().stream().mapToInt(stage -> stage.blocks() * each).sum() + 2;
    }

    /** Outputs of the head. */
    public int classes() {
        return head.classes();
    }

    /** The row of the paper's table that this is a member of, whatever its widths and depth. */
    public Optional<Family> family() {
        return Family.of(backbone);
    }

    /**
     * As in {@link Networks#named}, for example {@code iresnet50}; the widths are not told, but
     * where the 3x3 convolutions are wider or grouped: {@code wide_resnet50_2}, {@code
     * resnext50_32x4d}.
     */
    public String name() {
        return head instanceof Head.Ssd ssd
                ? ssd.boxes().name().toLowerCase(Locale.ROOT) + "-" + backboneName()
                : backboneName();
    }

    /**
     * Of a detector, the depth of the classifier that its backbone was cut out of: the stage that
     * it lacks has as many blocks as the first in all of the paper's tables.
     */
    private int nominalDepth() {
        int cut = head instanceof Head.Ssd ? backbone.stages().get(0).blocks() : 0;
        return depth() + cut * backbone.style().unit().depth();
    }

    private String backboneName() {
        int depth = nominalDepth();
        BlockStyle style = backbone.style();
        Stem.Form form = backbone.stem().form();
        String stemmed = form == Stem.Form.CIFAR ? "cifar-" : "";
        String like =
                style.order() == BlockOrder.BOTH_PRE_ACTIVATION
                        ? "bothpreactresnet"
                        : Family.like(backbone).map(Family::id).orElse("custom");
        if (backbone.temporal().isPresent()) {
            return stemmed + ClipNetworks.name(backbone, like, depth);
        }
        Stage first = backbone.stages().get(0);
        if (family().isPresent() || style.unit() != Unit.BOTTLENECK || !like.endsWith("resnet")) {
            return stemmed + like + depth;
        }
        if (first.groups() == 1) {
            long times = Math.round(4.0 * first.width() / first.outputs());
            return times == 1
                    ? stemmed + like + depth
                    : "%swide_%s%d_%d".formatted(stemmed, like, depth, times);
        }
        return "%s%sxt%d_%dx%dd"
                .formatted(
                        stemmed,
                        like.substring(0, like.length() - 1),
                        depth,
                        first.groups(),
                        first.width() / first.groups());
    }

    /** The same for another set of classes. */
    public Architecture withClasses(int count) {
        return new Architecture(backbone, head.withClasses(count));
    }

    /** Whether the input has frames: [N,T,H,W,3] and not [N,H,W,3]. */
    public boolean takesClips() {
        return backbone.temporal().isPresent();
    }

    /**
     * The same with other strides along the frames.
     *
     * @param strides one a stage, the first of the stem's pool where there is one
     * @throws IllegalArgumentException if it takes pictures, or they are too few or too many
     */
    public Architecture withTemporalStrides(List<Integer> strides) {
        Temporal temporal =
                backbone.temporal()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                name() + " takes pictures, it has no frames"));
        boolean pools = backbone.stem().form().isPooled();
        return new Architecture(backbone.over(temporal.withStrides(pools, strides)), head);
    }

    /** The same with every width, the stem's too, multiplied. */
    public Architecture widened(int factor) {
        return new Architecture(backbone.widened(factor), head.widened(factor));
    }
}
