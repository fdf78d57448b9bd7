package dev.iresnet.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table of options for people: as Markdown for the documentation, as text for a terminal. */
public final class OptionsDocument {
    private static final int TEXT_WIDTH = 76;

    private static final String PASS_THROUGH =
            """
            Any property of Kafka's clients passes through: `kafka.<property>` for all clients,
            `source.kafka.<property>` for the source alone, `sink.kafka.<property>` for both sinks.
            In the environment `IRESNET_KAFKA_SECURITY_PROTOCOL` is `kafka.security.protocol`.
            Passwords and keys are given by reference, as `${env:NAME}`,
            `${directory:/run/secrets:FILE}` or `${file:/run/secrets/FILE:KEY}`, and never printed.
            """;

    private OptionsDocument() {}

    public static String markdown() {
        StringBuilder text = new StringBuilder();
        text.append(
                        "# Options\n\n"
                                + "<!-- Made by OptionsDocumentTest; edit the options in config."
                                + " -->\n\n")
                .append("Arguments (`--batch.max-size 16`) come before the environment")
                .append(" (`IRESNET_BATCH_MAX_SIZE=16`),\nthat before the YAML file that")
                .append(" `--config FILE` names, and that before the defaults.\n");
        groups().forEach(
                        (group, options) -> {
                            text.append("\n## ").append(group).append("\n\n");
                            text.append("| key | default | values | |\n|---|---|---|---|\n");
                            options.forEach(option -> text.append(row(option)));
                        });
        return text.append("\n## Kafka's own\n\n").append(PASS_THROUGH).toString();
    }

    /** One table of keys, for a page that has more to say than this. */
    public static String summary() {
        StringBuilder text = new StringBuilder("| key | default | values |\n|---|---|---|\n");
        for (Option<?> option : JobOptions.ALL) {
            text.append(
                    "| `%s` | %s | %s |\n"
                            .formatted(option.key(), code(option.initial()), option.allowed()));
        }
        return text.toString();
    }

    public static String help() {
        StringBuilder text = new StringBuilder();
        text.append("Labels camera frames from Kafka with an iResNet.\n\n")
                .append("  flink run flink-job.jar --kafka.bootstrap.servers HOST:PORT")
                .append(" --input.topics TOPIC \\\n")
                .append("      --output.topic TOPIC --model.path DIR [--config FILE.yaml]")
                .append(" [--KEY VALUE ...]\n");
        for (Option<?> option : JobOptions.ALL) {
            text.append("\n  --").append(option.key());
            text.append("  (").append(option.allowed());
            String initial = option.initial();
            text.append(initial.isEmpty() ? ")\n" : "; default " + initial + ")\n");
            wrapped(option.description(), text);
        }
        return text.append('\n').append(PASS_THROUGH.replace("`", "")).toString();
    }

    private static Map<String, List<Option<?>>> groups() {
        Map<String, List<Option<?>>> groups = new LinkedHashMap<>();
        for (Option<?> option : JobOptions.ALL) {
            groups.computeIfAbsent(option.group(), group -> new ArrayList<>()).add(option);
        }
        return groups;
    }

    private static String row(Option<?> option) {
        return "| `%s` | %s | %s | %s |\n"
                .formatted(
                        option.key(),
                        code(option.initial()),
                        option.allowed(),
                        option.description());
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }

    private static void wrapped(String description, StringBuilder text) {
        int column = 0;
        for (String word : description.replace("`", "").split(" ", -1)) {
            if (column == 0 || column + word.length() > TEXT_WIDTH) {
                text.append(column == 0 ? "      " : "\n      ");
                column = 6;
            }
            text.append(word).append(' ');
            column += word.length() + 1;
        }
        text.append('\n');
    }
}
