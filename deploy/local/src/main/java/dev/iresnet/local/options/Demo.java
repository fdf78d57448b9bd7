package dev.iresnet.local.options;

import java.nio.file.Path;
import java.util.Locale;

/** What there is to show without anything of the user's own. */
public enum Demo {
    /** 500 small pictures with their truth, and a small iResNet that knows ten classes. */
    CIFAR10("frames", "cifar10-iresnet20", 500, 100, 32),

    /** Photographs, and a network for ImageNet's 1000 classes, which is not an iResNet. */
    PHOTOS("photos", "photos-efficientnet-lite0", 100, 10, 8),

    /** Pictures of blood through a microscope, and a small SSD that finds its cells. */
    DETECTION("cells", "bccd-ssd300-iresnet18", 100, 10, 8),

    /** Clips that are made of photographs, and a small iResNet that tells the camera's motion. */
    VIDEO("photos", "motions-iresnet3d18", 576, 40, 4);

    public final String frames;
    public final String model;
    public final int count;
    public final double perSecond;
    public final int maxBatch;

    Demo(String frames, String model, int count, double perSecond, int maxBatch) {
        this.frames = frames;
        this.model = model;
        this.count = count;
        this.perSecond = perSecond;
        this.maxBatch = maxBatch;
    }

    /** Whether its network takes clips. */
    boolean takesClips() {
        return this == VIDEO;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The networks and frames that come with the product. */
    public record Bundle(Path directory) {

        /**
         * By the system property that {@code deploy/local/run} sets; else the working directory.
         */
        public static Bundle locate() {
            return new Bundle(Path.of(System.getProperty("iresnet.local", ".")).toAbsolutePath());
        }

        public Path frames(Demo demo) {
            return directory.resolve("demo").resolve(demo.frames);
        }

        public Path model(Demo demo) {
            return directory.resolve("demo/models").resolve(demo.model).resolve("1");
        }
    }
}
