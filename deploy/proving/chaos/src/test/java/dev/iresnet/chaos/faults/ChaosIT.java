package dev.iresnet.chaos.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The short form of {@code bin/chaos}, and the control that it would notice. */
@Tag("chaos")
@Timeout(900)
class ChaosIT {

    @TempDir Path directory;

    @Test
    void exactlyOnceHoldsUnderThreeMinutesOfFaults() throws Exception {
        JsonNode report = run("--seed=1", "--minutes=3", "--faults=5");

        assertThat(report.path("violations")).isEmpty();
        assertThat(report.path("holds").asBoolean()).isTrue();
        assertThat(report.path("faultsThatBit").asInt()).isGreaterThanOrEqualTo(5);
        assertThat(report.path("compared").asLong()).isPositive();
        assertThat(report.path("lost").asLong(-1)).isZero();
        assertThat(report.path("duplicated").asLong(-1)).isZero();
        assertThat(report.path("reordered").asLong(-1)).isZero();
        assertThat(report.path("wrong").asLong(-1)).isZero();
    }

    @Test
    void atLeastOnceIsCaughtDoubling() throws Exception {
        JsonNode report = run("--seed=1", "--minutes=1", "--faults=1", "--guarantee=at-least-once");

        assertThat(report.path("holds").asBoolean()).isFalse();
        assertThat(report.path("duplicated").asLong()).isPositive();
        assertThat(report.path("lost").asLong(-1)).isZero();
    }

    private JsonNode run(String... arguments) throws Exception {
        Path json = directory.resolve("report.json");
        CommandLine command = new CommandLine(new Chaos());
        command.execute(
                Stream.concat(Arrays.stream(arguments), Stream.of("--json=" + json))
                        .toArray(String[]::new));
        return new ObjectMapper().readTree(Files.readString(json));
    }
}
