package dev.iresnet.proving.broker;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where an embedded broker lives.
 *
 * @param port on 127.0.0.1; 0 takes a free one
 * @param directory of its data, kept when it closes; null makes a temporary one that goes with it
 * @param overrides broker properties that replace this package's
 * @param guarded more listeners, each on a free port, besides the open one
 */
public record BrokerOptions(
        int port,
        @Nullable Path directory,
        Map<String, String> overrides,
        List<GuardedListener> guarded) {

    /** A free port, a temporary directory, the package's properties. */
    public static final BrokerOptions DEFAULTS = new BrokerOptions(0, null, Map.of(), List.of());

    public BrokerOptions {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("broker port must be 0..65535, got " + port);
        }
        overrides = Map.copyOf(overrides);
        guarded = List.copyOf(guarded);
    }

    /** The same on another port. */
    public BrokerOptions withPort(int other) {
        return new BrokerOptions(other, directory, overrides, guarded);
    }

    /** The same over another directory. */
    public BrokerOptions withDirectory(Path other) {
        return new BrokerOptions(port, other, overrides, guarded);
    }

    /** The same with listeners that let in only some. */
    public BrokerOptions withGuarded(List<GuardedListener> listeners) {
        return new BrokerOptions(port, directory, overrides, listeners);
    }
}
