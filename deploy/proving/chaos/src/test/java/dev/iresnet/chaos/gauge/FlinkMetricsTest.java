package dev.iresnet.chaos.gauge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlinkMetricsTest {

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

    private static Map<Gauge, Double> read(String answer) throws JsonProcessingException {
        Map<Gauge, Double> values = Reading.nothing();
        FlinkMetrics.read(new ObjectMapper().readTree(answer), values);
        return values;
    }
}
