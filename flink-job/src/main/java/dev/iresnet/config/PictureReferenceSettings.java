package dev.iresnet.config;

import dev.iresnet.event.ImageUri;
import java.util.Arrays;
import java.util.List;

/** Reads {@code references.*}. */
final class PictureReferenceSettings {

    private PictureReferenceSettings() {}

    static void check(Settings settings, Mistakes mistakes) {
        List<String> allowed = allowed(settings);
        for (String directory : allowed) {
            try {
                ImageUri.ofDirectory(directory);
            } catch (IllegalArgumentException e) {
                mistakes.add(
                        "references.allowed: '%s' %s".formatted(shown(directory), e.getMessage()));
            }
        }
        if (!allowed.isEmpty()) {
            checkMemory(settings, mistakes);
        }
    }

    static EngineConfig.PictureReferences of(Settings settings) {
        return new EngineConfig.PictureReferences(
                allowed(settings),
                settings.get(JobOptions.REFERENCES_CONCURRENCY),
                settings.get(JobOptions.REFERENCES_MAX_MEMORY).getBytes(),
                settings.get(JobOptions.REFERENCES_TIMEOUT),
                settings.get(JobOptions.REFERENCES_MAX_PAUSE),
                settings.get(JobOptions.REFERENCES_PATIENCE));
    }

    private static String shown(String directory) {
        return directory.replaceFirst("//[^/]*@", "//…@");
    }

    /** Values that are no sizes are reported elsewhere. */
    private static void checkMemory(Settings settings, Mistakes mistakes) {
        try {
            long memory = settings.get(JobOptions.REFERENCES_MAX_MEMORY).getBytes();
            long picture = settings.get(JobOptions.IMAGE_MAX_BYTES).getBytes();
            if (memory < picture) {
                mistakes.add(
                        "references.max-memory is %d bytes and must be at least image.max-bytes, %d"
                                .formatted(memory, picture));
            }
        } catch (IllegalArgumentException e) {
            return;
        }
    }

    private static List<String> allowed(Settings settings) {
        return Arrays.stream(settings.get(JobOptions.REFERENCES_ALLOWED).split(",", -1))
                .map(String::strip)
                .filter(directory -> !directory.isEmpty())
                .distinct()
                .toList();
    }
}
