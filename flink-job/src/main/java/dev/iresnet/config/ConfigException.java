package dev.iresnet.config;

import java.util.List;

/** The job cannot be submitted as it is configured. The message has a line for each error. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> errors;

    public ConfigException(List<String> errors) {
        super(
                (errors.size() == 1 ? "1 error" : errors.size() + " errors")
                        + " in the configuration:\n  - "
                        + String.join("\n  - ", errors),
                null,
                false,
                // the user needs the sentences, not where in this job they were found
                false);
        this.errors = List.copyOf(errors);
    }

    public List<String> errors() {
        return errors;
    }
}
