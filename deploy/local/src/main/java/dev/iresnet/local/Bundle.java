package dev.iresnet.local;

import java.nio.file.Path;

/** What comes with the product: a small network and frames for it. */
record Bundle(Path directory) {

    /** By the system property that {@code deploy/local/run} sets; else the working directory. */
    static Bundle locate() {
        return new Bundle(Path.of(System.getProperty("iresnet.local", ".")).toAbsolutePath());
    }

    Path frames() {
        return directory.resolve("demo/frames");
    }

    Path model() {
        return directory.resolve("demo/models/cifar10-iresnet20/1");
    }
}
