package dev.iresnet.config;

import java.util.Locale;
import java.util.function.Predicate;
import org.apache.flink.configuration.ConfigOption;

/**
 * A row of the table of options.
 *
 * @param option key, type, default and description
 * @param allowed what values it takes, for people: {@code 1..1024}
 * @param test the same for machines
 */
record Option<T>(ConfigOption<T> option, String allowed, Predicate<T> test) {

    String key() {
        return option.key();
    }

    /** The option's name in the environment: {@code IRESNET_BATCH_MAX_SIZE}. */
    String environmentName() {
        return EnvironmentSource.PREFIX
                + key().toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** The part of the key before its first dot. */
    String group() {
        return key().substring(0, key().indexOf('.'));
    }
}
