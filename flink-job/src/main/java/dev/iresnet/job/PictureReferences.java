package dev.iresnet.job;

import dev.iresnet.config.EngineConfig;
import dev.iresnet.config.ReferencesConfig;
import dev.iresnet.decoding.fetch.Fetching;
import dev.iresnet.event.ImageUri;
import dev.iresnet.event.ReferenceRule;
import dev.iresnet.operator.FileSystemStore;
import dev.iresnet.operator.TaggingException;

/** How an engine follows references to pictures, by its configuration. */
final class PictureReferences {

    private PictureReferences() {}

    static ReferenceRule rule(EngineConfig config) {
        return new ReferenceRule(
                config.references().directories(), config.decoding().limits().maxBytes());
    }

    /**
     * Reads through Flink's file systems.
     *
     * @throws TaggingException if this process lacks one: a plugin may be on some machines only
     */
    static Fetching fetching(ReferencesConfig config) {
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
        return new Fetching(new FileSystemStore(config.directories()), config.policy());
    }
}
