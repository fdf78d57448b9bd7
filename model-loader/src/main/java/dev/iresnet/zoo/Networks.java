package dev.iresnet.zoo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tables of the paper: which depths there are and how their blocks are spread over stages. */
public final class Networks {
    private static final Map<Integer, List<Integer>> IMAGENET_BLOCKS =
            new TreeMap<>(
                    Map.of(
                            18, List.of(2, 2, 2, 2),
                            34, List.of(3, 4, 6, 3),
                            50, List.of(3, 4, 6, 3),
                            101, List.of(3, 4, 23, 3),
                            152, List.of(3, 8, 36, 3),
                            200, List.of(3, 24, 36, 3),
                            302, List.of(4, 34, 58, 4),
                            404, List.of(4, 46, 80, 4),
                            1001, List.of(4, 155, 170, 4)));
    private static final int SHALLOWEST_IMAGENET = 18;
    private static final int DEEPEST_BASIC_IMAGENET = 34;
    private static final int IMAGENET_CLASSES = 1000;
    private static final int IMAGENET_WIDTH = 64;

    /** From here on CIFAR networks are bottlenecks, as in He et al.'s tables (110 and 164). */
    private static final int SHALLOWEST_BOTTLENECK_CIFAR = 164;

    private static final int CIFAR_CLASSES = 10;
    private static final int CIFAR_WIDTH = 16;
    private static final int CIFAR_STAGES = 3;

    /** Torchvision's names of networks whose 3x3 convolutions are grouped or wide. */
    private static final Pattern WIDE =
            Pattern.compile(
                    "(?:wide_([a-z]*resn)et|([a-z]*resn)ext)(\\d{2,4})_(\\d{1,3})(?:x(\\d{1,3})d)?");

    private static final Pattern SSD = Pattern.compile("ssd300-([a-z]+)-?(\\d{1,5})");

    /** Of COCO, without the background. */
    private static final int COCO_CLASSES = 80;

    private static final int DEEPEST_SSD = 152;

    private static final Pattern NAME = Pattern.compile("(cifar-)?([a-z]+)-?(\\d{1,5})");

    private Networks() {}

    /** Depths of the ImageNet form, ascending. */
    public static List<Integer> imageNetDepths(Family family) {
        return IMAGENET_BLOCKS.keySet().stream()
                .filter(depth -> !family.grouped() || depth > DEEPEST_BASIC_IMAGENET)
                .toList();
    }

    /** All networks of the ImageNet form. */
    public static List<Architecture> imageNet() {
        List<Architecture> all = new ArrayList<>();
        for (Family family : Family.values()) {
            imageNetDepths(family).forEach(depth -> all.add(imageNet(family, depth)));
        }
        return all;
    }

    /**
     * The ImageNet form: 7x7 stem of 64 filters, four stages, 1000 classes.
     *
     * @throws IllegalArgumentException if the paper has no such depth
     */
    public static Architecture imageNet(Family family, int depth) {
        List<Integer> blocks = IMAGENET_BLOCKS.get(depth);
        if (blocks == null || !imageNetDepths(family).contains(depth)) {
            throw new IllegalArgumentException(
                    family.id()
                            + " has no depth "
                            + depth
                            + "; its depths are "
                            + imageNetDepths(family));
        }
        BlockStyle style = family.style(depth <= DEEPEST_BASIC_IMAGENET);
        return new Backbone(
                        new Stem(family.imageNetStem(), IMAGENET_WIDTH),
                        style,
                        family.stages(style.unit(), IMAGENET_WIDTH, blocks))
                .classifier(IMAGENET_CLASSES);
    }

    /**
     * SSD300 in NVIDIA's form (DeepLearningExamples): stages 1 to 3 of the ImageNet form, of which
     * the last keeps the size, so that pictures of 300x300 have 38x38 features; 80 classes.
     *
     * @param family without groups that activates after its norms
     * @param depth up to 152
     */
    public static Architecture ssd300(Family family, int depth) {
        return ssd300(family, depth, IMAGENET_WIDTH);
    }

    /**
     * The same, wider or narrower.
     *
     * @param width filters of the stem, to which all others are in proportion; 64 is usual
     */
    public static Architecture ssd300(Family family, int depth, int width) {
        Backbone whole = imageNet(family, depth).backbone();
        if (family.grouped() || family == Family.PREACTRESNET || depth > DEEPEST_SSD) {
            throw new IllegalArgumentException(
                    "ssd300-%s%d: there is SSD300 on resnet, resstage and iresnet, up to depth %d"
                            .formatted(family.id(), depth, DEEPEST_SSD));
        }
        int wide = 4 * width;
        int narrow = 2 * width;
        int last = depth == SHALLOWEST_IMAGENET ? narrow : wide;
        List<Head.Extra> extras =
                List.of(
                        new Head.Extra(wide, 2 * wide),
                        new Head.Extra(wide, 2 * wide),
                        new Head.Extra(narrow, wide),
                        new Head.Extra(narrow, wide),
                        new Head.Extra(narrow, last));
        return new Architecture(
                new Backbone(
                        new Stem(family.imageNetStem(), width),
                        whole.style(),
                        family.stages(
                                whole.style().unit(),
                                width,
                                whole.stages().stream()
                                        .limit(whole.stages().size() - 1)
                                        .map(Stage::blocks)
                                        .toList()),
                        Backbone.Ending.KEEPS),
                new Head.Ssd(COCO_CLASSES, extras, DefaultBoxes.SSD300));
    }

