package dev.iresnet.cli.option;

import dev.iresnet.image.JpegDecoding;

import picocli.CommandLine.Option;

/** {@code --jpeg-decoding}. */
public final class JpegDecodingOption {
    @Option(
            names = "--jpeg-decoding",
            paramLabel = "NAME",
            defaultValue = "exact",
            description = {
                "${COMPLETION-CANDIDATES}; the job's image.jpeg-decoding. Scaled decodes large JPEG"
                        + " files at 1/2, 1/4 or 1/8 of their size if that is still enough.",
                "Default: ${DEFAULT-VALUE}."
            })
    private JpegDecoding value = JpegDecoding.EXACT;

    public JpegDecoding value() {
        return value;
    }
}
