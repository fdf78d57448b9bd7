package dev.iresnet.chaos.swaps;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.proving.feed.ReferenceFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** Ways in which a version of a model cannot be used. */
enum Breakage {
    /** One byte of the weights is another one, as after a bad copy. */
    WEIGHT_CHANGED,
    /** The graph is not there. */
    GRAPH_MISSING,
    /** The graph breaks off, and the sums say that it should. */
    GRAPH_CUT,
    /** Nothing tells labels and preprocessing. */
    CARD_MISSING,
    /** A sound model, of pictures of another size. */
    OTHER_SIZE,
    /** The card has a label more than the network has outputs. */
    LABEL_TOO_MANY;

    private static final String GRAPH = "saved_model.pb";
    private static final String SUMS = "assets.extra/SHA256SUMS";
    private static final String CARD = "assets.extra/model.json";
    private static final String WEIGHTS = "variables/variables.data-00000-of-00001";

    private interface CardChange {
        void apply(ObjectNode card);
    }

    /** The kinds in turn. */
    static Breakage ofTurn(int turn) {
        return values()[turn % values().length];
    }

    /** Breaks a version that is not published yet. */
    void apply(Path version) throws IOException {
        switch (this) {
            case WEIGHT_CHANGED -> changeWeight(version);
            case GRAPH_MISSING -> Files.delete(version.resolve(GRAPH));
            case GRAPH_CUT -> cutGraph(version);
            case CARD_MISSING -> Files.delete(version.resolve(CARD));
            case OTHER_SIZE ->
                    changeCard(version, card -> card.withObject("/preprocessing").put("width", 48));
            case LABEL_TOO_MANY ->
                    changeCard(version, card -> card.withArray("/labels").add("nothing"));
        }
    }

    private static void cutGraph(Path version) throws IOException {
        byte[] graph = Files.readAllBytes(version.resolve(GRAPH));
        Files.write(version.resolve(GRAPH), Arrays.copyOf(graph, graph.length / 2));
        writeSums(version);
    }

    private static void changeWeight(Path version) throws IOException {
        Path file = version.resolve(WEIGHTS);
        byte[] weights = Files.readAllBytes(file);
        weights[weights.length / 2] ^= 1;
        Files.write(file, weights);
    }

    /** The sums say that it should be so. */
    private static void changeCard(Path version, CardChange change) throws IOException {
        ObjectMapper json = new ObjectMapper();
        Path file = version.resolve(CARD);
        ObjectNode card = (ObjectNode) json.readTree(file.toFile());
        change.apply(card);
        json.writeValue(file.toFile(), card);
        writeSums(version);
    }

    /** The sums of the files as they are, as {@code sha256sum} writes them. */
    private static void writeSums(Path version) throws IOException {
        StringBuilder lines = new StringBuilder();
        try (Stream<Path> files = Files.walk(version)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = version.relativize(file).toString();
                if (!name.equals(SUMS)) {
                    String sum = ReferenceFormat.sha256(Files.readAllBytes(file));
                    lines.append("%s  %s\n".formatted(sum, name));
                }
            }
        }
        Files.writeString(version.resolve(SUMS), lines);
    }
}
