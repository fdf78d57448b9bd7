package dev.iresnet.weights;

import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Backbone;
import dev.iresnet.zoo.Backbone.Ending;
import dev.iresnet.zoo.BlockOrder;
import dev.iresnet.zoo.BlockStyle;
import dev.iresnet.zoo.DefaultBoxes;
import dev.iresnet.zoo.Head;
import dev.iresnet.zoo.Shortcut;
import dev.iresnet.zoo.Stage;
import dev.iresnet.zoo.Stem;
import dev.iresnet.zoo.Temporal;
import dev.iresnet.zoo.Unit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the network that a checkpoint belongs to, from keys and shapes alone.
 *
 * <p>A few telltale keys name the only network of the families that it can be: {@code conv3} a
 * bottleneck, {@code bn0} a staged one, {@code downsample.1} of four axes a pooled shortcut, five
 * axes one for clips, the shapes its widths, groups and outputs. The declaration of that network
 * then says which keys and shapes there must be, to the last one.
 */
public final class Recogniser {
    private static final String STEM = "conv1.weight";

    private final String source;
    private final Map<String, TensorShape> shapes;
    private final boolean grey;

    /** Axes of a convolution's weights: 5 of a network for clips. */
    private final int rank;

    private Recogniser(String source, Map<String, TensorShape> shapes) {
        this.source = source;
        TensorShape stem = shapes.getOrDefault(STEM, TensorShape.of());
        this.grey = stem.rank() == 4 && stem.dim(1) == 1;
        this.rank = stem.rank() == 5 ? 5 : 4;
        this.shapes = new LinkedHashMap<>(shapes);
        if (grey) {
            this.shapes.put(STEM, TensorShape.of(stem.dim(0), 3, stem.dim(2), stem.dim(3)));
        }
    }

    /**
     * Recognises one of the families, at any depth and width.
     *
     * @param source the file's name, for messages
     * @param shapes of all tensors by key
     * @throws CheckpointException if it is another network; the message lists what does not fit
     */
    public static Recognition recognise(String source, Map<String, TensorShape> shapes) {
        return new Recogniser(source, shapes).recognise();
    }

    private Recognition recognise() {
        requireTelltales();
        try {
            Architecture network = network(order());
            Fit.of(network, shapes).require(source);
            return new Recognition(network, alternatives(network), grey);
        } catch (IllegalArgumentException e) {
            throw refuse("its shapes make no network of these families: " + e.getMessage());
        }
    }

    private void requireTelltales() {
        if (shapes.keySet().stream().anyMatch(key -> key.endsWith("prelu.weight"))) {
            throw refuse(
                    "it has PReLUs (prelu.weight), as InsightFace's iresnet for faces has, which"
                            + " shares only the name with this paper's networks");
        }
        refuseOthersByName();
        requireRank(STEM, rank);
        requireRank("layer1.0.conv1.weight", rank);
        requireRank("layer1.0.conv2.weight", rank);
        if (!detects()) {
            requireRank("fc.weight", 2);
        }
    }

    /** Whether it has the predictors of an SSD. */
    private boolean detects() {
        return shapes.containsKey("loc.0.weight") && shapes.containsKey("conf.0.weight");
    }

