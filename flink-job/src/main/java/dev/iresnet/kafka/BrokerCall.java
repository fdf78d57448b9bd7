package dev.iresnet.kafka;

import dev.iresnet.config.ConfigException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;

/** Asks the brokers; an error says what to do if they do not answer. */
final class BrokerCall {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    /** A question to an Admin client. */
    interface Question<T> {
        T ask(Admin admin) throws ExecutionException, InterruptedException;
    }

    private final Properties properties;
    private final UnaryOperator<String> keys;

    /**
     * A client that asks.
     *
     * @param keys the option that a property of the client was given with, or would be
     */
    BrokerCall(Properties client, UnaryOperator<String> keys) {
        this.properties = new Properties();
        String timeout = Long.toString(TIMEOUT.toMillis());
        properties.setProperty(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout);
        properties.setProperty(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout);
        properties.putAll(client);
        this.keys = keys;
    }

    /**
     * Asks.
     *
     * @throws ConfigException if no broker answers, or one refuses to; it names the keys to check
     */
    <T> T ask(Question<T> question) {
        try (Admin admin = Admin.create(properties)) {
            return question.ask(admin);
        } catch (ExecutionException | KafkaException e) {
            throw unanswered(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unanswered(e);
        }
    }

    private ConfigException unanswered(Throwable cause) {
        String what;
        if (cause instanceof SaslAuthenticationException) {
            what =
                    "refused the login: %s. Check %s and %s"
                            .formatted(
                                    cause.getMessage(),
                                    key(SaslConfigs.SASL_JAAS_CONFIG),
                                    key(SaslConfigs.SASL_MECHANISM));
        } else if (cause instanceof SslAuthenticationException) {
            what =
                    "could not be reached over TLS: %s. Check %s, and that the name or address is in the certificate; if the brokers demand a certificate of their clients, %s"
                            .formatted(
                                    innermost(cause),
                                    key(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG),
                                    key(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG));
        } else {
            what =
                    "did not answer: %s (%s). Check address, network and %s; if this machine may not describe topics and brokers, set kafka-checks.enabled = false"
                            .formatted(
                                    innermost(cause),
                                    cause.getClass().getSimpleName(),
                                    key(AdminClientConfig.SECURITY_PROTOCOL_CONFIG));
        }
        return new ConfigException(
                List.of(
                        "Kafka at %s = %s %s"
                                .formatted(
                                        key(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG),
                                        properties.getProperty(
                                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG),
                                        what)));
    }

    private String key(String property) {
        return keys.apply(property);
    }

    /** Kafka's outer exceptions only say that something failed. */
    private static String innermost(Throwable failure) {
        Throwable inner = failure;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        return String.valueOf(inner.getMessage());
    }
}
