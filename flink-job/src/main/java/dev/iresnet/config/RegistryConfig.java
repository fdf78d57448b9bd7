package dev.iresnet.config;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A schema registry, or none. Secrets are in here by reference only.
 *
 * @param addresses of one registry; empty for none
 * @param userInfo {@code user:password}, or a reference to it; empty for none
 * @param tls properties as Kafka's clients have them, such as {@code ssl.truststore.location}
 * @param register whether the results' schema may be registered
 * @param patience with a registry that does not answer; zero for ever
 */
public record RegistryConfig(
        List<URI> addresses,
        String userInfo,
        Map<String, String> tls,
        boolean register,
        Duration patience)
        implements Serializable {

    /** None. */
    public static final RegistryConfig NONE =
            new RegistryConfig(List.of(), "", Map.of(), true, Duration.ZERO);

    public RegistryConfig {
        addresses = List.copyOf(addresses);
        tls = Map.copyOf(tls);
    }

    public boolean isThere() {
        return !addresses.isEmpty();
    }

    /** For what Kafka's clients make of such properties; it looks references up. */
    public Properties tlsProperties() {
        Properties properties = new Properties();
        tls.forEach(properties::setProperty);
        SecretReferences.addProviders(properties);
        return properties;
    }

    /** Looks up on this machine what the settings refer to. */
    public void checkReferences(Mistakes mistakes) {
        SecretReferences.check(RegistrySettings.USER_INFO, userInfo, mistakes);
        tls.forEach((k, v) -> SecretReferences.check(RegistrySettings.PREFIX + k, v, mistakes));
    }

    @Override
    public String toString() {
        return "RegistryConfig[addresses=%s, register=%s]".formatted(addresses, register);
    }
}
