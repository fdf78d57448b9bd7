package dev.iresnet.chaos.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class WatchedTest {

    private static final List<String> LINES =
            List.of(
                    "[1.504s][info][gc] GC(2) Pause Full (Metadata GC Threshold) 20M->12M(495M)"
                            + " 40.1ms",
                    "[60.10s][info][gc] GC(9) Pause Young (Allocation Failure) 160M->28M(495M)"
                            + " 5.0ms",
                    "[70.20s][info][gc] GC(10) Pause Full (Diagnostic Command) 93M->27M(495M)"
                            + " 60.2ms",
                    "[75.30s][info][gc] GC(11) Pause Young (Allocation Failure) 164M->29M(495M)"
                            + " 4.1ms");

    @Test
    void readsMemoryAndThreads() {
        String text =
                """
                Name:\tjava
                VmPeak:\t 4100000 kB
                VmRSS:\t 1092530 kB
                RssAnon:\t  861600 kB
                RssFile:\t  230930 kB
                Threads:\t76
                """;

        assertThat(Watched.status(text))
                .containsOnly(
                        Map.entry(Gauge.RESIDENT, 1_092_530 / 1024.0),
                        Map.entry(Gauge.ANONYMOUS, 861_600 / 1024.0),
                        Map.entry(Gauge.THREADS, 76.0));
    }

    @Test
    void aProcessThatHasEndedHasNoMemory() {
        assertThatThrownBy(() -> Watched.status("Name:\tjava\nState:\tZ (zombie)\nThreads:\t1\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has ended");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void readsThisProcess() throws IOException {
        Reading status =
                new Reading(
                        Instant.EPOCH,
                        Watched.status(Files.readString(Path.of("/proc/self/status"))));

        assertThat(status.of(Gauge.RESIDENT).orElseThrow())
                .isGreaterThan(status.of(Gauge.ANONYMOUS).orElseThrow());
        assertThat(status.of(Gauge.THREADS).orElseThrow()).isPositive();
    }

    @Test
    void readsWhatFlinkAnswers() throws JsonProcessingException {
        Map<Gauge, Double> values =
                read(
                        """
                        [{"id":"Status.JVM.Memory.Metaspace.Used","value":"88080384"},
                         {"id":"Status.JVM.Memory.Direct.MemoryUsed","value":"1048576"},
                         {"id":"Status.JVM.ClassLoader.ClassesLoaded","value":"15000"},
                         {"id":"Status.JVM.ClassLoader.ClassesUnloaded","value":"250"}]
                        """);

        assertThat(values)
                .containsOnly(
                        Map.entry(Gauge.METASPACE, 84.0),
                        Map.entry(Gauge.DIRECT, 1.0),
                        Map.entry(Gauge.CLASSES, 14_750.0));
    }

    @Test
    void whatFlinkDoesNotKnowYetIsLeftOut() throws JsonProcessingException {
        assertThat(read("[{\"id\":\"Status.JVM.ClassLoader.ClassesLoaded\",\"value\":\"1\"}]"))
                .isEmpty();
    }

    @Test
    void findsWhatTheLastFullCollectionHasLeft() {
        assertThat(Watched.afterLastCollection(LINES)).hasValue(27);
        assertThat(Watched.afterLastCollection(LINES.subList(0, 2))).hasValue(12);
        assertThat(Watched.afterLastCollection(List.of())).isEmpty();
    }

    @Test
    void countsThoseThatWereAskedFor() {
        assertThat(Watched.collectionsAskedFor(LINES)).isEqualTo(1);
    }

    private static Map<Gauge, Double> read(String answer) throws JsonProcessingException {
        return Watched.flinkMetrics(new ObjectMapper().readTree(answer));
    }
}
