package dev.iresnet.proving.feed;

import dev.iresnet.proving.manifest.ManifestEntry;

/** Hears of each frame that Kafka has acknowledged, on the producer's thread; be quick. */
@FunctionalInterface
public interface FeedListener {

    void acknowledged(ManifestEntry frame);
}
