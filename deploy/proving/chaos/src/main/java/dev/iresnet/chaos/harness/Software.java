package dev.iresnet.chaos.harness;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the build has left to be run.
 *
 * @param classes of this module, which are put before Flink's: the file system that fails
 * @param own class path of this process: broker and verifier have the same
 * @param cluster class path of JobManager and TaskManagers, as an installation's {@code lib/}
 * @param jobJar what {@code flink run} takes
 * @param demo directory of the demo's model and frames
 */
public record Software(Path classes, String own, String cluster, Path jobJar, Path demo) {

    /**
     * Finds it by the system properties {@code iresnet.chaos}, this module's directory, and {@code
     * iresnet.job.jar}.
     *
     * @throws IllegalStateException naming what is not there
     */
    public static Software find() {
        Path module = required("iresnet.chaos");
        Path list = existing(module.resolve("target/cluster-class-path"));
        Path classes = existing(module.resolve("target/classes"));
        try {
            return new Software(
                    classes,
                    System.getProperty("java.class.path"),
                    classes + File.pathSeparator + Files.readString(list).strip(),
                    existing(required("iresnet.job.jar")),
                    existing(module.resolve("../../local/demo").normalize()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + list, e);
        }
    }

    private static Path required(String property) {
        String value = System.getProperty(property);
        if (value == null) {
            throw new IllegalStateException("the system property " + property + " is not set");
        }
        return Path.of(value).toAbsolutePath().normalize();
    }

    private static Path existing(Path path) {
        if (!Files.exists(path)) {
            throw new IllegalStateException(path + " is not there: build with 'mvn package' first");
        }
        return path;
    }

    /** The demo's network. */
    public Path model() {
        return demo.resolve("models/cifar10-iresnet20");
    }

    /** The demo's pictures. */
    public Path frames() {
        return demo.resolve("frames");
    }
}
