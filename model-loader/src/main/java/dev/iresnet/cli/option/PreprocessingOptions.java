package dev.iresnet.cli.option;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.image.Preprocessing.Interpolation;
import dev.iresnet.image.Preprocessing.Resize;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Head;
import dev.iresnet.zoo.Stem;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How pictures become the network's input; torchvision's rule where the user says nothing. */
public final class PreprocessingOptions {
    /** Rules by which published weights were trained or measured, for inputs of 224. */
    private enum Published {
        /** torchvision's {@code IMAGENET1K_V1} weights, and those of the paper's authors. */
        TORCHVISION(256 / 224.0, Interpolation.BILINEAR),
        /** torchvision's {@code IMAGENET1K_V2} weights: {@code resize_size=232}. */
        TORCHVISION_V2(232 / 224.0, Interpolation.BILINEAR),
        /** timm's default, {@code models/resnet.py}: {@code crop_pct} 0.875, bicubic. */
        TIMM(1 / 0.875, Interpolation.BICUBIC),
        /** timm's {@code resnet*.a1_in1k} and its like: {@code crop_pct} 0.95, bicubic. */
        TIMM_A1(1 / 0.95, Interpolation.BICUBIC);

        private final double resize;
        private final Interpolation interpolation;

        Published(double resize, Interpolation interpolation) {
            this.resize = resize;
            this.interpolation = interpolation;
        }

        /** Shorter side before an input of {@code side} is cropped; timm rounds down. */
        int resizeTo(int side) {
            return interpolation == Interpolation.BICUBIC
                    ? (int) Math.floor(side * resize + 1e-9)
                    : (int) Math.round(side * resize);
        }
    }

    /** How clips of published networks were prepared. */
    private enum Clips {
        /** Kenshohara's 3D-ResNets: the mean and deviation of Kinetics. */
        KENSHOHARA(112, 112, List.of(.4345f, .4051f, .3775f), List.of(.2768f, .2713f, .2737f)),
        /** Torchvision's r3d_18 and mc3_18. */
        TORCHVISION(
                112, 128, List.of(.43216f, .394666f, .37645f), List.of(.22803f, .22145f, .216989f)),
        /** Pytorchvideo's slow_r50. */
        PYTORCHVIDEO(256, 256, List.of(.45f), List.of(.225f));

        private final int side;
        private final int resizeTo;

        @SuppressWarnings("ImmutableEnumChecker") // lists that cannot be changed
        private final List<Float> mean;

        @SuppressWarnings("ImmutableEnumChecker") // as above
        private final List<Float> std;

        Clips(int side, int resizeTo, List<Float> mean, List<Float> std) {
            this.side = side;
            this.resizeTo = resizeTo;
            this.mean = mean;
            this.std = std;
        }

        static Clips of(Architecture network) {
            return network.name().startsWith("slow_")
                    ? PYTORCHVIDEO
                    : network.backbone().stem().form() == Stem.Form.UNPOOLED
                            ? TORCHVISION
                            : KENSHOHARA;
        }
    }

    private static final Pattern SIZE = Pattern.compile("(\\d{1,5})(?:x(\\d{1,5}))?");

    @Option(
            names = "--preprocessing",
            paramLabel = "NAME",
            defaultValue = "torchvision",
            converter = PublishedName.class,
            description = {
                "How published weights want their pictures: 'torchvision' (shorter side 256 for"
                        + " 224, bilinear), 'torchvision-v2' (232, its IMAGENET1K_V2 weights), 'timm'"
                        + " (256, bicubic), 'timm-a1' (235, bicubic: crop 0.95). The options below say"
                        + " it in parts.",
                "Default: ${DEFAULT-VALUE}."
            })
    private Published published = Published.TORCHVISION;

    @Option(
            names = "--input-size",
            paramLabel = "HEIGHT[xWIDTH]",
            defaultValue = "",
            description =
                    "Size that the network was trained for. Default: 224; 32 for networks of the"
                            + " CIFAR form, 300 for SSD300, 112 for clips (256 for slow_r50).")
    private String inputSize = "";

