package dev.iresnet.cli.option;

import dev.iresnet.model.ModelException;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** {@code --model}, and the model that comes with a checkout. */
public final class ModelOption {
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
