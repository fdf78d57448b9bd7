package dev.iresnet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.iresnet.event.ImageUri;
import dev.iresnet.event.KeyFormat;
import dev.iresnet.image.DecodeLimits;
import dev.iresnet.model.Precision;
import dev.iresnet.serving.batch.BatchPolicy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
        JobConfig config = JobConfig.read(REQUIRED, Map.of());
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
        assertThat(
                        JobConfig.read(with("--image.max-pixels=1000000"), Map.of())
                                .engine()
                                .decoding()
                                .limits()
                                .maxWork())
                .isEqualTo(48_000_000);
        assertThat(
                        JobConfig.read(with("--image.max-work=1000000"), Map.of())
                                .engine()
                                .decoding()
                                .limits()
                                .maxWork())
                .isEqualTo(1_000_000);
    }

    @Test
    void theGpuIsFlinksToAssignUnlessItIsNamed() {
        assertThat(JobConfig.read(REQUIRED, Map.of()).engine().device().gpu())
                .isEqualTo(new DeviceConfig.Gpu(DeviceConfig.Kind.AUTO, "", true, 0));
        assertThat(
                        JobConfig.read(
                                        with(
                                                "--device.kind=gpu-or-cpu",
                                                "--device.visible-gpus=3",
                                                "--device.gpu-memory-growth=false",
                                                "--device.gpu-memory-limit=2 gb"),
                                        Map.of())
                                .engine()
                                .device()
                                .gpu())
                .isEqualTo(
                        new DeviceConfig.Gpu(DeviceConfig.Kind.GPU_OR_CPU, "3", false, 2L << 30));
    }

    @Test
    void severalGpusOrOneForTheCpuAreMistakes() {
        assertThatThrownBy(
                        () ->
                                JobConfig.read(
                                        with(
                                                "--device.visible-gpus=0,1",
                                                "--device.gpu-memory-limit=1 mb"),
                                        Map.of()))
                .hasMessageContaining(
                        "device.visible-gpus must be empty, or an index such as 0, got '0,1'")
                .hasMessageContaining("device.gpu-memory-limit must be 0 bytes, or 64 mb..1 tb");
        assertThatThrownBy(
                        () ->
                                JobConfig.read(
                                        with("--device.kind=cpu", "--device.visible-gpus=0"),
                                        Map.of()))
                .hasMessageContaining("device.visible-gpus names a GPU, and device.kind is cpu");
    }

    @Test
    void noReferenceIsFollowedUnlessADirectoryIsAllowed() {
        JobConfig config = JobConfig.read(REQUIRED, Map.of());
        assertThat(config.engine().references().directories()).isEmpty();
        assertThat(config.engine().references().heap()).isZero();

        JobConfig allowing =
                JobConfig.read(with("--references.allowed=s3://frames/gate/, file:/mnt"), Map.of());
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
                                JobConfig.read(
                                        with(
                                                "--references.allowed=s3://a/../b,file:///,frames,s3://me:hush@b/c,s3://fine",
                                                "--references.max-memory=1 mb",
                                                "--references.concurrency=0"),
                                        Map.of()));
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
        assertThat(JobConfig.read(with(), Map.of()).engine().model().precision())
                .isEqualTo(Precision.FLOAT32);
        assertThat(
                        JobConfig.read(with("--model.precision", "bfloat16"), Map.of())
                                .engine()
                                .model()
                                .precision())
                .isEqualTo(Precision.BFLOAT16);
        assertThatThrownBy(() -> JobConfig.read(with("--model.precision", "int8"), Map.of()))
                .isInstanceOf(ConfigException.class)
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
    void kafkasPropertiesPassThrough() {
        JobConfig config =
                JobConfig.read(
                        with("--source.kafka.fetch.max.bytes=1", "--sink.kafka.linger.ms=5"),
                        Map.of("IRESNET_KAFKA_SECURITY_PROTOCOL", "SSL"));
        assertThat(config.kafka().sourceProperties())
                .containsEntry("security.protocol", "SSL")
                .containsEntry("fetch.max.bytes", "1")
                .doesNotContainKey("linger.ms");
        assertThat(config.kafka().sinkProperties())
                .containsEntry("security.protocol", "SSL")
                .containsEntry("linger.ms", "5");
    }

    @Test
    void propertiesThatTheJobOwnsAreRefusedWithTheOptionToUse() {
        assertThatThrownBy(
                        () ->
                                JobConfig.read(
                                        with("--sink.kafka.transaction.timeout.ms=1"), Map.of()))
                .hasMessageContaining(
                        "sink.kafka.transaction.timeout.ms cannot be passed to Kafka: set"
                                + " delivery.transaction-timeout");
    }

    @ParameterizedTest
    @ValueSource(strings = {"acks=0", "enable.idempotence=false", "max.request.size=1000"})
    void propertiesThatWouldBreakTheGuaranteeAreRefused(String property) {
        assertThatThrownBy(() -> JobConfig.read(with("--sink.kafka." + property), Map.of()))
                .hasMessageContaining("cannot be passed to Kafka");
    }

    @Test
    void whatTheTopicsTakeIsAskedUnlessChecksAreOff() {
        assertThatThrownBy(
                        () ->
                                JobConfig.read(
                                        with("--kafka-checks.max-message-bytes=8 mb"), Map.of()))
                .hasMessageContaining("counts only with kafka-checks.enabled: false");
    }

    @Test
    void topicsMustNotLoop() {
        assertThatThrownBy(() -> JobConfig.read(with("--dead-letter.topic=image-events"), Map.of()))
                .hasMessageContaining("dead-letter.topic 'image-events' is also an input topic");
    }

    @Test
    void namesThatKubernetesSetsAreLeftAlone() {
        Map<String, String> environment =
                Map.of("IRESNET_REST_SERVICE_HOST", "10.0.0.1", "IRESNET_PORT", "tcp://10.0.0.1:1");
        assertThat(JobConfig.read(REQUIRED, environment))
                .isEqualTo(JobConfig.read(REQUIRED, Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka.ssl.key.password=hunter2",
                "source.kafka.ssl.truststore.password=hunter2",
                "sink.kafka.ssl.keystore.key=hunter2",
                "kafka.sasl.oauthbearer.client.credentials.client.secret=hunter2",
                "kafka.listener.name.x.sasl.jaas.config=L required password=hunter2;",
                "kafka.sasl.jaas.config=L required username='u' password='hunter2';",
                "kafka.sasl.jaas.config=L required username=\"u\" password = \"hunter2\";",
                "kafka.sasl.jaas.config=L required password=\"${env:A}hunter2\";",
                "kafka.sasl.jaas.config=L required user=\"${env:A}\" clientSecret=\"hunter2\";"
            })
    void aSecretInClearIsRefusedWithoutSayingIt(String setting) {
        assertThatThrownBy(() -> JobConfig.read(with("--" + setting), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        setting.substring(0, setting.indexOf('='))
                                + " has a secret in it, which would be stored with the job")
                .hasMessageContaining("${env:NAME}")
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka.ssl.key.password=${env:KEY_PASSWORD}",
                "kafka.sasl.jaas.config=${file:/run/secrets/kafka.properties:jaas}",
                "kafka.sasl.jaas.config=L required username='u' password='${env:A}';",
                "kafka.sasl.jaas.config=L required password=${directory:/run/secrets:pass} a=b;",
                "kafka.sasl.jaas.config=L required tokenauth=true password=\"${vault:a:b}\";",
                "kafka.sasl.jaas.config=L required useKeyTab=true keyTab=\"/etc/job.keytab\";",
                "kafka.ssl.truststore.certificates=-----BEGIN CERTIFICATE-----",
                "kafka.sasl.oauthbearer.token.endpoint.url=https://login"
            })
    void whatNamesASecretOrIsNonePasses(String setting) {
        assertThat(JobConfig.read(with("--" + setting), Map.of()).kafka().sourceProperties())
                .containsValue(setting.substring(setting.indexOf('=') + 1));
    }

    @Test
    void whatMayBeASecretIsNotPrinted() {
        JobConfig config =
                JobConfig.read(
                        with(
                                "--kafka.sasl.jaas.config=L required password='${env:HUNTER2}';",
                                "--kafka.my.interceptor.password=hunter2"),
                        Map.of());
        assertThat(config.toString())
                .doesNotContainIgnoringCase("hunter2")
                .contains("sasl.jaas.config=******")
                .contains("my.interceptor.password=******");
    }

    @Test
    void whereThereIsARegistryResultsAreFramedByIt() {
        JobConfig config =
                JobConfig.read(
                        with("--schema-registry.url=http://a:8081, https://b/ccompat/v7"),
                        Map.of("IRESNET_SCHEMA_REGISTRY_SSL_TRUSTSTORE_TYPE", "PEM"));
        assertThat(config.registry())
                .isEqualTo(
                        new RegistryConfig(
                                List.of(
                                        URI.create("http://a:8081"),
                                        URI.create("https://b/ccompat/v7")),
                                "",
                                Map.of("ssl.truststore.type", "PEM"),
                                true,
                                Duration.ofMinutes(1)));
        assertThat(config.output().framing()).isEqualTo(OutputConfig.Framing.CONFLUENT);
        assertThat(JobConfig.read(REQUIRED, Map.of()).output().framing())
                .isEqualTo(OutputConfig.Framing.SINGLE_OBJECT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "schema-registry.url=http://job:hunter2@registry:8081",
                "schema-registry.url=http://ok, http://job:hunter2 @registry:8081",
                "schema-registry.basic-auth.user-info=job:hunter2",
                "schema-registry.basic-auth.user-info=hunter2",
                "schema-registry.basic-auth.user-info=${env:USER}:hunter2",
                "schema-registry.ssl.keystore.password=hunter2",
                "schema-registry.ssl.keystore.key=hunter2"
            })
    void aRegistrysSecretInClearIsRefusedWithoutSayingIt(String setting) {
        assertThatThrownBy(() -> JobConfig.read(with("--" + setting), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(setting.substring(0, setting.indexOf('=')))
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aRegistrysAddressMustBeOne() {
        assertThatThrownBy(
                        () -> JobConfig.read(with("--schema-registry.url=registry:8081"), Map.of()))
                .hasMessageContaining(
                        "schema-registry.url must be http:// or https:// with a host, got"
                                + " 'registry:8081'");
        assertThatThrownBy(() -> JobConfig.read(with("--output.framing=confluent"), Map.of()))
                .hasMessageContaining("set schema-registry.url");
        assertThatThrownBy(() -> JobConfig.read(with("--output.framing=none"), Map.of()))
                .hasMessageContaining(
                        "output.framing must be single-object, confluent, got 'none'");
    }

    @Test
    void aMissingFileIsAMistake() {
        assertThatThrownBy(() -> JobConfig.read(with("--config", "/none/job.yaml"), Map.of()))
                .hasMessageContaining("--config /none/job.yaml is not a file that can be read");
    }

    @Test
    void aFileThatIsNoYamlIsAMistake() throws IOException {
        Path file = yaml("batch: [1\n");
        assertThatThrownBy(() -> JobConfig.read(with("--config=" + file), Map.of()))
                .hasMessageContaining("is not YAML");
    }

    private Path yaml(String text) throws IOException {
        return Files.writeString(directory.resolve("job.yaml"), text);
    }

    private static List<String> with(String... more) {
        List<String> arguments = new ArrayList<>(REQUIRED);
        arguments.addAll(List.of(more));
        return arguments;
    }
}
