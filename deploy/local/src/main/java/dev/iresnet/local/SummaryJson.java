package dev.iresnet.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A {@link Summary} for machines: the verdict's members, and what this run adds. */
final class SummaryJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private SummaryJson() {}

    static void write(Summary summary, Path file) {
        try {
            Files.writeString(file, of(summary).toPrettyString() + "\n");
        } catch (IOException e) {
            throw new LocalException("Cannot write %s (--json): %s".formatted(file, e), e);
        }
    }

    static ObjectNode of(Summary summary) {
        ObjectNode json = JSON.valueToTree(summary.verdict());
        json.remove("faultless");
        // The verifier has its own, from the results; this one is the job's word.
        if (summary.meanBatchSize().isPresent()) {
            json.put("meanBatchSize", summary.meanBatchSize().getAsDouble());
        } else {
            json.putNull("meanBatchSize");
        }
        ObjectNode versions = json.putObject("versions");
        summary.versions().forEach(versions::put);
        return json;
    }
}
