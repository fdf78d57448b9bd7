package dev.iresnet.cli;

import dev.iresnet.image.JpegDecoding;
import picocli.CommandLine.Option;

/** {@code --jpeg-decoding}. */
final class JpegDecodingOption {
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

    JpegDecoding value() {
        return value;
    }
}
