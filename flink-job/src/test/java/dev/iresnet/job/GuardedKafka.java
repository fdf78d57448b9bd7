package dev.iresnet.job;

import dev.iresnet.proving.broker.BrokerOptions;
import dev.iresnet.proving.broker.EmbeddedBroker;
import dev.iresnet.proving.broker.GuardedListener;
import dev.iresnet.proving.broker.TlsKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/**
 * A broker that demands TLS and a login at one port, TLS and a client's certificate at another, and
 * the secrets of its clients, in files as a container platform mounts them.
 */
final class GuardedKafka implements AutoCloseable {
    /** What must be seen nowhere. */
    static final String PASSWORD = "correct-horse-7391";

    static final String STORE_PASSWORD = "battery-staple-2846";

    private final EmbeddedBroker broker;
    private final GuardedListener login;
    private final GuardedListener certificate;
    private final TlsKey server;
    private final TlsKey client;
    private final Path secrets;

    private GuardedKafka(Path directory) throws Exception {
        this.secrets = directory;
        this.server = TlsKey.generate(directory, "server", STORE_PASSWORD);
        this.client = TlsKey.generate(directory, "client", STORE_PASSWORD);
        Map<String, String> tls =
                Map.of(
                        "ssl.keystore.location",
                        server.keyStore().toString(),
                        "ssl.keystore.password",
                        STORE_PASSWORD,
                        "ssl.truststore.location",
                        client.trustStore().toString(),
                        "ssl.truststore.password",
                        STORE_PASSWORD);
        this.login = new GuardedListener("login", SecurityProtocol.SASL_SSL, withLogins(tls));
        this.certificate =
                new GuardedListener("certificate", SecurityProtocol.SSL, withClientAuth(tls));
        writeSecrets();
        this.broker =
                EmbeddedBroker.start(
                        BrokerOptions.DEFAULTS.withGuarded(List.of(login, certificate)));
        try (Admin admin = broker.admin()) {
            admin.alterUserScramCredentials(
                            List.of(
                                    new UserScramCredentialUpsertion(
                                            "job",
                                            new ScramCredentialInfo(
                                                    ScramMechanism.SCRAM_SHA_512, 4096),
                                            PASSWORD)))
                    .all()
                    .get();
        }
    }

    static GuardedKafka start(Path directory) throws Exception {
        return new GuardedKafka(directory);
    }

    /** Its open port is for the test. */
    EmbeddedBroker broker() {
        return broker;
    }

    /** Arguments for the port with logins, as whom the file says and trusting the server. */
    List<String> login(String mechanism, String passwordFile) {
        return List.of(
                "--kafka.bootstrap.servers=" + broker.bootstrapServers(login),
                "--kafka.security.protocol=SASL_SSL",
                "--kafka.sasl.mechanism=" + mechanism,
                "--kafka.sasl.jaas.config="
                        + loginModule(mechanism)
                        + " required username=\"job\" password=\"${directory:"
                        + secrets
                        + ":"
                        + passwordFile
                        + "}\";",
                "--kafka.ssl.truststore.location=" + server.trustStore(),
                "--kafka.ssl.truststore.password=${file:"
                        + secrets.resolve("kafka.properties")
                        + ":store}");
    }

    /** The file that the README shows, for this broker and these secrets. */
    Path readmesExample() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String start = "<!-- file: kafka.yaml -->\n```yaml\n";
        int from = readme.indexOf(start) + start.length();
        String example = readme.substring(from, readme.indexOf("```", from));
        Files.copy(server.certificatePem(), secrets.resolve("kafka-ca.pem"));
        Files.copy(secrets.resolve("password"), secrets.resolve("kafka-password"));
        return Files.writeString(
                secrets.resolve("kafka.yaml"),
                example.replace("kafka.example.com:9093", broker.bootstrapServers(login))
                        .replace("/run/secrets", secrets.toString()));
    }

    /**
     * Arguments for the port with logins, with the whole login in a file, and the server's
     * certificate as PEM.
     */
    List<String> plainLogin() {
        return List.of(
                "--kafka.bootstrap.servers=" + broker.bootstrapServers(login),
                "--kafka.security.protocol=SASL_SSL",
                "--kafka.sasl.mechanism=PLAIN",
                "--kafka.sasl.jaas.config=${file:" + secrets.resolve("kafka.properties") + ":jaas}",
                "--kafka.ssl.truststore.type=PEM",
                "--kafka.ssl.truststore.location=" + server.certificatePem());
    }

    /** Arguments for the port with certificates, from key stores. */
    List<String> certificate() {
        String password = "${directory:" + secrets + ":store-password}";
        return List.of(
                "--kafka.bootstrap.servers=" + broker.bootstrapServers(certificate),
                "--kafka.security.protocol=SSL",
                "--kafka.ssl.keystore.location=" + client.keyStore(),
                "--kafka.ssl.keystore.password=" + password,
                "--kafka.ssl.truststore.location=" + server.trustStore(),
                "--kafka.ssl.truststore.password=" + password);
    }

    /** The same in PEM: the key in a file, the server's certificate in the configuration. */
    List<String> certificateInPem() throws IOException {
        return List.of(
                "--kafka.bootstrap.servers=" + broker.bootstrapServers(certificate),
                "--kafka.security.protocol=SSL",
                "--kafka.ssl.keystore.type=PEM",
                "--kafka.ssl.keystore.location=" + client.keyPem(),
                "--kafka.ssl.truststore.type=PEM",
                "--kafka.ssl.truststore.certificates=" + Files.readString(server.certificatePem()));
    }

    /** A store that does not have the server's certificate. */
    Path wrongTrustStore() {
        return client.trustStore();
    }

    private void writeSecrets() throws IOException {
        Files.writeString(secrets.resolve("password"), PASSWORD);
        Files.writeString(secrets.resolve("wrong"), PASSWORD + "-not");
        Files.writeString(secrets.resolve("store-password"), STORE_PASSWORD);
        Files.writeString(
                secrets.resolve("kafka.properties"),
                """
                store=%s
                jaas=%s required username="job" password="%s";
                """
                        .formatted(STORE_PASSWORD, loginModule("PLAIN"), PASSWORD));
    }

    private static Map<String, String> withLogins(Map<String, String> tls) {
        Map<String, String> properties = new HashMap<>(tls);
        properties.put("sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-512");
        properties.put(
                "plain.sasl.jaas.config",
                loginModule("PLAIN") + " required user_job=\"" + PASSWORD + "\";");
        properties.put(
                "scram-sha-512.sasl.jaas.config", loginModule("SCRAM-SHA-512") + " required;");
        return properties;
    }

    private static Map<String, String> withClientAuth(Map<String, String> tls) {
        Map<String, String> properties = new HashMap<>(tls);
        properties.put("ssl.client.auth", "required");
        return properties;
    }

    private static String loginModule(String mechanism) {
        return "org.apache.kafka.common.security."
                + (mechanism.equals("PLAIN") ? "plain.PlainLoginModule" : "scram.ScramLoginModule");
    }

    @Override
    public void close() {
        broker.close();
    }
}
