package dev.iresnet.benchmark.run;

import dev.iresnet.benchmark.experiment.Bench;
import java.nio.file.Path;

/** Where this module lies. */
final class Home {
    private Home() {}

    /**
     * By the system property {@code iresnet.bench}, this module's directory.
     *
     * @throws IllegalStateException if it is not set
     */
    static Bench.Files files() {
        String value = System.getProperty("iresnet.bench");
        if (value == null) {
            throw new IllegalStateException(
                    "the system property iresnet.bench is not set; start deploy/proving/bin/bench");
        }
        Path module = Path.of(value).toAbsolutePath().normalize();
        return new Bench.Files(
                module.resolve("pictures"),
                module.resolve("target/models"),
                module.resolve("../../local/demo/models/cifar10-iresnet20/1").normalize());
    }
}
