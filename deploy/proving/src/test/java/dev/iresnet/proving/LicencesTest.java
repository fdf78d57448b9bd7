package dev.iresnet.proving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Reads the bill of materials (CycloneDX) that a build of the whole repository makes first. Builds
 * of one module, and builds without a network, have none.
 */
class LicencesTest {
    private static final Path BILL = Path.of("../../target/bom.json");

    /** By SPDX where they have a name there. */
    private static final Set<String> ALLOWED =
            Set.of(
                    "Apache-2.0",
                    "BSD-2-Clause",
                    "BSD-3-Clause",
                    "CC0-1.0",
                    // of re2j: BSD-3-Clause by another name
                    "Go License",
                    "MIT");

    @Test
    void whatIsDeliveredMayBeDelivered() throws IOException {
        assumeThat(BILL).exists();
        List<String> refused = new ArrayList<>();
        int seen = 0;
        for (JsonNode component : new ObjectMapper().readTree(BILL.toFile()).get("components")) {
            List<String> licences = licences(component);
            if (licences.stream().noneMatch(ALLOWED::contains)) {
                refused.add(component.get("purl").asText() + " " + licences);
            }
            seen++;
        }
        assertThat(seen).as("components in the bill").isGreaterThan(50);
        assertThat(refused).as("components without a licence of " + ALLOWED).isEmpty();
    }

    /** A project under several licences may be used under any of them. */
    private static List<String> licences(JsonNode component) {
        List<String> names = new ArrayList<>();
        for (JsonNode entry : component.path("licenses")) {
            if (entry.has("expression")) {
                names.addAll(List.of(entry.get("expression").asText().split(" OR ", -1)));
            } else {
                JsonNode licence = entry.get("license");
                names.add(licence.path("id").asText(licence.path("name").asText()));
            }
        }
        return names;
    }
}
