package dev.iresnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class NetworksCommandTest {

    @Test
    void listsCostAgainstResNet() {
        CommandRun run = CommandRun.of("networks");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines())
                .contains(
                        "iresnet50             50    25,557,032     +0.00%    4,127,719,424   77.31",
                        "resgroupfix50         50    23,366,440     -8.57%    4,229,455,872        ");
    }

    @Test
    void speaksToMachines() throws IOException {
        String line =
                CommandRun.of("networks", "--json")
                        .out()
                        .lines()
                        .filter(json -> json.contains("\"iresnet200\""))
                        .findFirst()
                        .orElseThrow();
        JsonNode row = new ObjectMapper().readTree(line);
        assertThat(row.get("depth").asInt()).isEqualTo(200);
        assertThat(row.get("parameters").asLong()).isEqualTo(64_673_832);
        assertThat(row.get("macs").asLong()).isEqualTo(15_046_017_024L);
        assertThat(row.get("publishedTop1Percent").asDouble()).isEqualTo(79.48);
    }
}
