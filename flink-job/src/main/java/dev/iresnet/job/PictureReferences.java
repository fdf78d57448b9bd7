package dev.iresnet.job;

import dev.iresnet.config.EngineConfig;
import dev.iresnet.decoding.fetch.FetchPolicy;
import dev.iresnet.decoding.fetch.Fetching;
import dev.iresnet.event.ImageUri;
import dev.iresnet.event.ReferenceRule;
import dev.iresnet.operator.FileSystemStore;
import dev.iresnet.operator.TaggingException;

/** What an engine does with references, by its configuration. */
final class PictureReferences {

    private PictureReferences() {}

    static ReferenceRule rule(EngineConfig config) {
        return new ReferenceRule(config.references().directories(), config.decoding().maxBytes());
    }

    /**
     * Reads through Flink's file systems.
     *
     * @throws TaggingException if this process lacks one: a plugin may be on some machines only
     */
    static Fetching fetching(EngineConfig.PictureReferences config) {
        if (config.allowed().isEmpty()) {
            return Fetching.NONE;
        }
        for (ImageUri directory : config.directories()) {
            String missing = FileSystemStore.missing(directory);
            if (!missing.isEmpty()) {
                throw new TaggingException(
                        "references.allowed: %s %s".formatted(directory, missing));
            }
        }
        return new Fetching(
                new FileSystemStore(config.directories()),
                new FetchPolicy(
                        config.concurrency(),
                        config.maxMemory(),
                        config.timeout(),
                        config.maxPause(),
                        config.patience()));
    }
}
