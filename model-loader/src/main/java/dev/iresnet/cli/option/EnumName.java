package dev.iresnet.cli.option;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** For picocli: constants as they are written on a command line, {@code timm-a1} for TIMM_A1. */
abstract class EnumName<E extends Enum<E>> implements ITypeConverter<E> {
    private final List<E> constants;

    EnumName(E[] constants) {
        this.constants = List.of(constants);
    }

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public E convert(String value) {
        return constants.stream()
                .filter(constant -> of(constant).equals(value.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(
                        () ->
                                new TypeConversionException(
                                        "must be one of %s, got '%s'"
                                                .formatted(
                                                        constants.stream()
                                                                .map(EnumName::of)
                                                                .toList(),
                                                        value)));
    }
}
