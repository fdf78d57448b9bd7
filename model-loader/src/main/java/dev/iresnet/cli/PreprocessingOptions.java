package dev.iresnet.cli;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.image.Preprocessing.Resize;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** How pictures become the network's input; ImageNet's rule where the user says nothing. */
final class PreprocessingOptions {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,5})(?:x(\\d{1,5}))?");

    @Option(
            names = "--input-size",
            paramLabel = "HEIGHT[xWIDTH]",
            defaultValue = "",
            description =
                    "Size that the network was trained for. Default: 224; 32 for networks of the"
                            + " CIFAR form that are created.")
    private String inputSize = "";

    @Option(
            names = "--resize",
            paramLabel = "PIXELS|stretch",
            defaultValue = "",
            description = {
                "Length of the shorter side before the centre is cropped, or 'stretch' to bring both"
                        + " sides straight to the input size.",
                "Default: 256 for every 224 of input size; 'stretch' where the input size is 32 by"
                        + " default."
            })
    private String resize = "";

    @Option(
            names = "--mean",
            paramLabel = "R,G,B",
            split = ",",
            hideParamSyntax = true,
            defaultValue = "0.485,0.456,0.406",
            description = "Subtracted from values in 0..1. Default: ${DEFAULT-VALUE}.")
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
    Preprocessing rule() {
        return rule(inputSize.isEmpty() ? "224" : inputSize, resize);
    }

    /** The rule, with CIFAR's size where the user says nothing. */
    Preprocessing smallRule() {
        return inputSize.isEmpty() ? rule("32", resize.isEmpty() ? "stretch" : resize) : rule();
    }

    /** The rule, with the size that a network has where the user says nothing. */
    Preprocessing rule(int height, int width) {
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
                mean,
                std);
    }

    private static int resizeTo(String resize, int side) {
        if (resize.isEmpty()) {
            return Math.round(side * 256 / 224f);
        }
        if (!resize.matches("\\d{1,5}")) {
            throw new IllegalArgumentException(
                    "--resize must be pixels or 'stretch', got '" + resize + "'");
        }
        return Integer.parseInt(resize);
    }
}
