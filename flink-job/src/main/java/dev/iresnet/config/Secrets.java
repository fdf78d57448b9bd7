package dev.iresnet.config;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;

/** Which values are never printed, and which are accepted by reference only. */
final class Secrets {
    private static final String MASK = "******";

    /** Kafka's secrets that Flink's own list does not cover. */
    private static final List<String> KAFKA =
            List.of(
                    "ssl.keystore.key",
                    "ssl.keystore.certificate.chain",
                    "sasl.oauthbearer",
                    "passphrase");

    /** Of Kafka's type for passwords, but public: everybody who connects sees them. */
    private static final Set<String> PUBLIC =
            Set.of(
                    SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG,
                    SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG);

    /** An option of a login module: {@code password="…"}. */
    private static final Pattern JAAS_OPTION =
            Pattern.compile("([\\w.-]+)\\s*=\\s*[\"']?((?:\\$\\{[^}]*}|[^\"';\\s])*)");

    private static final Set<String> SWITCH = Set.of("true", "false");

    private Secrets() {}

    static String masked(String key, String value) {
        return isSecret(key) ? MASK : value;
    }

    static boolean isSecret(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return GlobalConfiguration.isSensitive(lower) || KAFKA.stream().anyMatch(lower::contains);
    }

    /** Whether a property of Kafka's clients has a secret in it in clear text. */
    static boolean isClear(String property, String value) {
        if (SecretReferences.isReference(value)) {
            return false;
        }
        return property.endsWith(SaslConfigs.SASL_JAAS_CONFIG)
                ? isClearLogin(value)
                : isPassword(property);
    }

    /** The error for a secret in clear text. */
    static String refusal(String key) {
        return "%s has a secret in it, which would be stored with the job: write a reference in its place, as %s"
                .formatted(key, SecretReferences.FORMS);
    }

    private static boolean isPassword(String property) {
        return !PUBLIC.contains(property)
                && (isPassword(property, ConsumerConfig.configDef())
                        || isPassword(property, ProducerConfig.configDef()));
    }

    private static boolean isPassword(String property, ConfigDef clients) {
        ConfigDef.ConfigKey key = clients.configKeys().get(property);
        return key != null && key.type == ConfigDef.Type.PASSWORD;
    }

    private static boolean isClearLogin(String jaas) {
        return JAAS_OPTION
                .matcher(jaas)
                .results()
                .filter(option -> GlobalConfiguration.isSensitive(option.group(1)))
                // tokenauth of SCRAM and the like
                .filter(option -> !SWITCH.contains(option.group(2)))
                .anyMatch(option -> !SecretReferences.isReference(option.group(2)));
    }
}
