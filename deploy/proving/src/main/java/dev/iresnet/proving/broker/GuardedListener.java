package dev.iresnet.proving.broker;

import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/**
 * A port of the broker that lets in only who can show something for it.
 *
 * @param name lower case; tells listeners apart
 * @param protocol what it demands
 * @param properties of the broker for this listener alone, such as {@code ssl.keystore.location}
 */
public record GuardedListener(
        String name, SecurityProtocol protocol, Map<String, String> properties) {
    public GuardedListener {
        properties = Map.copyOf(properties);
    }

    /** Under the names that Kafka has for a listener's own properties. */
    void addTo(Properties broker) {
        properties.forEach(
                (key, value) -> broker.setProperty("listener.name." + name + "." + key, value));
    }
}
