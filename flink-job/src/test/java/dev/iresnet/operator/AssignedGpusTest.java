package dev.iresnet.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.iresnet.event.RawRecord;
import dev.iresnet.inference.InferencePipeline;
import dev.iresnet.result.FrameResult;
import java.io.IOException;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.externalresource.ExternalResourceDriver;
import org.apache.flink.api.common.externalresource.ExternalResourceDriverFactory;
import org.apache.flink.api.common.externalresource.ExternalResourceInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.plugin.PluginManager;
import org.apache.flink.runtime.externalresource.ExternalResourceUtils;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.runtime.util.TestingTaskManagerRuntimeInfo;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A driver of external resources claims GPUs, as at the start of a task manager; the operator's
 * engine must be told of them. (A MiniCluster has no external resources.)
 */
@SuppressWarnings("try") // the harness may be interrupted while it closes
final class AssignedGpusTest {

    @Test
    void theEngineIsToldOfTheGpuThatFlinkHasFound() throws Exception {
        assertThat(toldToTheEngine(configuration("3")))
                .isEqualTo(new AssignedGpus(true, List.of("3")).toString());
    }

    @Test
    void theEngineIsToldOfAllOfThem() throws Exception {
        assertThat(toldToTheEngine(configuration("7,4")))
                .isEqualTo(new AssignedGpus(true, List.of("4", "7")).toString());
    }

    @Test
    void aDriverThatFailsLeavesAnExpectationWithoutAGpu() throws Exception {
        assertThat(toldToTheEngine(configuration("")))
                .isEqualTo(new AssignedGpus(true, List.of()).toString());
    }

    @Test
    void nothingIsExpectedWhereFlinkIsNotAskedForGpus() throws Exception {
        assertThat(toldToTheEngine(new Configuration())).isEqualTo(AssignedGpus.NONE.toString());
    }

    private @Nullable String toldToTheEngine(Configuration configuration) throws Exception {
        MockEnvironment environment =
                new MockEnvironmentBuilder()
                        .setTaskManagerRuntimeInfo(new TestingTaskManagerRuntimeInfo(configuration))
                        .setExternalResourceInfoProvider(
                                ExternalResourceUtils
                                        .createStaticExternalResourceInfoProviderFromConfig(
                                                configuration, new GpuPlugin()))
                        .build();
        InferenceClientProvider clients =
                new SharedEngineProvider(new TellingFactory(), new FramesInFlight(1, 1, 0));
        try (environment;
                var harness =
                        new OneInputStreamOperatorTestHarness<RawRecord, FrameResult>(
                                new InferenceOperatorFactory(clients, new InFlightLimit(1, 1)),
                                new RawRecordSerializer(),
                                environment)) {
            harness.setup(new FrameResultSerializer());
            return catchThrowableOfType(TaggingException.class, harness::open).getMessage();
        }
    }

    private static Configuration configuration(String indices) {
        Configuration configuration = new Configuration();
        configuration.setString("external-resources", "gpu");
        configuration.setString("external-resource.gpu.amount", "1");
        configuration.setString(
                "external-resource.gpu.driver-factory.class",
                ClaimingDriverFactory.class.getName());
        configuration.setString("external-resource.gpu.param.indices", indices);
        return configuration;
    }

    /** The plugins of a distribution that has this one. */
    private static final class GpuPlugin implements PluginManager {
        @Override
        public <P> Iterator<P> load(Class<P> service) {
            return List.of(service.cast(new ClaimingDriverFactory())).iterator();
        }
    }

    /** Its driver claims the GPUs that the configuration names, and fails where it names none. */
    private static final class ClaimingDriverFactory implements ExternalResourceDriverFactory {
        @Override
        public ExternalResourceDriver createExternalResourceDriver(Configuration config) {
            String indices = config.getString("indices", "");
            return amount -> {
                if (indices.isEmpty()) {
                    throw new IOException("no GPU");
                }
                return Stream.of(indices.split(",", -1))
                        .map(ClaimedGpu::new)
                        .collect(Collectors.toSet());
            };
        }
    }

    private record ClaimedGpu(String index) implements ExternalResourceInfo {
        @Override
        public Optional<String> getProperty(String key) {
            return key.equals("index") ? Optional.of(index) : Optional.empty();
        }

        @Override
        public Collection<String> getKeys() {
            return List.of("index");
        }
    }

    /** Starts no engine, and says what it was told. */
    private record TellingFactory() implements EngineFactory {
        @Override
        public InferencePipeline start(AssignedGpus gpus) {
            throw new TaggingException(gpus.toString());
        }

        @Override
        public String device() {
            return "none";
        }
    }
}
