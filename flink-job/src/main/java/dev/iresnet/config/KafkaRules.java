package dev.iresnet.config;

import java.util.Map;

/** What may not be passed to Kafka's clients. */
final class KafkaRules {
    /** Properties that this job sets itself, and the option that each follows. */
    private static final Map<String, String> OWNED =
            Map.ofEntries(
                    Map.entry("group.id", "set input.group-id"),
                    Map.entry("auto.offset.reset", "set input.starting-offsets"),
                    Map.entry("transaction.timeout.ms", "set delivery.transaction-timeout"),
                    Map.entry("transactional.id", "set input.group-id"),
                    Map.entry(
                            "compression.type",
                            "set output.compression or dead-letter.compression"),
                    Map.entry("key.serializer", "the job sends bytes"),
                    Map.entry("value.serializer", "the job sends bytes"),
                    Map.entry("key.deserializer", "the job reads bytes"),
                    Map.entry("value.deserializer", "the job reads bytes"),
                    Map.entry("acks", "a result counts when all replicas have it"),
                    Map.entry("enable.idempotence", "retries must not repeat a result"),
                    Map.entry("max.request.size", "it follows the topics' max.message.bytes"));

    private KafkaRules() {}

    static void check(Settings settings, Mistakes mistakes) {
        for (String prefix : KafkaPrefix.ALL) {
            settings.startingWith(prefix)
                    .forEach((property, value) -> check(prefix, property, value, mistakes));
        }
    }

    private static void check(String prefix, String property, String value, Mistakes mistakes) {
        if (OWNED.containsKey(property)) {
            mistakes.add(
                    "%s%s cannot be passed to Kafka: %s"
                            .formatted(prefix, property, OWNED.get(property)));
        }
        if (Secrets.isClear(property, value)) {
            mistakes.add(Secrets.refusal(prefix + property));
        }
    }
}