    /**
     * The CIFAR form: 3x3 stem of 16 filters, three stages, 10 classes. Basic blocks below depth
     * 164 (6n+2 layers), bottlenecks from there on (9n+2); blocks that cannot be spread evenly go
     * to the later stages but the last one first.
     *
     * @throws IllegalArgumentException if the depth is no whole number of blocks
     */
    public static Architecture cifar(Family family, int depth) {
        boolean basic = depth < SHALLOWEST_BOTTLENECK_CIFAR && !family.grouped();
        BlockStyle style = family.style(basic);
        int convs = style.unit().depth();
        int blocks = (depth - 2) / convs;
        if (blocks * convs != depth - 2 || blocks < 2 * CIFAR_STAGES) {
            throw new IllegalArgumentException(
                    "cifar-%s%d: blocks of %d layers make depths %d, %d, %d and so on"
                            .formatted(
                                    family.id(),
                                    depth,
                                    convs,
                                    6 * convs + 2,
                                    7 * convs + 2,
                                    8 * convs + 2));
        }
        return new Backbone(
                        new Stem(Stem.Form.CIFAR, CIFAR_WIDTH),
                        style,
                        family.stages(style.unit(), CIFAR_WIDTH, spread(blocks)))
                .classifier(CIFAR_CLASSES);
    }

    private static List<Integer> spread(int blocks) {
        int each = blocks / CIFAR_STAGES;
        int left = blocks % CIFAR_STAGES;
        return List.of(each, each + Math.min(left, 1), each + left / 2);
    }

    /**
     * By name: {@code iresnet50}, {@code resgroupfix101}, {@code cifar-iresnet3002}; as torchvision
     * names them {@code wide_resnet50_2} and {@code resnext50_32x4d}; for clips {@code
     * iresnet3d18}, {@code r3d_18}, {@code mc3_18}, {@code slow_r50}; detectors {@code
     * ssd300-iresnet50}.
     *
     * @throws IllegalArgumentException if there is none; the message tells which there are
     */
    public static Architecture named(String name) {
        Matcher wide = WIDE.matcher(name);
        if (wide.matches() && (wide.group(2) == null) == (wide.group(5) == null)) {
            return wide(wide);
        }
        Matcher ssd = SSD.matcher(name);
        if (ssd.matches()) {
            return ssd300(family(ssd.group(1)), Integer.parseInt(ssd.group(2)));
        }
        Optional<Architecture> clips = ClipNetworks.named(name);
        if (clips.isPresent()) {
            return clips.get();
        }
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "No network is named '"
                            + name
                            + "'; names are a family and a depth, such as iresnet50,"
                            + " cifar-iresnet164, iresnet3d18 or ssd300-iresnet50");
        }
        Family family = family(matcher.group(2));
        int depth = Integer.parseInt(matcher.group(3));
        return matcher.group(1) == null ? imageNet(family, depth) : cifar(family, depth);
    }

    /**
     * By name, wider or narrower.
     *
     * @param width filters of the stem, to which all others are in proportion; 64 is usual, 16 in
     *     the CIFAR form
     * @throws IllegalArgumentException if there is no such network, or it has groups
     */
    public static Architecture named(String name, int width) {
        Matcher ssd = SSD.matcher(name);
        if (ssd.matches()) {
            return ssd300(family(ssd.group(1)), Integer.parseInt(ssd.group(2)), width);
        }
        Architecture usual = named(name);
        if (usual.backbone().stages().stream().anyMatch(stage -> stage.groups() > 1)) {
            throw new IllegalArgumentException(
                    name + ": networks whose convolutions have groups come in one width only");
        }
        return new Architecture(usual.backbone().ofWidth(width), usual.head());
    }

    /** A ResNet whose 3x3 convolutions have other widths; torchvision's {@code Bottleneck}. */
    private static Architecture wide(Matcher name) {
        boolean grouped = name.group(2) != null;
        Architecture plain =
                imageNet(
                        family((grouped ? name.group(2) : name.group(1)) + "et"),
                        Integer.parseInt(name.group(3)));
        int groups = grouped ? Integer.parseInt(name.group(4)) : 1;
        int times =
                grouped
                        ? groups * Integer.parseInt(name.group(5))
                        : Integer.parseInt(name.group(4));
        int per = grouped ? IMAGENET_WIDTH : 1;
        if (plain.backbone().style().unit() != Unit.BOTTLENECK || times == 0) {
            throw new IllegalArgumentException(
                    name.group() + ": only bottlenecks, from depth 50 on, come in other widths");
        }
        Backbone backbone = plain.backbone();
        List<Stage> stages =
                backbone.stages().stream()
                        .map(
                                s ->
                                        new Stage(
                                                s.blocks(),
                                                s.width() * times / per,
                                                groups,
                                                s.outputs()))
                        .toList();
        return new Backbone(backbone.stem(), backbone.style(), stages).classifier(plain.classes());
    }

    static Family family(String id) {
        List<String> ids = new ArrayList<>();
        for (Family family : Family.values()) {
            if (family.id().equals(id)) {
                return family;
            }
            ids.add(family.id());
        }
        throw new IllegalArgumentException(
                "No family is named '" + id + "'; the families are " + String.join(", ", ids));
    }
}
