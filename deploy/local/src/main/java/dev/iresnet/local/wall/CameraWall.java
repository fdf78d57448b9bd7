package dev.iresnet.local.wall;

import dev.iresnet.event.FrameReader;
import dev.iresnet.local.topic.Topics;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.KafkaException;

/** The camera wall of a run: it follows the topics and serves the page until it is closed. */
public final class CameraWall implements AutoCloseable {

    private final Board board;
    private final KafkaFrames frames;
    private final Follower follower;
    private final WallServer server;

    private CameraWall(Board board, KafkaFrames frames, Follower follower, WallServer server) {
        this.board = board;
        this.frames = frames;
        this.follower = follower;
        this.server = server;
    }

    /**
     * What a wall is of.
     *
     * @param kafka how to reach the broker
     * @param topics which it has
     * @param reader of the input topic's records
     * @param silence after which a camera without answers counts as silent
     */
    public record Plan(
            Map<String, Object> kafka, Topics topics, FrameReader reader, Duration silence) {

        public Plan {
            kafka = Map.copyOf(kafka);
        }
    }

    /**
     * Shows what is answered from now on.
     *
     * @throws BindException if no port of {@code ports} is free
     * @throws IOException if this machine cannot serve
     * @throws KafkaException if the topics cannot be read
     */
    public static CameraWall open(Plan plan, PortRange ports) throws IOException {
        Board board = new Board();
        KafkaFrames frames = new KafkaFrames(plan.kafka(), plan.topics().input(), plan.reader());
        WallServer server = null;
        try {
            server = WallServer.start(ports, board, frames, plan.silence(), Clock.systemUTC());
            Follower follower =
                    Follower.start(plan.kafka(), plan.topics(), board, Clock.systemUTC());
            return new CameraWall(board, frames, follower, server);
        } catch (IOException | KafkaException e) {
            if (server != null) {
                server.close();
            }
            frames.close();
            throw e;
        }
    }

    /** Where the page is. */
    public URI url() {
        return server.url();
    }

    /** The job is ready: from now on the page waits for frames, no longer for the job. */
    public void running() {
        board.enter(Board.Phase.RUNNING);
    }

    /** Tells the pages that it is over, and leaves them standing. */
    @Override
    public void close() {
        follower.close();
        board.enter(Board.Phase.ENDED);
        server.close();
        frames.close();
    }
}
