package dev.iresnet.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Reads {@code --key value} and {@code --key=value}. */
final class ArgumentSource {
    private static final String DASHES = "--";

    private ArgumentSource() {}

    static List<Setting> read(List<String> arguments, Mistakes mistakes) {
        List<Setting> settings = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            if (!argument.startsWith(DASHES)) {
                mistakes.add("'" + argument + "' is no option; write --key value");
                continue;
            }
            Setting setting = read(argument, rest, mistakes);
            if (!keys.add(setting.key())) {
                mistakes.add(setting.origin() + " is given more than once");
            }
            settings.add(setting);
        }
        return settings;
    }

    private static Setting read(String argument, Iterator<String> rest, Mistakes mistakes) {
        int equals = argument.indexOf('=');
        String name = equals < 0 ? argument : argument.substring(0, equals);
        String origin = "argument " + name;
        String key = name.substring(DASHES.length());
        if (equals >= 0) {
            return new Setting(key, argument.substring(equals + 1), origin);
        }
        if (!rest.hasNext()) {
            mistakes.add(origin + " has no value");
            return new Setting(key, "", origin);
        }
        return new Setting(key, rest.next(), origin);
    }
}
