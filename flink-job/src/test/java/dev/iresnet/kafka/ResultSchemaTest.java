package dev.iresnet.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.config.ConfigException;
import dev.iresnet.config.JobConfig;
import dev.iresnet.proving.registry.TrialRegistry;
import dev.iresnet.schemas.SchemaHistory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

    @Test
    void registersBothSchemasThatAJobMayWrite() throws Exception {
        try (TrialRegistry registry = TrialRegistry.start()) {
            ResultSchema schema = ResultSchema.of(config(registered(registry)));

            assertThat(schema.ids())
                    .hasSize(SchemaHistory.labeledResult().size())
                    .doesNotHaveDuplicates();
            for (int i = 0; i < schema.ids().size(); i++) {
                String known = SchemaHistory.labeledResult().get(i).toString();
                assertThat(registry.register("other", known)).isEqualTo(schema.ids().get(i));
            }
        }
    }

    /** A job with a classifier must start where nobody has registered the newer one. */
    @Test
    void whereTheJobMayNotRegisterTheFirstSchemaIsEnoughButForClips() throws Exception {
        try (TrialRegistry registry = TrialRegistry.start()) {
            JobConfig config = config(registered(registry, "--schema-registry.register=false"));
            assertThatThrownBy(() -> ResultSchema.of(config))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("refuses LabeledResult for subject 'out-value'");

            int first = register(registry, 0);
            assertThat(ResultSchema.of(config).ids()).containsExactly(first);

            JobConfig clips =
                    config(
                            registered(
                                    registry,
                                    "--schema-registry.register=false",
                                    "--clip.enabled=true"));
            assertThatThrownBy(() -> ResultSchema.of(clips))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("Subject out-value does not have version 2")
                    .hasMessageContaining("clip.enabled")
                    .hasMessageContaining("schema-registry.register");

            int second = register(registry, 1);
            assertThat(ResultSchema.of(clips).ids()).containsExactly(first, second);
            assertThat(ResultSchema.of(config).ids()).containsExactly(first, second);
        }
    }

    private static int register(TrialRegistry registry, int release) {
        return registry.register(
                "out-value", SchemaHistory.labeledResult().get(release).toString());
    }

    private static List<String> registered(TrialRegistry registry, String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--kafka.bootstrap.servers=unused",
                                "--input.topics=in",
                                "--output.topic=out",
                                "--model.path=unused",
                                "--schema-registry.url=" + registry.address()));
        arguments.addAll(List.of(more));
        return arguments;
    }

    private static JobConfig config(List<String> arguments) {
        return JobConfig.read(arguments, Map.of());
    }
}
