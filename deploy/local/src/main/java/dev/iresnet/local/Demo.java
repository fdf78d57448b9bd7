package dev.iresnet.local;

import java.util.Locale;

/** What there is to show without anything of the user's own. */
enum Demo {
    /** 500 small pictures with their truth, and a small iResNet that knows ten classes. */
    CIFAR10("frames", "cifar10-iresnet20", 500, 100, 32),

    /** Photographs, and a network for ImageNet's 1000 classes, which is not an iResNet. */
    PHOTOS("photos", "photos-efficientnet-lite0", 100, 10, 8);

    final String frames;
    final String model;
    final int count;
    final double perSecond;
    final int maxBatch;

    Demo(String frames, String model, int count, double perSecond, int maxBatch) {
        this.frames = frames;
        this.model = model;
        this.count = count;
        this.perSecond = perSecond;
        this.maxBatch = maxBatch;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
