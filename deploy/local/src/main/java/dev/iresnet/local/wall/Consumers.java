package dev.iresnet.local.wall;

import java.util.HashMap;
import java.util.Map;

/** How the wall's consumers are set up: without a group, and small. */
final class Consumers {

    private Consumers() {}

    /**
     * @param kafka how to reach the broker
     * @param own what this consumer needs, before anything else
     */
    static Map<String, Object> properties(Map<String, Object> kafka, Map<String, Object> own) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put("enable.auto.commit", false);
        properties.put("auto.offset.reset", "latest");
        properties.putAll(own);
        return properties;
    }
}
