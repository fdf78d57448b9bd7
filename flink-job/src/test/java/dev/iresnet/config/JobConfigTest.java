package dev.iresnet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.iresnet.clip.ClipOptions;
import dev.iresnet.clip.ClipRules;
import dev.iresnet.clip.MissingFrames;
import dev.iresnet.engine.batch.BatchPolicy;
import dev.iresnet.event.ImageUri;
import dev.iresnet.event.KeyFormat;
import dev.iresnet.image.DecodeLimits;
import dev.iresnet.model.ClipRule;
import dev.iresnet.model.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobConfigTest {
    private static final List<String> REQUIRED =
            List.of(
                    "--kafka.bootstrap.servers=broker:9092",
                    "--input.topics=image-events",
                    "--output.topic=labeled-results",
                    "--model.path=/models/demo");

    @TempDir Path directory;

    @Test
    void theFourRequiredOptionsAreEnough() {
        JobConfig config = read();
        assertThat(config.kafka().bootstrapServers()).isEqualTo("broker:9092");
        assertThat(config.input())
                .isEqualTo(
                        new InputConfig(
                                List.of("image-events"),
                                InputConfig.Format.IMAGE_EVENT,
                                KeyFormat.TEXT,
                                List.of(),
                                "flink-iresnet",
                                InputConfig.StartingOffsets.COMMITTED,
                                new InputConfig.InFlight(128, 64 << 20)));
        assertThat(config.deadLetter().topic()).isEqualTo("image-events.dlq");
        assertThat(config.delivery().guarantee()).isEqualTo(DeliveryConfig.Guarantee.EXACTLY_ONCE);
        assertThat(config.engine().batching()).isEqualTo(new BatchPolicy(32, Duration.ZERO));
        assertThat(config.engine().decoding().limits()).isEqualTo(DecodeLimits.DEFAULT);
    }

    @Test
    void workIsLimitedByThePixelsUnlessItIsSaid() {
        assertThat(read("--image.max-pixels=1000000").engine().decoding().limits().maxWork())
                .isEqualTo(48_000_000);
        assertThat(read("--image.max-work=1000000").engine().decoding().limits().maxWork())
                .isEqualTo(1_000_000);
    }

    @Test
    void theGpuIsFlinksToAssignUnlessItIsNamed() {
        assertThat(read().engine().device().gpu())
                .isEqualTo(new DeviceConfig.Gpu(DeviceConfig.Kind.AUTO, "", true, 0));
        assertThat(
                        read(
                                        "--device.kind=gpu-or-cpu",
                                        "--device.visible-gpus=3",
                                        "--device.gpu-memory-growth=false",
                                        "--device.gpu-memory-limit=2 gb")
                                .engine()
                                .device()
                                .gpu())
                .isEqualTo(
                        new DeviceConfig.Gpu(DeviceConfig.Kind.GPU_OR_CPU, "3", false, 2L << 30));
    }

    @Test
    void severalGpusOrOneForTheCpuAreMistakes() {
        assertRefused("--device.visible-gpus=0,1", "--device.gpu-memory-limit=1 mb")
                .hasMessageContaining(
                        "device.visible-gpus must be empty, or an index such as 0, got '0,1'")
                .hasMessageContaining("device.gpu-memory-limit must be 0 bytes, or 64 mb..1 tb");
        assertRefused("--device.kind=cpu", "--device.visible-gpus=0")
                .hasMessageContaining("device.visible-gpus names a GPU, and device.kind is cpu");
    }

    @Test
    void noReferenceIsFollowedUnlessADirectoryIsAllowed() {
        JobConfig config = read();
        assertThat(config.engine().references().directories()).isEmpty();
        assertThat(config.engine().references().heap()).isZero();

        JobConfig allowing = read("--references.allowed=s3://frames/gate/, file:/mnt");
        assertThat(allowing.engine().references().directories())
                .containsExactly(
                        new ImageUri("s3", "frames", "/gate"), new ImageUri("file", "", "/mnt"));
        assertThat(allowing.engine().references().heap()).isEqualTo(64 << 20);
    }

    @Test
    void everyBadDirectoryOfReferencesIsNamedAndNoPasswordIsShown() {
        ConfigException refused =
                catchThrowableOfType(
                        ConfigException.class,
                        () ->
                                read(
                                        "--references.allowed=s3://a/../b,file:///,frames,s3://me:hush@b/c,s3://fine",
                                        "--references.max-memory=1 mb",
                                        "--references.concurrency=0"));
        assertThat(refused.errors())
                .hasSize(6)
                .anyMatch(m -> m.startsWith("references.allowed: 's3://a/../b' has an empty part"))
                .anyMatch(
                        m ->
                                m.equals(
                                        "references.allowed: 'file:///' is the whole machine; name"
                                                + " a directory"))
                .anyMatch(m -> m.startsWith("references.allowed: 'frames' is not scheme://"))
                .anyMatch(m -> m.equals("references.allowed: 's3://…@b/c' has a password in it"))
                .anyMatch(
                        m ->
                                m.equals(
                                        "references.max-memory is 1048576 bytes and must be at"
                                                + " least image.max-bytes, 16777216"))
                .anyMatch(m -> m.startsWith("references.concurrency must be 1..1024"));
        assertThat(refused).hasMessageNotContaining("hush");
    }

    @Test
    void computesAsTrainedUnlessToldOtherwise() {
        assertThat(read().engine().model().precision()).isEqualTo(Precision.FLOAT32);
        assertThat(read("--model.precision", "bfloat16").engine().model().precision())
                .isEqualTo(Precision.BFLOAT16);
        assertRefused("--model.precision", "int8")
                .hasMessageContaining("model.precision")
                .hasMessageContaining("int8");
    }

    @Test
    void argumentsComeBeforeEnvironmentBeforeFileBeforeDefaults() throws IOException {
        Path file =
                yaml(
                        """
                        batch:
                          max-size: 4
                          max-delay: 7 ms
                        labels.top-k: 9
                        """);
        Map<String, String> environment =
                Map.of("IRESNET_BATCH_MAX_SIZE", "5", "IRESNET_BATCH_MAX_DELAY", "8 ms");
        JobConfig config =
                JobConfig.read(
                        with("--config", file.toString(), "--batch.max-size", "6"), environment);
        assertThat(config.engine().batching()).isEqualTo(new BatchPolicy(6, Duration.ofMillis(8)));
        assertThat(config.engine().labeling().topK()).isEqualTo(9);
        assertThat(config.engine().device().threads()).isEqualTo(2);
    }

    @Test
    void reportsAllMistakesAtOnceWithKeyValueRangeAndOrigin() throws IOException {
        Path file = yaml("labels: {min-score: high}\n");
        ConfigException refused =
                catchThrowableOfType(
                        ConfigException.class,
                        () ->
                                JobConfig.read(
                                        List.of(
                                                "--config=" + file,
                                                "--batch.max-size=0",
                                                "--batch.max-sise=3",
                                                "--input.topics=a,b",
                                                "--input.format",
                                                "video",
                                                "--output.topic=out",
                                                "stray"),
                                        Map.of("IRESNET_BATCH_MAX_DELAY", "2 h")));
        assertThat(refused.errors())
                .containsExactlyInAnyOrder(
                        "'stray' is no option; write --key value",
                        "batch.max-size must be 1..1024, got '0' (argument --batch.max-size)",
                        "there is no option batch.max-sise (argument --batch.max-sise); did you"
                                + " mean batch.max-size?",
                        "input.format must be image-event, image, got 'video' (argument"
                                + " --input.format)",
                        "batch.max-delay must be 0 s..1 min, got '2 h' (environment"
                                + " IRESNET_BATCH_MAX_DELAY)",
                        "labels.min-score must be 0..1, got 'high' (file " + file + ")",
                        "kafka.bootstrap.servers is required: set --kafka.bootstrap.servers,"
                                + " IRESNET_KAFKA_BOOTSTRAP_SERVERS or kafka.bootstrap.servers in"
                                + " the --config file",
                        "model.path is required: set --model.path, IRESNET_MODEL_PATH or model.path"
                                + " in the --config file",
                        "dead-letter.topic is required if there are several input.topics");
        assertThat(refused).hasMessageStartingWith("9 errors in the configuration:\n  - ");
    }

    @Test
    void clipsAreMadeAsTheModelSaysUnlessTheOptionsSayOtherwise() {
        assertThat(read().clips().enabled()).isFalse();
        ClipOptions options = read("--clip.enabled=true").clips().options();
        assertThat(options.rules(new ClipRule(8, 2, Optional.empty(), Optional.empty())))
                .isEqualTo(
                        new ClipRules(
                                8,
                                2,
                                Duration.ZERO,
                                8,
                                Duration.ofSeconds(10),
                                MissingFrames.SKIP));
        ClipOptions chosen =
                read(
                                "--clip.enabled=true",
                                "--clip.stride=1",
                                "--clip.step=4",
                                "--clip.missing-frame=restart")
                        .clips()
                        .options();
        assertThat(chosen.rules(new ClipRule(8, 2, Optional.empty(), Optional.empty())))
                .isEqualTo(
                        new ClipRules(
                                8,
                                1,
                                Duration.ZERO,
                                4,
                                Duration.ofSeconds(10),
                                MissingFrames.RESTART));
    }

    @Test
    void optionsForClipsNeedClips() {
        assertRefused("--clip.step=3")
                .hasMessageContaining("clip.step is set and clip.enabled is false");
        assertRefused("--clip.enabled=true", "--clip.idle=5 s")
                .hasMessageContaining("clip.idle is 5 s and clip.max-gap 10 s");
        read("--clip.enabled=true", "--clip.idle=0 s");
    }

    @Test
    void topicsMustNotLoop() {
        assertRefused("--dead-letter.topic=image-events")
                .hasMessageContaining("dead-letter.topic 'image-events' is also an input topic");
    }

    @Test
    void namesThatKubernetesSetsAreLeftAlone() {
        Map<String, String> environment =
                Map.of("IRESNET_REST_SERVICE_HOST", "10.0.0.1", "IRESNET_PORT", "tcp://10.0.0.1:1");
        assertThat(JobConfig.read(REQUIRED, environment)).isEqualTo(read());
    }

    @Test
    void aMissingFileIsAMistake() {
        assertRefused("--config", "/none/job.yaml")
                .hasMessageContaining("--config /none/job.yaml is not a file that can be read");
    }

    @Test
    void aFileThatIsNoYamlIsAMistake() throws IOException {
        Path file = yaml("batch: [1\n");
        assertRefused("--config=" + file).hasMessageContaining("is not YAML");
    }

    static JobConfig read(String... more) {
        return JobConfig.read(with(more), Map.of());
    }

    static AbstractThrowableAssert<?, ?> assertRefused(String... more) {
        return assertThatThrownBy(() -> read(more)).isInstanceOf(ConfigException.class);
    }

    private Path yaml(String text) throws IOException {
        return Files.writeString(directory.resolve("job.yaml"), text);
    }

    static List<String> with(String... more) {
        List<String> arguments = new ArrayList<>(REQUIRED);
        arguments.addAll(List.of(more));
        return arguments;
    }
}
