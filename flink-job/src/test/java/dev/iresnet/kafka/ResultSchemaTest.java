package dev.iresnet.kafka;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.config.ConfigException;
import dev.iresnet.config.JobConfig;
import dev.iresnet.proving.registry.TrialRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultSchemaTest {
    @TempDir Path directory;

    @Test
    void aPasswordThatCannotBeReadIsAnErrorAtTheStartAlsoWhereOnlyEventsNeedTheRegistry() {
        JobConfig config =
                config(
                        List.of(
                                "--kafka.bootstrap.servers=unused",
                                "--input.topics=in",
                                "--output.topic=out",
                                "--output.format=json",
                                "--model.path=unused",
                                "--schema-registry.url=http://127.0.0.1:1",
                                "--schema-registry.basic-auth.user-info=job:${directory:"
                                        + directory
                                        + ":nothing-there}"));
        assertThatThrownBy(() -> ResultSchema.of(config))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema-registry.basic-auth.user-info refers to")
                .hasMessageContaining("names nothing on this machine");
    }

    @Test
    void aRegistryThatRefusesIsNamedWithTheKeysBeforeTheJobIsSubmitted() throws Exception {
        Files.writeString(directory.resolve("password"), "wrong-horse");
        try (TrialRegistry registry = TrialRegistry.start()) {
            registry.demandLogin("job:correct-horse");
            JobConfig config =
                    config(
                            List.of(
                                    "--kafka.bootstrap.servers=unused",
                                    "--input.topics=in",
                                    "--output.topic=out",
                                    "--model.path=unused",
                                    "--schema-registry.url=" + registry.address(),
                                    "--schema-registry.basic-auth.user-info=job:${directory:"
                                            + directory
                                            + ":password}"));
            assertThatThrownBy(() -> ResultSchema.of(config))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(registry.address() + " refuses LabeledResult")
                    .hasMessageContaining("401 Unauthorized")
                    .hasMessageContaining("schema-registry.basic-auth.user-info")
                    .hasMessageNotContaining("horse");
        }
    }

    private static JobConfig config(List<String> arguments) {
        return JobConfig.read(arguments, Map.of());
    }
}
