package dev.iresnet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.SslConfigs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretReferencesTest {
    @TempDir Path directory;

    @Test
    void kafkasClientsLookThemUpInFilesDirectoriesAndTheEnvironment() throws IOException {
        Path file = Files.writeString(directory.resolve("ssl.properties"), "store=from a file\n");
        Files.writeString(directory.resolve("key"), "from a directory");
        Properties client =
                kafka(
                                Map.of(
                                        "ssl.keystore.password", "${file:" + file + ":store}",
                                        "ssl.key.password", "${directory:" + directory + ":key}",
                                        "ssl.truststore.password", "${env:PATH}"))
                        .sourceProperties();
        AdminClientConfig resolved = new AdminClientConfig(client);
        assertThat(resolved.getPassword(SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG).value())
                .isEqualTo("from a file");
        assertThat(resolved.getPassword(SslConfigs.SSL_KEY_PASSWORD_CONFIG).value())
                .isEqualTo("from a directory");
        assertThat(resolved.getPassword(SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG).value())
                .isEqualTo(System.getenv("PATH"));
        assertThat(client)
                .doesNotContainValue("from a file")
                .doesNotContainValue("from a directory");
    }

    @Test
    void providersOfTheUsersOwnWorkBesideOurs() {
        Properties client =
                kafka(
                                Map.of(
                                        "config.providers", "mine",
                                        "config.providers.mine.class",
                                                "org.apache.kafka.common.config.provider"
                                                        + ".EnvVarConfigProvider",
                                        "client.id", "${mine:PATH}",
                                        "client.rack", "${env:PATH}"))
                        .sourceProperties();
        client.setProperty(
                "key.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer");
        client.setProperty(
                "value.deserializer",
                "org.apache.kafka.common.serialization.ByteArrayDeserializer");
        ConsumerConfig resolved = new ConsumerConfig(client);
        assertThat(resolved.getString("client.id")).isEqualTo(System.getenv("PATH"));
        assertThat(resolved.getString("client.rack")).isEqualTo(System.getenv("PATH"));
    }

    @Test
    void whatTheyDoNotFindIsNamedWithTheKey() throws IOException {
        Path line = Files.writeString(directory.resolve("line"), "hunter2\n");
        Path quote = Files.writeString(directory.resolve("quote"), "hun\"ter2");
        List<String> errors =
                errors(
                        kafka(
                                Map.of(
                                        "ssl.key.password", "${env:IRESNET_NO_SUCH_VARIABLE}",
                                        "ssl.keystore.password", "${file:/none/such:key}",
                                        "ssl.truststore.password", "${directory:/none:such}",
                                        "a", "password=\"${directory:" + directory + ":line}\"",
                                        "b", "password=\"${directory:" + directory + ":quote}\"",
                                        "c", "${directory:" + directory + ":line}",
                                        "d", "${vault:ours:not}")));
        assertThat(errors)
                .hasSize(5)
                .noneMatch(error -> error.contains("hunter2") || error.contains("ter2"))
                .anyMatch(
                        m ->
                                m.startsWith(
                                        "kafka.ssl.key.password refers to"
                                                + " ${env:IRESNET_NO_SUCH_VARIABLE}, which names"
                                                + " nothing"))
                .anyMatch(
                        m ->
                                m.startsWith("kafka.ssl.keystore.password refers to")
                                        && m.contains(
                                                "Could not read properties from file /none/such"))
                .anyMatch(m -> m.startsWith("kafka.ssl.truststore.password refers to"))
                .anyMatch(
                        m ->
                                m.startsWith("kafka.a refers to")
                                        && m.contains(
                                                line.getFileName() + "}, which holds a line break"))
                .anyMatch(
                        m ->
                                m.startsWith("kafka.b refers to")
                                        && m.contains(
                                                quote.getFileName()
                                                        + "}, which holds a line break"));
    }

    private static List<String> errors(KafkaConfig kafka) {
        ValidationErrors errors = new ValidationErrors();
        kafka.checkReferences(errors);
        return catchThrowableOfType(ConfigException.class, errors::throwIfAny).errors();
    }

    private static KafkaConfig kafka(Map<String, String> common) {
        Map<String, String> all = new HashMap<>(common);
        all.put("bootstrap.servers", "broker:9092");
        return new KafkaConfig(all, Map.of(), Map.of());
    }
}
