package dev.iresnet.config;

import static dev.iresnet.config.JobConfigTest.assertRefused;
import static dev.iresnet.config.JobConfigTest.read;
import static dev.iresnet.config.JobConfigTest.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes to Kafka and to the schema registry, and which secrets are refused. */
class KafkaConfigTest {
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
        assertRefused("--sink.kafka.transaction.timeout.ms=1")
                .hasMessageContaining(
                        "sink.kafka.transaction.timeout.ms cannot be passed to Kafka: set"
                                + " delivery.transaction-timeout");
    }

    @ParameterizedTest
    @ValueSource(strings = {"acks=0", "enable.idempotence=false", "max.request.size=1000"})
    void propertiesThatWouldBreakTheGuaranteeAreRefused(String property) {
        assertRefused("--sink.kafka." + property).hasMessageContaining("cannot be passed to Kafka");
    }

    @Test
    void whatTheTopicsTakeIsAskedUnlessChecksAreOff() {
        assertRefused("--kafka-checks.max-message-bytes=8 mb")
                .hasMessageContaining("counts only with kafka-checks.enabled: false");
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
        assertRefused("--" + setting)
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
        assertThat(read("--" + setting).kafka().sourceProperties())
                .containsValue(setting.substring(setting.indexOf('=') + 1));
    }

    @Test
    void whatMayBeASecretIsNotPrinted() {
        JobConfig config =
                read(
                        "--kafka.sasl.jaas.config=L required password='${env:HUNTER2}';",
                        "--kafka.my.interceptor.password=hunter2");
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
        assertThat(read().output().framing()).isEqualTo(OutputConfig.Framing.SINGLE_OBJECT);
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
        assertRefused("--" + setting)
                .hasMessageContaining(setting.substring(0, setting.indexOf('=')))
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aRegistrysAddressMustBeOne() {
        assertRefused("--schema-registry.url=registry:8081")
                .hasMessageContaining(
                        "schema-registry.url must be http:// or https:// with a host, got"
                                + " 'registry:8081'");
        assertRefused("--output.framing=confluent").hasMessageContaining("set schema-registry.url");
        assertRefused("--output.framing=none")
                .hasMessageContaining(
                        "output.framing must be single-object, confluent, got 'none'");
    }
}
