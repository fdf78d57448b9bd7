package dev.iresnet.cli.option;

import dev.iresnet.image.JpegDecoding;
import dev.iresnet.model.ModelException;
import dev.iresnet.model.Precision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the commands that run a model. */
public final class ModelOptions {
    private ModelOptions() {}

    /** {@code --model}, and the model that comes with a checkout. */
    public static final class ModelOption {
        /** Set by {@code bin/iresnet}: the root of the checkout. */
        static final String HOME = "iresnet.home";

        private static final Path BUNDLED = Path.of("deploy/local/demo/models/cifar10-iresnet20");

        @Option(
                names = {"-m", "--model"},
                paramLabel = "DIR",
                description =
                        "The model: .../NAME, of which the newest version is taken, or"
                                + " .../NAME/VERSION.")
        private @Nullable Path directory;

        public Optional<Path> given() {
            return Optional.ofNullable(directory);
        }

        /** The model that was named, or else the bundled one. */
        public Path orBundled() {
            return given().or(ModelOption::bundled)
                    .orElseThrow(
                            () ->
                                    new ModelException(
                                            "There is no bundled model here: name one with --model"
                                                    + " DIR; 'iresnet import' makes one from your"
                                                    + " weights"));
        }

        private static Optional<Path> bundled() {
            return Optional.ofNullable(System.getProperty(HOME))
                    .map(home -> Path.of(home).resolve(BUNDLED))
                    .filter(Files::isDirectory);
        }
    }

    /** {@code --precision}. */
    public static final class PrecisionOption {
        @Option(
                names = "--precision",
                paramLabel = "NAME",
                defaultValue = "float32",
                description = {
                    "Arithmetic of the convolutions: ${COMPLETION-CANDIDATES}. Refused where this"
                            + " machine has no kernels for it.",
                    "Default: ${DEFAULT-VALUE}."
                })
        private Precision value = Precision.FLOAT32;

        public Precision value() {
            return value;
        }
    }

    /** {@code --jpeg-decoding}. */
    public static final class JpegDecodingOption {
        @Option(
                names = "--jpeg-decoding",
                paramLabel = "NAME",
                defaultValue = "exact",
                description = {
                    "${COMPLETION-CANDIDATES}; the job's image.jpeg-decoding. Scaled decodes large"
                            + " JPEG files at 1/2, 1/4 or 1/8 of their size if that is still enough.",
                    "Default: ${DEFAULT-VALUE}."
                })
        private JpegDecoding value = JpegDecoding.EXACT;

        public JpegDecoding value() {
            return value;
        }
    }
}