    /** Networks that are often taken for one of these. */
    private void refuseOthersByName() {
        if (anyKey(".*\\.conv\\d\\.0\\.3\\.weight|.*\\.conv_b\\.conv_(t|xy)\\..*")) {
            throw refuse(
                    "it is an R(2+1)D network, such as torchvision's r2plus1d_18: each of its"
                            + " convolutions is two, one over rows and columns and one over frames"
                            + " (conv1.0.3); of networks for clips there are ResNet and iResNet"
                            + " here, r3d_18, mc3_18 and slow_r50 among them");
        }
        if (anyKey("(.*\\.)?head\\.(classification|regression)_head\\..*")) {
            throw refuse(
                    "it is a detector of torchvision's (head.classification_head), such as"
                            + " ssd300_vgg16, which has another backbone; of detectors there is"
                            + " SSD300 on ResNet and iResNet here");
        }
        if (shapes.containsKey("conv1.0.weight")) {
            throw refuse(
                    "it has a deep stem, of several convolutions (conv1.0), as ResNet-C and"
                            + " ResNet-D have (timm's resnet50d); these families have one");
        }
        if (anyKey(".*\\.(se|se_module|attn|eca)\\..*")) {
            throw refuse(
                    "it has attention over channels (.se., .attn.), as SE-ResNet and ECA-ResNet"
                            + " have; these families have none");
        }
        if (shapes.containsKey("bn1.weight") && !shapes.containsKey("bn1.running_mean")) {
            throw refuse(
                    "its norms keep no running statistics, as GroupNorm and LayerNorm do; these"
                            + " families have batch normalisation");
        }
        // layer1.1 is neither the first block of a stage of three nor its last
        if (shortcut() == Shortcut.POOLED
                && shapes.containsKey(block(0, 2) + STEM)
                && (shapes.containsKey(block(0, 1) + "bn3.weight")
                        || (unit() == Unit.BASIC
                                && shapes.containsKey(block(0, 1) + "bn2.weight")
                                && !anyKey(".*\\.bn0\\.weight")))) {
            throw refuse(
                    "its shortcuts have a pool and its blocks norms behind each convolution, as"
                            + " ResNet-D has; only the staged families here have pools there");
        }
    }

    private boolean anyKey(String regex) {
        return shapes.keySet().stream().anyMatch(key -> key.matches(regex));
    }

    private TensorShape requireRank(String key, int rank) {
        TensorShape shape = shapes.get(key);
        if (shape == null || shape.rank() != rank) {
            throw refuse(
                    "%s is %s where these families have %d axes; its keys begin with %s"
                            .formatted(
                                    key,
                                    shape == null ? "missing" : shape,
                                    rank,
                                    shapes.keySet().stream().limit(5).toList()));
        }
        return shape;
    }

    private Architecture network(BlockOrder order) {
        Shortcut shortcut = shortcut();
        Unit unit = unit();
        List<Stage> stages = new ArrayList<>();
        while (shapes.containsKey(block(stages.size(), 0) + "conv1.weight")) {
            stages.add(stage(unit, stages.size()));
        }
        Stem stem = new Stem(stemForm(shortcut), requireRank(STEM, rank).dim(0));
        BlockStyle style = new BlockStyle(unit, order, shortcut);
        if (detects()) {
            return new Architecture(
                    new Backbone(stem, style, stages, ending(stages.size())), ssd());
        }
        return new Backbone(
                        stem,
                        style,
                        stages,
                        Ending.HALVES,
                        rank == 5 ? Optional.of(temporal(stem, unit, stages)) : Optional.empty())
                .classifier(requireRank("fc.weight", 2).dim(0));
    }

    /** Strides and pool have no keys: those that such networks usually have are assumed. */
    private Temporal temporal(Stem stem, Unit unit, List<Stage> stages) {
        List<Temporal.Part> parts = new ArrayList<>();
        for (int i = 0; i < stages.size(); i++) {
            int first = extent(block(i, 0) + "conv1.weight", 2);
            int second = extent(block(i, 0) + "conv2.weight", 2);
            boolean basic = unit == Unit.BASIC;
            parts.add(new Temporal.Part(basic ? 1 : first, basic ? first : second, 1));
        }
        return Temporal.usual(stem.form(), extent(STEM, 2), parts);
    }

    /** The pool of a last stage's shortcut has no keys, but moves those of what follows it. */
    private Ending ending(int stages) {
        TensorShape second =
                shapes.getOrDefault(block(stages - 1, 0) + "downsample.1.weight", TensorShape.of());
        return second.rank() == 4 ? Ending.KEEPS_POOLED : Ending.KEEPS;
    }

