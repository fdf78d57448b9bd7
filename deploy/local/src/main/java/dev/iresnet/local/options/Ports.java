package dev.iresnet.local.options;

import dev.iresnet.local.wall.PortRange;
import java.util.Optional;

/**
 * Where this run can be looked at.
 *
 * @param bind address that Flink's REST interface listens on; all else listens on 127.0.0.1 alone
 * @param rest for Flink's REST interface and web UI: one, or a range of which the first free one is
 *     taken
 * @param wall for the camera wall; empty for none
 */
public record Ports(String bind, String rest, Optional<PortRange> wall) {

    /** For this machine only. */
    public static final String LOOPBACK = "127.0.0.1";
}
