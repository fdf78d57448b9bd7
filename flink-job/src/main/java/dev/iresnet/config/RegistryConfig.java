package dev.iresnet.config;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
 * @param giveUpAfter how long a schema is asked for; zero for ever
 */
public record RegistryConfig(
        List<URI> addresses,
        String userInfo,
        Map<String, String> tls,
        boolean register,
        Duration giveUpAfter)
        implements Serializable {
    /** Keys that begin so are Kafka's {@code ssl.*}. */
    static final String TLS_PREFIX = "schema-registry.ssl.";

    static final OptionGroup OPTIONS = new OptionGroup();

    static final Option<String> URL =
            OPTIONS.text(
                    "schema-registry.url",
                    "",
                    """
                    A schema registry that speaks Confluent's REST protocol. With several addresses,
                    separated by commas, the next one is asked when one does not answer. Events may
                    then have Confluent's framing or the single-object one. `schema-registry.ssl.*`
                    are Kafka's `ssl.*`.
                    """);

    private static final Option<String> USER_INFO =
            OPTIONS.text(
                    "schema-registry.basic-auth.user-info",
                    "",
                    """
                    `user:password` for the registry. Give the password, or all of it, by reference:
                    `job:${env:REGISTRY_PASSWORD}`.
                    """);

    private static final Option<Boolean> REGISTER =
            OPTIONS.flag(
                    "schema-registry.register",
                    "true",
                    """
                    Whether the job registers the schema of results at the start, under the subject
                    `<output.topic>-value`. If not, the schema must be registered already.
                    """);

    private static final Option<Duration> GIVE_UP_AFTER =
            OPTIONS.duration(
                    "schema-registry.patience",
                    "0 s..30 d",
                    "1 min",
                    """
                    How long the job asks for an unknown schema while the registry does not answer.
                    Then the frames that need it become dead letters of code SCHEMA_UNREACHABLE.
                    Must be less than the checkpoint timeout, because a checkpoint waits for frames
                    in flight. 0 never gives up: frames stay, and the input waits behind them.
                    """);

    /** None. */
    public static final RegistryConfig NONE =
            new RegistryConfig(List.of(), "", Map.of(), true, Duration.ZERO);

    public RegistryConfig {
        addresses = List.copyOf(addresses);
        tls = Map.copyOf(tls);
    }

    static RegistryConfig from(Settings settings) {
        return new RegistryConfig(
                addresses(settings),
                userInfo(settings),
                tls(settings),
                settings.get(REGISTER),
                settings.get(GIVE_UP_AFTER));
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
    public void checkReferences(ValidationErrors errors) {
        SecretReferences.check(USER_INFO.key(), userInfo, errors);
        tls.forEach((property, value) -> SecretReferences.check(tlsKey(property), value, errors));
    }

    @Override
    public String toString() {
        return "RegistryConfig[addresses=%s, register=%s]".formatted(addresses, register);
    }

    private static List<URI> addresses(Settings settings) {
        List<URI> addresses = new ArrayList<>();
        settings.find(URL)
                .ifPresent(
                        given -> {
                            for (String address : given.split(",", -1)) {
                                addresses.add(address(address.strip(), settings.errors()));
                            }
                        });
        return addresses;
    }

    private static URI address(String address, ValidationErrors errors) {
        URI uri;
        try {
            uri = URI.create(address);
        } catch (IllegalArgumentException e) {
            // the message would quote all of it, a password too
            uri = URI.create("");
        }
        if (uri.getRawUserInfo() != null || address.contains("@")) {
            errors.add(
                    "schema-registry.url has a login in it: give it as"
                            + " schema-registry.basic-auth.user-info, by reference");
        } else if (uri.getHost() == null
                || !List.of("http", "https").contains(String.valueOf(uri.getScheme()))
                || uri.getQuery() != null) {
            errors.add(
                    "schema-registry.url must be http:// or https:// with a host, got '%s'"
                            .formatted(address));
        }
        return uri;
    }

    private static String userInfo(Settings settings) {
        String given = settings.get(USER_INFO);
        String password = given.substring(given.indexOf(':') + 1);
        if (!given.isEmpty()
                && !SecretReferences.isReference(given)
                && !SecretReferences.isReference(password)) {
            settings.errors().add(Secrets.refusal(USER_INFO.key()));
        }
        return given;
    }

    private static Map<String, String> tls(Settings settings) {
        Map<String, String> properties = new LinkedHashMap<>();
        settings.startingWith(TLS_PREFIX)
                .forEach(
                        (rest, value) -> {
                            String property = "ssl." + rest;
                            if (Secrets.isClear(property, value)) {
                                settings.errors().add(Secrets.refusal(tlsKey(property)));
                            }
                            properties.put(property, value);
                        });
        return properties;
    }

    private static String tlsKey(String property) {
        return "schema-registry." + property;
    }
}
