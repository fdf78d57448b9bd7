package dev.iresnet.chaos.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.chaos.process.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** A job on the cluster, as Flink's REST interface shows it. */
public final class FlinkJob {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration TO_FETCH = Duration.ofSeconds(2);

    private final Rest rest;
    private final String id;

    /**
     * @param id in hexadecimal
     */
    FlinkJob(Rest rest, String id) {
        this.rest = rest;
        this.id = id;
    }

    /**
     * The checkpoint that a job went on from.
     *
     * @param at when
     */
    public record Restored(long checkpoint, boolean savepoint, Instant at, String path) {}

    public String id() {
        return id;
    }

    /** {@code RUNNING}, {@code RESTARTING}, {@code FAILED} and so on. */
    public String state() throws IOException {
        return graph().path("state").asText();
    }

    /** Whether the job runs and so does each of its tasks: the model is loaded. */
    public boolean isRunning() throws IOException {
        JsonNode graph = graph();
        if (!graph.path("state").asText().equals("RUNNING")) {
            return false;
        }
        for (JsonNode vertex : graph.path("vertices")) {
            if (vertex.path("tasks").path("RUNNING").asInt()
                    != vertex.path("parallelism").asInt()) {
                return false;
            }
        }
        return !graph.path("vertices").isEmpty();
    }

    /**
     * A checkpoint that is complete.
     *
     * @param at when it began
     * @param bytes of state that it holds
     * @param took until it was complete
     */
    public record Checkpoint(long id, Instant at, long bytes, Duration took) {}

    /** A metric of what tags, summed over its subtasks; empty if Flink does not report it. */
    public OptionalLong sum(String metric) throws IOException {
        return sum("tagging", metric);
    }

    /** The same of any operator. */
    public OptionalLong sum(String operator, String metric) throws IOException {
        for (JsonNode vertex : graph().path("vertices")) {
            JsonNode values =
                    rest.get(
                            "/jobs/%s/vertices/%s/subtasks/metrics?agg=sum&get=%s.iresnet.%s"
                                    .formatted(id, vertex.path("id").asText(), operator, metric));
            if (!values.isEmpty()) {
                return OptionalLong.of(values.get(0).path("sum").asLong());
            }
        }
        return OptionalLong.empty();
    }

    /**
     * Frames shed so far, by reason. Flink answers with what it last fetched, and fetches anew: so
     * this asks twice, two seconds apart.
     */
    public Map<String, Long> shedByReason() throws IOException {
        shed();
        Waiting.pause(TO_FETCH);
        return shed();
    }

    private Map<String, Long> shed() throws IOException {
        Map<String, Long> shed = new LinkedHashMap<>();
        for (String reason : List.of("AGE", "SHARE")) {
            shed.put(reason, sum("reason.%s.shed".formatted(reason)).orElse(0));
        }
        return shed;
    }

    /** Ids of the TaskManagers that subtasks run on. */
    public Set<String> taskManagers() throws IOException {
        Set<String> ids = new TreeSet<>();
        for (JsonNode vertex : graph().path("vertices")) {
            JsonNode subtasks =
                    rest.get("/jobs/%s/vertices/%s".formatted(id, vertex.path("id").asText()))
                            .path("subtasks");
            subtasks.forEach(subtask -> ids.add(subtask.path("taskmanager-id").asText()));
        }
        return ids;
    }

    public int parallelism() throws IOException {
        int most = 0;
        for (JsonNode vertex : graph().path("vertices")) {
            most = Math.max(most, vertex.path("parallelism").asInt());
        }
        return most;
    }

    /** What it last went on from. */
    public Optional<Restored> restored() throws IOException {
        JsonNode restored = checkpoints().path("latest").path("restored");
        return restored.isMissingNode() || restored.isNull()
                ? Optional.empty()
                : Optional.of(
                        new Restored(
                                restored.path("id").asLong(),
                                restored.path("is_savepoint").asBoolean(),
                                Instant.ofEpochMilli(restored.path("restore_timestamp").asLong()),
                                restored.path("external_path").asText("")));
    }

    /** Where the newest complete checkpoint is kept. */
    public Optional<String> newestCheckpoint() throws IOException {
        String path =
                checkpoints().path("latest").path("completed").path("external_path").asText("");
        return path.isEmpty() ? Optional.empty() : Optional.of(path);
    }

    /** The newest complete checkpoints that Flink remembers, ten at most, in their order. */
    public List<Checkpoint> newestCheckpoints() throws IOException {
        return completed(checkpoints());
    }

    static List<Checkpoint> completed(JsonNode answer) {
        List<Checkpoint> completed = new ArrayList<>();
        for (JsonNode one : answer.path("history")) {
            if (one.path("status").asText().equals("COMPLETED")) {
                completed.add(
                        new Checkpoint(
                                one.path("id").asLong(),
                                Instant.ofEpochMilli(one.path("trigger_timestamp").asLong()),
                                one.path("state_size").asLong(),
                                Duration.ofMillis(one.path("end_to_end_duration").asLong())));
            }
        }
        completed.sort(Comparator.comparingLong(Checkpoint::id));
        return completed;
    }

    public long failedCheckpoints() throws IOException {
        return checkpoints().path("counts").path("failed").asLong();
    }

    /** The first line of the newest failure's reason; empty if there was none. */
    public String failure() throws IOException {
        JsonNode entries =
                rest.get("/jobs/%s/exceptions?maxExceptions=1".formatted(id))
                        .path("exceptionHistory")
                        .path("entries");
        return entries.path(0).path("stacktrace").asText("").lines().findFirst().orElse("");
    }

    /** Takes a savepoint and stops; returns where it is. */
    public String stopWithSavepoint(Duration atMost) throws IOException {
        ObjectNode body = JSON.createObjectNode().put("drain", false);
        String trigger = rest.post("/jobs/%s/stop".formatted(id), body).path("request-id").asText();
        StringBuilder location = new StringBuilder();
        Waiting.until(
                "the savepoint of " + id,
                atMost,
                () -> {
                    JsonNode status = rest.get("/jobs/%s/savepoints/%s".formatted(id, trigger));
                    JsonNode operation = status.path("operation");
                    if (operation.has("failure-cause")) {
                        throw new IllegalStateException(
                                "the savepoint failed: " + operation.path("failure-cause"));
                    }
                    location.append(operation.path("location").asText(""));
                    return status.path("status").path("id").asText().equals("COMPLETED");
                });
        awaitState("FINISHED", atMost);
        return location.toString();
    }

    /** Cancels it; returns when it has ended. */
    public void cancel(Duration atMost) throws IOException {
        rest.patch("/jobs/%s?mode=cancel".formatted(id));
        awaitState("CANCELED", atMost);
    }

    public void awaitRunning(Duration atMost) {
        Waiting.until("all tasks of job " + id + " to run", atMost, this::isRunning);
    }

    public void awaitState(String state, Duration atMost) {
        Waiting.until("job " + id + " to be " + state, atMost, () -> state().equals(state));
    }

    private JsonNode graph() throws IOException {
        return rest.get("/jobs/" + id);
    }

    private JsonNode checkpoints() throws IOException {
        return rest.get("/jobs/%s/checkpoints".formatted(id));
    }
}
