package dev.iresnet.local.options;

import dev.iresnet.local.topic.Topics;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the user asked for.
 *
 * @param bootstrapServers the user's own broker; empty for an embedded one and a feed
 * @param topics made here on the embedded broker, and there already on the user's
 * @param ports where this run can be looked at
 * @param keepRunning go on serving after the feed has ended
 * @param exit end after the summary, also on a terminal
 * @param json where to write the summary
 */
public record LocalOptions(
        Optional<String> bootstrapServers,
        Topics topics,
        FeedOptions feed,
        JobChoices job,
        Ports ports,
        boolean keepRunning,
        boolean exit,
        Optional<Path> json) {

    /** Whether this run makes frames, and knows what must come of them. */
    public boolean feeds() {
        return bootstrapServers.isEmpty() && feed.count() > 0;
    }

    /** Whether the page stays to be looked at when all frames are accounted for. */
    public boolean keepsWall(boolean terminal) {
        return terminal && !exit && !serves() && ports.wall().isPresent();
    }

    /** Whether only Ctrl-C ends this run. */
    public boolean serves() {
        return keepRunning || !feeds();
    }
}