    @Option(
            names = "--resize",
            paramLabel = "PIXELS|stretch",
            defaultValue = "",
            description = {
                "Length of the shorter side before the centre is cropped, or 'stretch' to bring"
                        + " both sides straight to the input size.",
                "Default: by --preprocessing; 'stretch' where the input size is 32 or 300 by default."
            })
    private String resize = "";

    @Option(
            names = "--mean",
            paramLabel = "R,G,B",
            split = ",",
            hideParamSyntax = true,
            description =
                    "Subtracted from values in 0..1; one number is for all channels."
                            + " Default: 0.485,0.456,0.406; of clips by the network.")
    private List<Float> mean = List.of();

    @Option(
            names = "--std",
            paramLabel = "R,G,B",
            split = ",",
            hideParamSyntax = true,
            description =
                    "Divides what is left. Default: 0.229,0.224,0.225; of clips by the network.")
    private List<Float> std = List.of();

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
            return clips(Clips.of(network));
        }
        return network.backbone().stem().form() == Stem.Form.CIFAR ? stretched(32) : rule();
    }

    private Preprocessing clips(Clips usual) {
        return rule(
                inputSize.isEmpty() ? Integer.toString(usual.side) : inputSize,
                resize.isEmpty() && inputSize.isEmpty() ? Integer.toString(usual.resizeTo) : resize,
                usual.mean,
                usual.std);
    }

    private Preprocessing stretched(int side) {
        return inputSize.isEmpty()
                ? rule(Integer.toString(side), resize.isEmpty() ? "stretch" : resize)
                : rule();
    }

    /** The rule, with the size that a network has where the user says nothing. */
    public Preprocessing rule(int height, int width) {
        return inputSize.isEmpty() ? rule(height + "x" + width, resize) : rule();
    }

    private Preprocessing rule(String inputSize, String resize) {
        return rule(inputSize, resize, Preprocessing.IMAGENET.mean(), Preprocessing.IMAGENET.std());
    }

    private Preprocessing rule(
            String inputSize, String resize, List<Float> usualMean, List<Float> usualStd) {
        Matcher size = SIZE.matcher(inputSize);
        if (!size.matches()) {
            throw new IllegalArgumentException(
                    "--input-size must be pixels or HEIGHTxWIDTH, got '" + inputSize + "'");
        }
        int height = Integer.parseInt(size.group(1));
        int width = size.group(2) == null ? height : Integer.parseInt(size.group(2));
        boolean stretch = resize.equals("stretch");
        return new Preprocessing(
                width,
                height,
                stretch ? Resize.STRETCH : Resize.SHORTER_SIDE_THEN_CROP,
                stretch ? Math.min(width, height) : resizeTo(resize, Math.max(width, height)),
                perChannel(mean.isEmpty() ? usualMean : mean),
                perChannel(std.isEmpty() ? usualStd : std),
                published.interpolation);
    }

    private static List<Float> perChannel(List<Float> values) {
        return values.size() == 1 ? Collections.nCopies(3, values.get(0)) : values;
    }

    private int resizeTo(String resize, int side) {
        if (resize.isEmpty()) {
            return published.resizeTo(side);
        }
        if (!resize.matches("\\d{1,5}")) {
            throw new IllegalArgumentException(
                    "--resize must be pixels or 'stretch', got '" + resize + "'");
        }
        return Integer.parseInt(resize);
    }

    /** For picocli: {@code timm-a1}. */
    static final class PublishedName implements ITypeConverter<Published> {
        @Override
        public Published convert(String value) {
            return Arrays.stream(Published.values())
                    .filter(rule -> name(rule).equals(value.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(
                            () ->
                                    new TypeConversionException(
                                            "must be one of %s, got '%s'"
                                                    .formatted(
                                                            Arrays.stream(Published.values())
                                                                    .map(PublishedName::name)
                                                                    .toList(),
                                                            value)));
        }

        private static String name(Published rule) {
            return rule.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
