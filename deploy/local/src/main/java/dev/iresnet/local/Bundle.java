package dev.iresnet.local;

import java.nio.file.Path;

/** What comes with the product: networks and frames for them. */
record Bundle(Path directory) {

    /** By the system property that {@code deploy/local/run} sets; else the working directory. */
    static Bundle locate() {
        return new Bundle(Path.of(System.getProperty("iresnet.local", ".")).toAbsolutePath());
    }

    Path frames(Demo demo) {
        return directory.resolve("demo").resolve(demo.frames);
    }

    Path model(Demo demo) {
        return directory.resolve("demo/models").resolve(demo.model).resolve("1");
    }
}
