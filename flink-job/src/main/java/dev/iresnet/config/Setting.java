package dev.iresnet.config;

/**
 * A value that somebody gave.
 *
 * @param key of the option
 * @param value as it was written
 * @param origin who said so, for error messages: {@code argument --batch.max-size}
 */
record Setting(String key, String value, String origin) {

    /** The value, or stars if it is a secret. */
    String shown() {
        return Secrets.masked(key, value);
    }
}
