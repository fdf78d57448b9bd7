package dev.iresnet.local;

import dev.iresnet.local.wall.PortRange;
import java.util.Optional;

/**
 * Ports on this machine.
 *
 * @param rest for Flink's REST interface and web UI: one, or a range of which the first free one is
 *     taken
 * @param wall for the camera wall; empty for none
 */
record Ports(String rest, Optional<PortRange> wall) {}
