package dev.iresnet.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.Condition;
import dev.iresnet.clip.ClipRules;
import dev.iresnet.clip.MissingFrames;
import dev.iresnet.proving.broker.EmbeddedBroker;
import dev.iresnet.schemas.avro.ImageEvent;
import dev.iresnet.schemas.avro.Label;
import dev.iresnet.schemas.avro.LabeledResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clips of 64 cameras: each once, whole and in order, whatever happens to the job. */
@Timeout(300)
class ClipsIT {
    private static final int CAMERAS = 64;
    private static final int BATCH = 8;
    private static final int STEP = 3;
    private static final ClipRules RULES =
            new ClipRules(
                    RevealingClipModel.LENGTH,
                    1,
                    Duration.ZERO,
                    STEP,
                    Duration.ofSeconds(2),
                    MissingFrames.SKIP);

    @TempDir Path savepoints;

    private final RevealingClipModel model = new RevealingClipModel();
    private final PixelEngineFactory factory =
            PixelEngineFactory.of(model, BATCH).ofSmallPictures();

    @Test
    void eachClipComesOnceWithItsFramesThroughFailuresAndRescales() throws Exception {
        ClipFeed feed = new ClipFeed(CAMERAS, 60);
        ClipVerifier verifier = feed.verifier(RULES);
        List<ImageEvent> events = feed.events();
        int quarter = events.size() / 4;
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Topics topics = Topics.create(broker, "clips");
                Cluster cluster = Cluster.start(3, stateBackend())) {
            JobID job = cluster.submit(arguments(topics), factory, 2, null);
            send(topics, events.subList(0, quarter));
            Condition.await("clips are labelled", () -> topics.allResults().size() > CAMERAS);
            cluster.checkpoint(job);

            model.hold();
            send(topics, events.subList(quarter, 2 * quarter));
            int before = topics.allResults().size();
            Condition.await(
                    "some more are labelled",
                    () -> {
                        model.letPass(BATCH);
                        return topics.allResults().size() > before;
                    });
            cluster.replaceTaskManager(model::open);
            Condition.await("the job has restarted", () -> cluster.restarts(job) >= 1);
            cluster.awaitRunning(job);

            String savepoint = cluster.stopWithSavepoint(job, savepoints);
            JobID second = cluster.submit(arguments(topics), factory, 3, savepoint);
            send(topics, events.subList(2 * quarter, 3 * quarter));
            cluster.awaitRunning(second);
            savepoint = cluster.stopWithSavepoint(second, savepoints);
            JobID third = cluster.submit(arguments(topics), factory, 1, savepoint);
            send(topics, events.subList(3 * quarter, events.size()));
            cluster.awaitRunning(third);
            Condition.await("all are labelled", () -> labelled(topics).size() >= verifier.clips());
            cluster.stopWithSavepoint(third, savepoints);

            List<LabeledResult> results = topics.committedResults();
            assertThat(verifier.differences(results)).isEmpty();
            assertThat(topics.deadLetterRecords()).hasSize(feed.bad());
            assertThat(topics.resultRecords().get(0).headers().lastHeader("traceparent"))
                    .isNotNull();
            assertTheVerifierFinds(verifier, results);
        }
    }

    /** Flink's own choice, or another that is on the class path. */
    private static Configuration stateBackend() {
        Configuration configuration = new Configuration();
        String backend = System.getProperty("iresnet.state-backend");
        if (backend != null) {
            configuration.set(StateBackendOptions.STATE_BACKEND, backend);
            configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        }
        return configuration;
    }

    private static List<String> arguments(Topics topics) {
        return topics.arguments("--clip.enabled=true", "--clip.step=" + STEP, "--clip.max-gap=2 s");
    }

    /** Those of aborted transactions too, each once. */
    private static Set<String> labelled(Topics topics) throws Exception {
        Set<String> ids = new HashSet<>();
        topics.allResults().forEach(result -> ids.add(result.getEventId()));
        return ids;
    }

    private static void send(Topics topics, List<ImageEvent> events) throws Exception {
        events.forEach(topics::send);
        topics.flush();
    }

    /** A check that finds nothing wrong says little until it has been seen to find something. */
    private static void assertTheVerifierFinds(ClipVerifier verifier, List<LabeledResult> right) {
        List<LabeledResult> lost = new ArrayList<>(right);
        lost.remove(17);
        assertThat(verifier.differences(lost)).as("a lost clip").hasSize(1);

        List<LabeledResult> doubled = new ArrayList<>(right);
        doubled.add(17, right.get(17));
        assertThat(verifier.differences(doubled)).as("a doubled clip").hasSize(1);

        List<LabeledResult> wrong = new ArrayList<>(right);
        List<Label> labels = new ArrayList<>(right.get(17).getLabels());
        Label best = labels.get(0);
        labels.set(0, new Label(best.getIndex(), best.getName(), best.getScore() + 1));
        wrong.set(17, LabeledResult.newBuilder(right.get(17)).setLabels(labels).build());
        assertThat(verifier.differences(wrong)).as("a clip with a wrong frame").hasSize(1);

        String camera = right.get(0).getCameraId();
        int next = 1;
        while (!right.get(next).getCameraId().equals(camera)) {
            next++;
        }
        List<LabeledResult> turned = new ArrayList<>(right);
        Collections.swap(turned, 0, next);
        assertThat(verifier.differences(turned)).as("clips out of order").hasSize(1);
    }
}
