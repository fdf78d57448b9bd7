package dev.iresnet.chaos.flood;

import dev.iresnet.chaos.cluster.Waiting;
import dev.iresnet.chaos.load.Cameras;
import dev.iresnet.chaos.stage.Stage;
import dev.iresnet.proving.feed.FeedPlan;
import dev.iresnet.proving.feed.FeedReport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Feeds for a while, and waits until everything is answered. */
final class Stretches {
    private static final Duration TO_ANSWER = Duration.ofMinutes(3);

    /** Until Flink's metrics and the results' own consumer have caught up. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private static final List<String> REASONS = List.of("AGE", "SHARE");

    private final Stage stage;
    private final Tallies tallies;
    private final Duration length;

    Stretches(Stage stage, Tallies tallies, Duration length) {
        this.stage = stage;
        this.tallies = tallies;
        this.length = length;
    }

    /**
     * The others by themselves.
     *
     * @param name other than that of any stretch before, without a hyphen
     * @param rate frames a second of each
     */
    Stretch alone(String name, double rate) throws IOException {
        return run(name + "alone", rate, Optional.empty());
    }

    /** The same, with one more camera that sends a hundred times as much. */
    Stretch flooded(String name, double rate) throws IOException {
        return run(name + "beside", rate, Optional.of(name + "flood"));
    }

    private Stretch run(String name, double rate, Optional<String> floodName) throws IOException {
        Map<String, Long> before = shed();
        Instant began = Instant.now();
        Instant from = began.plus(FloodOptions.LEAD);
        Tally others = tallies.begin(name, from);
        Optional<Tally> flood = floodName.map(one -> tallies.begin(one, from));
        Optional<Cameras.Running> flooding =
                floodName.map(one -> start(one, 1, FloodOptions.TIMES * rate));
        Cameras.Running feed = start(name, FloodOptions.OTHERS, FloodOptions.OTHERS * rate);
        Waiting.pause(length);
        FeedReport report = feed.stop();
        flooding.ifPresent(Cameras.Running::stop);
        Waiting.until("the answers to " + name, TO_ANSWER, () -> stage.uncommitted() <= 0);
        shed();
        Waiting.pause(SETTLED);
        Map<String, Long> shed = shed();
        before.forEach((reason, count) -> shed.merge(reason, -count, Long::sum));
        return new Stretch(began, others.figures(), flood.map(Tally::figures), shed, report);
    }

    private Cameras.Running start(String name, int cameras, double framesPerSecond) {
        return stage.cameras()
                .start(
                        name,
                        new FeedPlan(
                                cameras, framesPerSecond, FeedPlan.UNLIMITED, name.hashCode()));
    }

    /** Flink answers with what it last fetched, and fetches anew: the next answer has that. */
    private Map<String, Long> shed() throws IOException {
        Map<String, Long> shed = new HashMap<>();
        for (String reason : REASONS) {
            String metric = "reason.%s.shed".formatted(reason);
            shed.put(reason, stage.scene().job().sum(metric).orElse(0));
        }
        return shed;
    }
}
