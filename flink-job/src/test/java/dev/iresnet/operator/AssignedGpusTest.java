package dev.iresnet.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.iresnet.event.RawRecord;
import dev.iresnet.serving.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Iterator;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.plugin.PluginManager;
import org.apache.flink.externalresource.gpu.GPUDriverFactory;
import org.apache.flink.runtime.externalresource.ExternalResourceUtils;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.runtime.util.TestingTaskManagerRuntimeInfo;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Flink's own GPU driver runs a discovery script that claims GPUs, as at the start of a task
 * manager; the operator's engine must be told of them. (A MiniCluster has no external resources.)
 */
@SuppressWarnings("try") // the harness may be interrupted while it closes
final class AssignedGpusTest {

    @TempDir private Path directory;

    @Test
    void theEngineIsToldOfTheGpuThatTheScriptHasFound() throws Exception {
        assertThat(toldToTheEngine(configuration(1, "echo 3")))
                .isEqualTo(new AssignedGpus(true, List.of("3")).toString());
    }

    @Test
    void theEngineIsToldOfAllOfThem() throws Exception {
        assertThat(toldToTheEngine(configuration(2, "echo 7,4")))
                .isEqualTo(new AssignedGpus(true, List.of("4", "7")).toString());
    }

    @Test
    void aScriptThatFailsLeavesAnExpectationWithoutAGpu() throws Exception {
        assertThat(toldToTheEngine(configuration(1, "echo no GPU >&2; exit 1")))
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
        TaggerProvider taggers =
                new SharedTaggerProvider(new TellingRecipe(), new FramesInFlight(1, 1, 0));
        try (environment;
                var harness =
                        new OneInputStreamOperatorTestHarness<RawRecord, OutboundRecord>(
                                new TaggingOperatorFactory(
                                        taggers,
                                        new OperatorHarness.PlainEncoder(),
                                        new InFlightLimit(1, 1)),
                                new RawRecordSerializer(),
                                environment)) {
            harness.setup(new OutboundRecordSerializer());
            return catchThrowableOfType(TaggingException.class, harness::open).getMessage();
        }
    }

    private Configuration configuration(int amount, String script) throws IOException {
        Path file = directory.resolve("discover");
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        Configuration configuration = new Configuration();
        configuration.setString("external-resources", "gpu");
        configuration.setString("external-resource.gpu.amount", Integer.toString(amount));
        configuration.setString(
                "external-resource.gpu.driver-factory.class", GPUDriverFactory.class.getName());
        configuration.setString(
                "external-resource.gpu.param.discovery-script.path", file.toString());
        return configuration;
    }

    /** The plugins of a distribution that has this one. */
    private static final class GpuPlugin implements PluginManager {
        @Override
        public <P> Iterator<P> load(Class<P> service) {
            return List.of(service.cast(new GPUDriverFactory())).iterator();
        }
    }

    /** Starts no engine, and says what it was told. */
    private record TellingRecipe() implements EngineRecipe {
        @Override
        public Engine start(AssignedGpus gpus) {
            throw new TaggingException(gpus.toString());
        }

        @Override
        public String device() {
            return "none";
        }
    }
}
