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
import java.util.Optional;
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
                            + " CIFAR form, 300 for SSD300.")
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
            defaultValue = "0.485,0.456,0.406",
            description =
                    "Subtracted from values in 0..1; one number is for all channels."
                            + " Default: ${DEFAULT-VALUE}.")
    private List<Float> mean = List.of();

    @Option(
            names = "--std",
            paramLabel = "R,G,B",
            split = ",",
            hideParamSyntax = true,
            defaultValue = "0.229,0.224,0.225",
            description = "Divides what is left. Default: ${DEFAULT-VALUE}.")
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
        return network.backbone().stem().form() == Stem.Form.CIFAR ? stretched(32) : rule();
    }

    private Preprocessing stretched(int side) {
        return inputSize.isEmpty() ? stretched(side + "x" + side) : rule();
    }

    private Preprocessing stretched(String size) {
        return rule(size, resize.isEmpty() ? "stretch" : resize);
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
        return stretched(inputSize.isEmpty() ? size.get() : inputSize);
    }

    /** The rule, with the size that a network has where the user says nothing. */
    public Preprocessing rule(int height, int width) {
        return inputSize.isEmpty() ? rule(height + "x" + width, resize) : rule();
    }

    private Preprocessing rule(String inputSize, String resize) {
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
                perChannel(mean),
                perChannel(std),
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
