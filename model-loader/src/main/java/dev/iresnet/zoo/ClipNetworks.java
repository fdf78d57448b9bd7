package dev.iresnet.zoo;

import dev.iresnet.zoo.Temporal.Part;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The networks for clips: those for pictures with a {@link Temporal}; 400 classes. */
public final class ClipNetworks {
    private static final int KINETICS_CLASSES = 400;
    private static final int DEEPEST = 200;

    private static final Pattern NAME = Pattern.compile("([a-z]+)3d-?(\\d{1,5})");

    /** Torchvision's and pytorchvideo's names. */
    private static final Pattern OTHERS = Pattern.compile("(r3d_|mc3_|slow_r)(\\d{1,4})");

    private static final Temporal R3D =
            new Temporal(
                    3,
                    1,
                    1,
                    List.of(
                            new Part(1, 3, 1),
                            new Part(1, 3, 2),
                            new Part(1, 3, 2),
                            new Part(1, 3, 2)));

    private static final Part FLAT = new Part(1, 1, 1);

    private static final Temporal MC3 =
            new Temporal(3, 1, 1, List.of(new Part(1, 3, 1), FLAT, FLAT, FLAT));

    private static final Temporal SLOW =
            new Temporal(1, 1, 1, List.of(FLAT, FLAT, new Part(3, 1, 1), new Part(3, 1, 1)));

    private ClipNetworks() {}

    /**
     * The ImageNet form with windows of three dimensions, for 16 frames of 112x112 pixels for
     * instance. Inferred: the paper gives figures for video, but no layout.
     *
     * @param family that has no groups
     * @param depth up to 200
     */
    public static Architecture of(Family family, int depth) {
        Architecture flat = Networks.imageNet(family, depth);
        if (depth > DEEPEST) {
            throw new IllegalArgumentException(
                    "%s3d%d: networks for clips go up to depth %d"
                            .formatted(family.id(), depth, DEEPEST));
        }
        return inflated(flat).withClasses(KINETICS_CLASSES);
    }

    /**
     * A classifier of pictures with a third dimension in its kernels, as large as the others.
     *
     * @throws IllegalArgumentException if it has groups, or is no classifier of pictures
     */
    public static Architecture inflated(Architecture flat) {
        Backbone backbone = flat.backbone();
        boolean grouped = backbone.stages().stream().anyMatch(stage -> stage.groups() > 1);
        if (grouped
                || backbone.temporal().isPresent()
                || !(flat.head() instanceof Head.Classifier)) {
            throw new IllegalArgumentException(
                    "%s has no form for clips: classifiers of pictures whose convolutions have no groups have one"
                            .formatted(flat.name()));
        }
        return new Architecture(
                backbone.over(Temporal.cubic(backbone.stem().form(), backbone.stages().size())),
                flat.head());
    }

    /** Torchvision's {@code r3d_18}: a stem of 3x7x7 without a pool. */
    public static Architecture r3d(int depth) {
        return other(Stem.Form.UNPOOLED, R3D, depth);
    }

    /** Torchvision's {@code mc3_18}: the same, but that only stage 1 looks along the frames. */
    public static Architecture mc3(int depth) {
        return other(Stem.Form.UNPOOLED, MC3, depth);
    }

    /**
     * The slow path of SlowFast (Feichtenhofer et al. 2019), pytorchvideo's {@code slow_r50}: no
     * frame is left out, and only the first convolutions of stages 3 and 4 look along the frames.
     */
    public static Architecture slow(int depth) {
        if (Networks.imageNet(Family.RESNET, depth).backbone().style().unit() == Unit.BASIC) {
            throw new IllegalArgumentException(
                    "slow_r" + depth + ": there is none of basic blocks, below depth 50");
        }
        return other(Stem.Form.IMAGENET_POOLED, SLOW, depth);
    }

    /** Whether it has the kernels of {@link #slow}, whatever its strides. */
    public static boolean isSlow(Architecture network) {
        return network.backbone()
                .temporal()
                .filter(
                        of ->
                                of.withStrides(true, Collections.nCopies(of.stages().size(), 1))
                                        .equals(SLOW))
                .isPresent();
    }

    private static Architecture other(Stem.Form form, Temporal temporal, int depth) {
        Backbone flat = Networks.imageNet(Family.RESNET, depth).backbone();
        return new Backbone(
                        new Stem(form, flat.stem().width()),
                        flat.style(),
                        flat.stages(),
                        Backbone.Ending.HALVES,
                        Optional.of(temporal))
                .classifier(KINETICS_CLASSES);
    }

    /** What a network is called that has this backbone; see {@link #named}. */
    static String name(Backbone backbone, String family, int depth) {
        Temporal temporal = backbone.temporal().orElseThrow();
        boolean unpooled = backbone.stem().form() == Stem.Form.UNPOOLED;
        String prefix =
                unpooled && temporal.equals(R3D)
                        ? "r3d_"
                        : unpooled && temporal.equals(MC3)
                                ? "mc3_"
                                : temporal.equals(SLOW) ? "slow_r" : family + "3d";
        return prefix + depth;
    }

    /** By name: {@code iresnet3d18}, {@code r3d_18}; empty if it is none of a network for clips. */
    static Optional<Architecture> named(String name) {
        Matcher other = OTHERS.matcher(name);
        if (other.matches()) {
            int depth = Integer.parseInt(other.group(2));
            return Optional.of(
                    switch (other.group(1)) {
                        case "r3d_" -> r3d(depth);
                        case "mc3_" -> mc3(depth);
                        default -> slow(depth);
                    });
        }
        Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                ? Optional.of(
                        of(Networks.family(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }
}
