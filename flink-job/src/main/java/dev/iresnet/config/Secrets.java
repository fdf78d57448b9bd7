package dev.iresnet.config;

import java.util.List;
import java.util.Locale;
import org.apache.flink.configuration.GlobalConfiguration;

/** Which values are never printed. */
final class Secrets {
    private static final String MASK = "******";

    /** Kafka's secrets that Flink's own list does not cover. */
    private static final List<String> KAFKA =
            List.of("ssl.keystore.key", "ssl.keystore.certificate.chain", "sasl.oauthbearer");

    private Secrets() {}

    static String masked(String key, String value) {
        return isSecret(key) ? MASK : value;
    }

    static boolean isSecret(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return GlobalConfiguration.isSensitive(lower) || KAFKA.stream().anyMatch(lower::contains);
    }
}
