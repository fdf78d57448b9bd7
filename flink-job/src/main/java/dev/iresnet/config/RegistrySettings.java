package dev.iresnet.config;

import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The options of the schema registry, checked and read. */
final class RegistrySettings {
    static final String PREFIX = "schema-registry.";
    static final String USER_INFO = "schema-registry.basic-auth.user-info";

    /** What begins so is Kafka's, with {@link #PREFIX} before it. */
    static final String TLS_PREFIX = "schema-registry.ssl.";

    private RegistrySettings() {}

    static RegistryConfig of(Settings settings) {
        return new RegistryConfig(
                addresses(settings).stream().map(URI::create).toList(),
                settings.has(JobOptions.REGISTRY_USER_INFO)
                        ? settings.get(JobOptions.REGISTRY_USER_INFO)
                        : "",
                tls(settings),
                settings.get(JobOptions.REGISTRY_REGISTER),
                settings.get(JobOptions.REGISTRY_PATIENCE));
    }

    /** What the option says, or else what fits the registry. */
    static OutputFraming framing(Settings settings) {
        if (settings.has(JobOptions.OUTPUT_FRAMING)) {
            return settings.get(JobOptions.OUTPUT_FRAMING);
        }
        return settings.has(JobOptions.REGISTRY_URL)
                ? OutputFraming.CONFLUENT
                : OutputFraming.SINGLE_OBJECT;
    }

    static void check(Settings settings, Mistakes mistakes) {
        addresses(settings).forEach(address -> checkAddress(address, mistakes));
        checkUserInfo(settings, mistakes);
        tls(settings)
                .forEach(
                        (property, value) -> {
                            if (Secrets.isClear(property, value)) {
                                mistakes.add(Secrets.refusal(PREFIX + property));
                            }
                        });
        if (!settings.has(JobOptions.REGISTRY_URL)
                && settings.is(JobOptions.OUTPUT_FRAMING, OutputFraming.CONFLUENT.toString())) {
            mistakes.add(
                    "output.framing is confluent, which takes the id of a schema registry: set"
                            + " schema-registry.url");
        }
    }

    private static void checkAddress(String address, Mistakes mistakes) {
        URI uri;
        try {
            uri = URI.create(address);
        } catch (IllegalArgumentException e) {
            // the message would quote all of it
            uri = URI.create("");
        }
        if (uri.getRawUserInfo() != null || address.contains("@")) {
            mistakes.add(
                    "schema-registry.url has a login in it: give it as "
                            + USER_INFO
                            + ", by reference");
        } else if (uri.getHost() == null
                || !List.of("http", "https").contains(String.valueOf(uri.getScheme()))
                || uri.getQuery() != null) {
            mistakes.add(
                    "schema-registry.url must be http:// or https:// with a host, got '%s'"
                            .formatted(address));
        }
    }

    private static void checkUserInfo(Settings settings, Mistakes mistakes) {
        if (!settings.has(JobOptions.REGISTRY_USER_INFO)) {
            return;
        }
        String given = settings.get(JobOptions.REGISTRY_USER_INFO);
        String password = given.substring(given.indexOf(':') + 1);
        if (!SecretReferences.isReference(given) && !SecretReferences.isReference(password)) {
            mistakes.add(Secrets.refusal(USER_INFO));
        }
    }

    private static List<String> addresses(Settings settings) {
        if (!settings.has(JobOptions.REGISTRY_URL)) {
            return List.of();
        }
        return Arrays.stream(settings.get(JobOptions.REGISTRY_URL).split(",", -1))
                .map(String::strip)
                .toList();
    }

    private static Map<String, String> tls(Settings settings) {
        Map<String, String> properties = new LinkedHashMap<>();
        settings.startingWith(TLS_PREFIX)
                .forEach((property, value) -> properties.put("ssl." + property, value));
        return properties;
    }
}
