package dev.iresnet.local;

import dev.iresnet.config.InputConfig;
import dev.iresnet.config.JobConfig;
import dev.iresnet.event.FrameReader;
import dev.iresnet.event.ImageEventFrameReader;
import dev.iresnet.event.PictureFrameReader;
import dev.iresnet.local.process.LocalException;
import dev.iresnet.local.topic.Topics;
import dev.iresnet.local.wall.CameraWall;
import dev.iresnet.local.wall.PortRange;
import dev.iresnet.schemas.SingleObjectFormat;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.KafkaException;

/** Opens the camera wall of a run. */
final class LocalWall {

    /** At least, even where answers become visible more often. */
    private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(5);

    /** Answers become visible once a checkpoint: silence is when some have brought none. */
    private static final int CHECKPOINTS = 3;

    private LocalWall() {}

    /**
     * @param config of the job
     * @param kafka how to reach the broker
     * @throws LocalException if it cannot listen or read
     */
    static CameraWall open(
            PortRange ports, JobConfig config, Topics topics, Map<String, Object> kafka) {
        CameraWall.Plan plan =
                new CameraWall.Plan(
                        kafka,
                        topics,
                        reader(config.input()),
                        silence(config.checkpoints().interval()));
        try {
            return CameraWall.open(plan, ports);
        } catch (BindException e) {
            throw new LocalException(
                    "The camera wall cannot listen on port %s: it is in use. Choose another with --wall-port, or do without: --no-wall."
                            .formatted(ports),
                    e);
        } catch (IOException | KafkaException e) {
            throw new LocalException(
                    "The camera wall cannot be opened: %s; --no-wall does without it"
                            .formatted(LocalException.reason(e)),
                    e);
        }
    }

    /** Events in a registry's framing are not read here: the wall shows their labels only. */
    private static FrameReader reader(InputConfig input) {
        return switch (input.format()) {
            case IMAGE -> new PictureFrameReader(input.keyFormat());
            case IMAGE_EVENT ->
                    new ImageEventFrameReader(
                            SingleObjectFormat.ofImageEvents(
                                            input.writerSchemas().stream()
                                                    .map(
                                                            schema ->
                                                                    new Schema.Parser()
                                                                            .parse(schema))
                                                    .toList())
                                    ::decode);
        };
    }

    private static Duration silence(Duration checkpointInterval) {
        Duration some = checkpointInterval.multipliedBy(CHECKPOINTS);
        return some.compareTo(SHORTEST_SILENCE) > 0 ? some : SHORTEST_SILENCE;
    }
}
