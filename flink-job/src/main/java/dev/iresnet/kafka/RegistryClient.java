package dev.iresnet.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.iresnet.config.RegistryConfig;
import dev.iresnet.config.SecretReferences;
import dev.iresnet.schemas.registry.SchemaRegistry;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Base64;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/** Connects to a schema registry, with stores and secrets as Kafka's clients take them. */
public final class RegistryClient {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private RegistryClient() {}

    /**
     * A client of the registry; connects to nothing yet.
     *
     * @throws org.apache.kafka.common.KafkaException if a store cannot be read
     */
    public static SchemaRegistry open(RegistryConfig config) {
        HttpClient.Builder http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT);
        if (!config.tls().isEmpty()) {
            tls(config, http);
        }
        return new SchemaRegistry(
                http.build(),
                config.addresses(),
                () -> authorization(config.userInfo()),
                SchemaRegistry.Pause.GROWING);
    }

    private static void tls(RegistryConfig config, HttpClient.Builder http) {
        ConfigDef known = new ConfigDef();
        SslConfigs.addClientSslSupport(known);
        AbstractConfig resolved = new AbstractConfig(known, config.tlsProperties(), false);
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            factory.configure(resolved.values());
            http.sslContext(factory.sslContext());
        }
    }

    /** Looked up for each request, so that a password can change. */
    private static String authorization(String userInfo) {
        return userInfo.isEmpty()
                ? ""
                : "Basic "
                        + Base64.getEncoder()
                                .encodeToString(SecretReferences.resolve(userInfo).getBytes(UTF_8));
    }
}