    private Head ssd() {
        List<Head.Extra> extras = new ArrayList<>();
        while (shapes.containsKey("additional_blocks." + extras.size() + ".0.weight")) {
            String block = "additional_blocks." + extras.size();
            extras.add(
                    new Head.Extra(extent(block + ".0.weight", 0), extent(block + ".3.weight", 0)));
        }
        int kinds = DefaultBoxes.SSD300.maps().get(0).kinds();
        int classes = extent("conf.0.weight", 0) / kinds - 1;
        return new Head.Ssd(classes, extras, DefaultBoxes.SSD300);
    }

    private Stem.Form stemForm(Shortcut shortcut) {
        TensorShape stem = requireRank(STEM, rank);
        if (stem.dim(rank - 1) == 3) {
            return Stem.Form.CIFAR;
        }
        // three frames: torchvision's
        if (rank == 5 && stem.dim(2) == 3 && shortcut == Shortcut.STRIDED) {
            return Stem.Form.UNPOOLED;
        }
        return shortcut == Shortcut.POOLED ? Stem.Form.IMAGENET : Stem.Form.IMAGENET_POOLED;
    }

    private Unit unit() {
        TensorShape last = shapes.get("layer1.0.conv3.weight");
        if (last == null) {
            return Unit.BASIC;
        }
        boolean narrows = last.rank() == rank && last.dim(0) < last.dim(1);
        return narrows ? Unit.GROUPED : Unit.BOTTLENECK;
    }

    private Stage stage(Unit unit, int stage) {
        int blocks = 0;
        while (shapes.containsKey(block(stage, blocks) + "conv1.weight")) {
            blocks++;
        }
        int width = extent(block(stage, 0) + "conv1.weight", 0);
        if (unit == Unit.BASIC) {
            return unit.stage(blocks, width, 1);
        }
        return new Stage(
                blocks,
                width,
                Math.max(1, width / extent(block(stage, 0) + "conv2.weight", 1)),
                extent(block(stage, 0) + "conv3.weight", 0));
    }

    private int extent(String key, int axis) {
        return Math.max(1, requireRank(key, rank).dim(axis));
    }

    private BlockOrder order() {
        if (shapes.containsKey("bn2.weight")) {
            return BlockOrder.PRE_ACTIVATION;
        }
        // A stage of two blocks is a Start and an End and has no bn0, so 18 layers do not tell
        // ResStage from ResNet by it; of the two, most files are ResNet's
        boolean staged =
                shortcut() == Shortcut.POOLED
                        || shapes.keySet().stream().anyMatch(key -> key.endsWith(".bn0.weight"));
        return staged ? BlockOrder.STAGED : BlockOrder.POST_ACTIVATION;
    }

    /** The stem's and the first stage's width may agree, so any stage's projection will do. */
    private Shortcut shortcut() {
        boolean pooled =
                shapes.entrySet().stream()
                        .filter(e -> e.getKey().endsWith(".downsample.1.weight"))
                        .anyMatch(e -> e.getValue().rank() == rank);
        return pooled ? Shortcut.POOLED : Shortcut.STRIDED;
    }

    /** Networks that compute something else from exactly these keys. */
    private List<Architecture> alternatives(Architecture network) {
        List<Architecture> others = new ArrayList<>();
        for (BlockOrder order : BlockOrder.values()) {
            if (order == network.backbone().style().order()
                    || network.backbone().style().shortcut() == Shortcut.POOLED) {
                continue;
            }
            if (order == BlockOrder.STAGED
                    && network.backbone().stages().stream().anyMatch(stage -> stage.blocks() < 2)) {
                continue;
            }
            Architecture other = network(order);
            if (Fit.of(other, shapes).isExact()) {
                others.add(other);
            }
        }
        return others;
    }

    private static String block(int stage, int index) {
        return "layer" + (stage + 1) + "." + index + ".";
    }

    private CheckpointException refuse(String what) {
        return new CheckpointException(source + ": " + what + ". " + Fit.EXPORT);
    }
}
