package dev.iresnet.chaos.swaps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.chaos.harness.Setup;
import dev.iresnet.chaos.reference.VersionsMain;
import dev.iresnet.proving.feed.PictureFolder;
import dev.iresnet.proving.hostile.HostileMix;
import dev.iresnet.proving.verify.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Versions that were made for a run, and what each says of each picture. */
final class KnownVersions {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** By which the best label must lead in every version, so that a result without it is wrong. */
    private static final float FIRM = 1e-3f;

    private final List<KnownVersion> inOrder;
    private final Map<String, KnownVersion> byDigest = new HashMap<>();
    private final Map<String, Integer> pictures = new HashMap<>();
    private final List<String> files;

    /**
     * A version as it was made.
     *
     * @param digest by which results name it
     * @param path where it lies until it is published
     * @param classes of the network
     * @param scores what it says of each picture, in the order of the folder's names
     */
    @SuppressWarnings("ArrayRecordComponent") // large, never compared
    record KnownVersion(String digest, Path path, int classes, float[] scores) {

        float score(int picture, int label) {
            return scores[picture * classes + label];
        }

        /**
         * The least by which the two tell pictures apart: of each picture the label that differs
         * most.
         */
        double leastDifference(KnownVersion other) {
            double least = Double.MAX_VALUE;
            for (int picture = 0; picture < scores.length / classes; picture++) {
                double most = 0;
                for (int label = 0; label < classes; label++) {
                    double difference = score(picture, label) - other.score(picture, label);
                    most = Math.max(most, Math.abs(difference));
                }
                least = Math.min(least, most);
            }
            return least;
        }
    }

    KnownVersions(List<KnownVersion> inOrder, List<String> files) {
        this.inOrder = List.copyOf(inOrder);
        this.files = List.copyOf(files);
        inOrder.forEach(version -> byDigest.put(version.digest(), version));
        for (int i = 0; i < files.size(); i++) {
            pictures.put(files.get(i), i);
        }
    }

    /** Has them made, in a process of its own. */
    static KnownVersions make(Setup setup, int count) throws IOException {
        Path scores = setup.directory().file("scores.jsonl");
        Path name = setup.software().model().getFileName();
        Path made = setup.directory().directory("made").resolve(name);
        setup.runTensorFlow(
                "versions",
                VersionsMain.class,
                List.of(
                        setup.software().model().toString(),
                        setup.software().frames().toString(),
                        made.toString(),
                        Integer.toString(count),
                        scores.toString()));
        return read(
                Files.readAllLines(scores), PictureFolder.of(setup.software().frames()).files());
    }

    /** Reads lines of {@link VersionsMain}. */
    static KnownVersions read(List<String> lines, List<String> files) throws IOException {
        List<KnownVersion> versions = new ArrayList<>();
        for (String line : lines) {
            JsonNode json = JSON.readTree(line);
            JsonNode values = json.path("scores");
            float[] scores = new float[values.size()];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = (float) values.get(i).asDouble();
            }
            versions.add(
                    new KnownVersion(
                            json.path("digest").asText(),
                            Path.of(json.path("path").asText()),
                            json.path("classes").asInt(),
                            scores));
        }
        return new KnownVersions(versions, files);
    }

    KnownVersion get(int index) {
        return inOrder.get(index);
    }

    Optional<KnownVersion> byDigest(String digest) {
        return Optional.ofNullable(byDigest.get(digest));
    }

    /** Where a picture's scores are; null for what is none of the folder's. */
    @Nullable Integer picture(String file) {
        return pictures.get(file);
    }

    /**
     * The least by which any two versions differ on any picture, in the label that differs most.
     */
    double leastDifference() {
        double least = Double.MAX_VALUE;
        for (int i = 0; i < inOrder.size(); i++) {
            for (int j = 0; j < i; j++) {
                least = Math.min(least, inOrder.get(i).leastDifference(inOrder.get(j)));
            }
        }
        return least;
    }

    /** Writes what the verifier may expect whichever version answers. */
    Path writeReference(Path file, PictureFolder folder) throws IOException {
        JsonNode labels = labels();
        List<Reference.Line> lines = new ArrayList<>();
        for (int picture = 0; picture < files.size(); picture++) {
            int best = best(inOrder.get(0), picture);
            String label = labels.path(best).asText();
            lines.add(new Reference.Line(files.get(picture), label, null, isFirm(picture, best)));
        }
        lines.addAll(HostileMix.reference(folder.read(files.get(0)).bytes()));
        Reference.write(file, lines);
        return file;
    }

    private JsonNode labels() throws IOException {
        Path card = inOrder.get(0).path().resolve("assets.extra/model.json");
        return JSON.readTree(card.toFile()).path("labels");
    }

    private boolean isFirm(int picture, int best) {
        for (KnownVersion version : inOrder) {
            for (int label = 0; label < version.classes(); label++) {
                if (label != best
                        && version.score(picture, best) - version.score(picture, label) < FIRM) {
                    return false;
                }
            }
        }
        return true;
    }

    private static int best(KnownVersion version, int picture) {
        int best = 0;
        for (int label = 1; label < version.classes(); label++) {
            if (version.score(picture, label) > version.score(picture, best)) {
                best = label;
            }
        }
        return best;
    }
}
