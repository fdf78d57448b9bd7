package dev.iresnet.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigTransformer;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;

/**
 * Values that name a secret: {@code ${env:NAME}}, {@code ${directory:/run/secrets:FILE}} or {@code
 * ${file:/run/secrets/kafka.properties:KEY}}. Kafka's {@link ConfigProvider}s look them up, inside
 * its clients, on the machine that connects: so a secret is in no job graph, and nothing that shows
 * a configuration can show it.
 */
public final class SecretReferences {
    /** How to write one, for people. */
    static final String FORMS =
            "${env:NAME}, ${directory:/run/secrets:FILE} or ${file:/run/secrets/FILE:KEY}";

    private static final String PROVIDERS = "config.providers";
    private static final Pattern REFERENCE = ConfigTransformer.DEFAULT_PATTERN;

    private static final Map<String, Class<? extends ConfigProvider>> OURS =
            new TreeMap<>(
                    Map.of(
                            "directory", DirectoryConfigProvider.class,
                            "env", EnvVarConfigProvider.class,
                            "file", FileConfigProvider.class));

    private SecretReferences() {}

    /** Whether the value is one reference and nothing else. */
    static boolean isReference(String value) {
        return REFERENCE.matcher(value).matches();
    }

    /** Tells a Kafka client of our kinds of reference, besides those that the user tells it of. */
    static void addProviders(Properties client) {
        List<String> names = new ArrayList<>(OURS.keySet());
        String others = client.getProperty(PROVIDERS, "");
        if (!others.isBlank()) {
            names.add(others.strip());
        }
        client.setProperty(PROVIDERS, String.join(",", names));
        OURS.forEach(
                (name, type) ->
                        client.setProperty(PROVIDERS + "." + name + ".class", type.getName()));
    }

    /**
     * The value with every reference of ours replaced by what it names on this machine; one that
     * names nothing stays.
     *
     * @throws org.apache.kafka.common.config.ConfigException if a file cannot be read
     */
    public static String resolve(String value) {
        Map<String, ConfigProvider> providers =
                Map.of(
                        "directory", new DirectoryConfigProvider(),
                        "env", new EnvVarConfigProvider(),
                        "file", new FileConfigProvider());
        providers.values().forEach(provider -> provider.configure(Map.of()));
        return new ConfigTransformer(providers)
                .transform(Map.of("", value))
                .data()
                .getOrDefault("", value);
    }

    /**
     * Looks up the references of a value, without telling what they name.
     *
     * @param key where the value was given
     */
    static void check(String key, String value, ValidationErrors errors) {
        Matcher references = REFERENCE.matcher(value);
        while (references.find()) {
            if (OURS.containsKey(references.group(1))) {
                String reference = references.group();
                String fault = fault(reference, reference.equals(value));
                if (!fault.isEmpty()) {
                    errors.add("%s refers to %s, which %s".formatted(key, reference, fault));
                }
            }
        }
    }

    /**
     * @param alone whether the reference is the whole value, not a quoted part of one
     */
    private static String fault(String reference, boolean alone) {
        String secret;
        try {
            secret = resolve(reference);
        } catch (org.apache.kafka.common.config.ConfigException e) {
            return "cannot be looked up on this machine: " + e.getMessage();
        }
        if (secret.equals(reference)) {
            return "names nothing on this machine; it must be there, and wherever the job runs";
        }
        if (!alone && secret.matches("(?s).*[\"\\\\\r\n].*")) {
            return "holds a line break, a quotation mark or a backslash, which cannot stand inside"
                    + " of a value: write the file without a line break at its end, or put the"
                    + " whole value into the file";
        }
        return "";
    }
}
