package dev.iresnet.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.config.JobConfig;
import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Precision;
import dev.iresnet.operator.AssignedGpus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelRecipeTest {
    @TempDir private Path models;

    @Test
    void loadsTheModelAsTheOptionsSay() throws Exception {
        Files.createDirectory(models.resolve("1"));
        JobConfig config =
                JobConfig.read(
                        List.of(
                                "--kafka.bootstrap.servers=localhost:9092",
                                "--input.topics=frames",
                                "--output.topic=labels",
                                "--model.path=" + models,
                                "--model.precision=bfloat16",
                                "--batch.max-size=5"),
                        Map.of());
        List<LoadOptions> asked = new ArrayList<>();
        ModelRecipe recipe =
                new ModelRecipe(
                        config.engine(),
                        config.input().format(),
                        config.input().keyFormat(),
                        new EventSchemas(List.of(), config.registry()),
                        (version, options) -> {
                            asked.add(options);
                            return new PixelModel();
                        });

        recipe.start(AssignedGpus.NONE).close();

        assertThat(asked).containsExactly(new LoadOptions(5, Precision.BFLOAT16));
    }
}
