package dev.iresnet.config;

import java.util.List;

/** The job cannot be submitted as it is configured. The message has a line for each mistake. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> mistakes;

    public ConfigException(List<String> mistakes) {
        super(
                (mistakes.size() == 1 ? "1 mistake" : mistakes.size() + " mistakes")
                        + " in the configuration:\n  - "
                        + String.join("\n  - ", mistakes),
                null,
                false,
                // who reads it wants the sentences, not where in this job they were found
                false);
        this.mistakes = List.copyOf(mistakes);
    }

    public List<String> mistakes() {
        return mistakes;
    }
}
