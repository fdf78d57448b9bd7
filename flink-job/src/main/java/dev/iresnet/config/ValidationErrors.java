package dev.iresnet.config;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong, so that all of it is reported at once. */
public final class ValidationErrors {
    private final List<String> found = new ArrayList<>();

    /**
     * Adds one.
     *
     * @param sentence names the thing, the value, the key and what to do
     */
    public void add(String sentence) {
        found.add(sentence);
    }

    /**
     * Ends the collection.
     *
     * @throws ConfigException if there is any error; it lists them all
     */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new ConfigException(found);
        }
    }
}
