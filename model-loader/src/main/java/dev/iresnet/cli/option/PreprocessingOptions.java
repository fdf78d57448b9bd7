package dev.iresnet.cli.option;

import static dev.iresnet.image.Preprocessing.Resize.BOTH_SIDES_THEN_CROP;
import static dev.iresnet.image.Preprocessing.Resize.SHORTER_SIDE_THEN_CROP;
import static dev.iresnet.image.Preprocessing.Resize.STRETCH;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.image.Preprocessing.ChannelOrder;
import dev.iresnet.image.Preprocessing.Interpolation;
import dev.iresnet.image.Preprocessing.Resize;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Head;
import dev.iresnet.zoo.Stem;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How pictures become the network's input; torchvision's rule where the user says nothing. */
public final class PreprocessingOptions {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,5})(?:x(\\d{1,5}))?");

    @Option(
            names = "--preprocessing",
            paramLabel = "NAME",
            converter = PublishedRule.Name.class,
            description = {
                "How published weights want their pictures: 'torchvision' (shorter side 256 for"
                        + " 224, bilinear), 'torchvision-v2' (232, its IMAGENET1K_V2 weights), 'timm'"
                        + " (256, bicubic), 'timm-a1' (235, bicubic: crop 0.95), 'keras-caffe' (256,"
                        + " bilinear, BGR 0..255 less the mean: Keras' ResNet and VGG); their frames:"
                        + " 'kenshohara' (shorter side 112 for 112), 'torchvision-video' (128x171"
                        + " without anti-aliasing), 'pytorchvideo' (256 for 256). The options below"
                        + " say it in parts.",
                "Default: torchvision; of networks for clips the last three, by the network."
            })
    private @Nullable PublishedRule published;

    @Option(
            names = "--input-size",
            paramLabel = "HEIGHT[xWIDTH]",
            defaultValue = "",
            description =
                    "Size that the network was trained for. Default: 224; 32 for networks of the"
                            + " CIFAR form, 300 for SSD300, 112 for clips (slow_r50: 256).")
    private String inputSize = "";

    @Option(
            names = "--resize",
            paramLabel = "PIXELS|HEIGHTxWIDTH|stretch",
            defaultValue = "",
            description = {
                "Length of the shorter side, or of both, before the centre is cropped, or 'stretch' to"
                        + " bring both sides straight to the input size.",
                "Default: by --preprocessing; 'stretch' for networks of the CIFAR form and SSD300."
            })
    private String resize = "";

    @Option(
            names = "--interpolation",
            paramLabel = "FILTER",
            converter = FilterName.class,
            description = {
                "Of the resize: Pillow's 'bilinear' or 'bicubic', or 'bilinear-no-antialias' as"
                        + " torchvision resizes tensors with antialias=False, and TensorFlow.",
                "Default: by --preprocessing."
            })
    private @Nullable Interpolation interpolation;

    @Option(
            names = "--channel-order",
            paramLabel = "RGB|BGR",
            description = {"In which the network takes the channels. Default: by --preprocessing."})
    private @Nullable ChannelOrder channelOrder;

    @Option(
            names = "--mean",
            paramLabel = "R,G,B",
            split = ",",
            hideParamSyntax = true,
            description =
                    "Subtracted from values in 0..1, whatever the channel order given as R,G,B; one"
                            + " number is for all channels. Default: by --preprocessing, which is"
                            + " 0.485,0.456,0.406 for all but 'keras-caffe'.")
    private List<Float> mean = List.of();

    @Option(
            names = "--std",
            paramLabel = "R,G,B",
            split = ",",
            hideParamSyntax = true,
            description =
                    "Divides what is left; 0.003921569 (1/255) for networks that want 0..255."
                            + " Default: by --preprocessing, which is 0.229,0.224,0.225 for all but"
                            + " 'keras-caffe'.")
    private List<Float> std = List.of();

    /** Whether the user said what a network expects for pixels 0..255. */
    public boolean sayRange() {
        return published == PublishedRule.KERAS_CAFFE || !mean.isEmpty() || !std.isEmpty();
    }

    /**
     * The rule.
     *
     * @throws IllegalArgumentException if the options contradict each other
     */
    public Preprocessing rule() {
        return rule(inputSize.isEmpty() ? "224" : inputSize, resize);
    }

    /** The rule, with the network's size where the user says nothing. */
    public Preprocessing rule(Architecture network) {
        if (network.head() instanceof Head.Ssd ssd) {
            return stretched(ssd.boxes().side());
        }
        if (network.takesClips()) {
            PublishedRule usual = PublishedRule.ofClips(network);
            String side = usual == PublishedRule.PYTORCHVIDEO ? "256" : "112";
            return rule(
                    Objects.requireNonNullElse(published, usual),
                    inputSize.isEmpty() ? side : inputSize,
                    resize);
        }
        return network.backbone().stem().form() == Stem.Form.CIFAR ? stretched(32) : rule();
    }

    private Preprocessing stretched(int side) {
        return stretched(side + "x" + side);
    }

    private Preprocessing stretched(String size) {
        return rule(inputSize.isEmpty() ? size : inputSize, resize.isEmpty() ? "stretch" : resize);
    }

    /**
     * The rule of a detector, which sees the whole picture where the user says nothing.
     *
     * @param size that it has, {@code HEIGHTxWIDTH}; empty if the user has to say
     * @throws IllegalArgumentException if nobody says, or the options contradict each other
     */
    public Preprocessing detectorRule(Optional<String> size) {
        if (inputSize.isEmpty() && size.isEmpty()) {
            throw new IllegalArgumentException(
                    "it takes pictures of any size: say by --input-size what they are to be brought"
                            + " to, HEIGHTxWIDTH: the size that it was trained for, or that of your"
                            + " pictures, which then stay as they are");
        }
        return stretched(size.orElse(inputSize));
    }

    /**
     * The rule for training.
     *
     * @param own of the weights that training begins with; stays but for what the user says
     * @param exact whether pictures of the network's size are to be taken pixel for pixel, unless
     *     the user or the weights say otherwise
     */
    public Preprocessing rule(Architecture network, Optional<Preprocessing> own, boolean exact) {
        if (own.isPresent()) {
            return over(own.get());
        }
        Preprocessing rule = rule(network);
        boolean resized = published != null || !resize.isEmpty() || rule.resize() == STRETCH;
        return exact && !resized ? rule.withoutMargin() : rule;
    }

    private Preprocessing over(Preprocessing own) {
        boolean named = published != null;
        Preprocessing rule = rule(own.height(), own.width());
        boolean resized = !resize.isEmpty() || (named && own.resize() != STRETCH);
        double larger =
                own.resize() == BOTH_SIDES_THEN_CROP
                        ? (double) rule.height() / own.height()
                        : (double) Math.max(rule.width(), rule.height())
                                / Math.max(own.width(), own.height());
        double wider = (double) rule.width() / own.width();
        return new Preprocessing(
                rule.width(),
                rule.height(),
                resized ? rule.resize() : own.resize(),
                resized ? rule.resizeTo() : (int) Math.round(own.resizeTo() * larger),
                resized ? rule.resizeToWidth() : (int) Math.round(own.resizeToWidth() * wider),
                named || !mean.isEmpty() ? rule.mean() : own.mean(),
                named || !std.isEmpty() ? rule.std() : own.std(),
                named || interpolation != null ? rule.interpolation() : own.interpolation(),
                named || channelOrder != null ? rule.channelOrder() : own.channelOrder());
    }

    /** The rule, with the size that a network has where the user says nothing. */
    public Preprocessing rule(int height, int width) {
        return inputSize.isEmpty() ? rule(height + "x" + width, resize) : rule();
    }

    private Preprocessing rule(String inputSize, String resize) {
        PublishedRule usual = PublishedRule.TORCHVISION;
        return rule(Objects.requireNonNullElse(published, usual), inputSize, resize);
    }

    private Preprocessing rule(PublishedRule published, String inputSize, String resize) {
        Matcher size = SIZE.matcher(inputSize);
        if (!size.matches()) {
            throw new IllegalArgumentException(
                    "--input-size must be pixels or HEIGHTxWIDTH, got '" + inputSize + "'");
        }
        int height = Integer.parseInt(size.group(1));
        int width = size.group(2) == null ? height : Integer.parseInt(size.group(2));
        boolean stretch = resize.equals("stretch");
        Matcher to =
                SIZE.matcher(
                        resize.isEmpty() || stretch
                                ? published.resize(Math.max(width, height))
                                : resize);
        if (!to.matches()) {
            throw new IllegalArgumentException(
                    "--resize must be pixels, HEIGHTxWIDTH or 'stretch', got '" + resize + "'");
        }
        Resize way = to.group(2) == null ? SHORTER_SIDE_THEN_CROP : BOTH_SIDES_THEN_CROP;
        int first = stretch ? Math.min(width, height) : Integer.parseInt(to.group(1));
        return new Preprocessing(
                width,
                height,
                stretch ? STRETCH : way,
                first,
                to.group(2) == null ? first : Integer.parseInt(to.group(2)),
                mean.isEmpty() ? published.mean() : perChannel(mean),
                std.isEmpty() ? published.std() : perChannel(std),
                Objects.requireNonNullElse(interpolation, published.interpolation()),
                Objects.requireNonNullElse(channelOrder, published.channelOrder()));
    }

    private static List<Float> perChannel(List<Float> values) {
        return values.size() == 1 ? Collections.nCopies(3, values.get(0)) : values;
    }

    /** For picocli. */
    static final class FilterName extends EnumName<Interpolation> {
        FilterName() {
            super(Interpolation.values());
        }
    }
}
