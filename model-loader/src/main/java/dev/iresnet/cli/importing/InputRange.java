package dev.iresnet.cli.importing;

import dev.iresnet.image.Preprocessing;
import java.util.Arrays;
import java.util.Collections;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The values that a network expects for the darkest and the brightest pixel. */
enum InputRange {
    UNIT("0..1", 0, 1),
    BYTES("0..255", 0, 1 / 255f),
    SYMMETRIC("-1..1", 0.5f, 0.5f),
    /** By the mean and std that the user gives. */
    NORMALIZED("normalized", Float.NaN, Float.NaN);

    private final String text;
    private final float mean;
    private final float std;

    InputRange(String text, float mean, float std) {
        this.text = text;
        this.mean = mean;
        this.std = std;
    }

    /** The rule with the mean and std that give this range. */
    Preprocessing applyTo(Preprocessing rule) {
        return this == NORMALIZED
                ? rule
                : rule.normalisedBy(Collections.nCopies(3, mean), Collections.nCopies(3, std));
    }

    /** As on the command line: {@code 0..1}. */
    @Override
    public String toString() {
        return text;
    }

    /** For picocli. */
    static final class Converter implements ITypeConverter<InputRange> {
        @Override
        public InputRange convert(String value) {
            return Arrays.stream(values())
                    .filter(range -> range.text.equals(value))
                    .findFirst()
                    .orElseThrow(
                            () ->
                                    new TypeConversionException(
                                            "must be %s, got '%s'".formatted(choices(), value)));
        }
    }

    static String choices() {
        return Arrays.stream(values()).map(InputRange::toString).collect(Collectors.joining(", "));
    }
}
