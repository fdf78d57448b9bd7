package dev.iresnet.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iresnet.event.FailureCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Mutated records through the job's own readers and decoders and an engine, in a process of their
 * own: a crash in native code would end it, and libjpeg writes a line for most bad pictures. A few
 * thousand in each build; {@code -Diresnet.mutations=1000000} for a long run, {@code
 * -Diresnet.mutations.seed=…} for others. What came of them stays in {@code
 * target/mutated-events.json}.
 */
final class MutatedEventsTest {
    private static final int RECORDS = Integer.getInteger("iresnet.mutations", 20_000);
    private static final long SEED = Long.getLong("iresnet.mutations.seed", 1);
    private static final Path OUTPUT = Path.of("target", "mutated-events.log");
    private static final Path REPORT = Path.of("target", "mutated-events.json");

    private static JsonNode report = new ObjectMapper().createObjectNode();

    @BeforeAll
    static void run() throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx1g",
                                // as the tests themselves: Avro's builders load these
                                "-Dorg.apache.avro.SERIALIZABLE_PACKAGES=dev.iresnet.schemas.avro",
                                "-cp",
                                System.getProperty("java.class.path"),
                                MutatedRun.class.getName(),
                                Integer.toString(RECORDS),
                                Long.toString(SEED),
                                REPORT.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(OUTPUT.toFile())
                        .start();
        try {
            assertThat(process.waitFor(60 + RECORDS / 1_000, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as("see %s", OUTPUT).isZero();
        } finally {
            process.destroyForcibly();
        }
        report = new ObjectMapper().readTree(REPORT.toFile());
    }

    @Test
    void eachIsAnsweredOnceAndTheEngineGoesOn() {
        assertThat(report.get("failures")).isEmpty();
        assertThat(report.get("notAnsweredOnce")).as("numbers of records").isEmpty();
        assertThat(sum(report.get("answers"))).isEqualTo(RECORDS);
        assertThat(report.get("usable").asBoolean()).as("no restart was needed").isTrue();
        assertThat(report.get("pending").asInt()).isZero();
    }

    @Test
    void noneFindsAFaultOfTheJobs() {
        assertThat(report.get("answers").has(FailureCode.INTERNAL_ERROR.name())).isFalse();
    }

    @Test
    void theGoodAmongThemAreLabelled() {
        assertThat(report.at("/byMutation/NONE").fieldNames())
                .toIterable()
                .containsExactly("LABELLED");
    }

    /** Else they would prove nothing: each check would hide what is behind it. */
    @Test
    void everyDecoderIsReachedByManyOfThem() {
        for (Depth depth : Depth.values()) {
            assertThat(report.at("/reached/" + depth).asInt())
                    .as(depth.name())
                    .isGreaterThan(RECORDS / 20);
        }
    }

    private static long sum(JsonNode counts) {
        long sum = 0;
        for (JsonNode count : counts) {
            sum += count.asLong();
        }
        return sum;
    }
}
