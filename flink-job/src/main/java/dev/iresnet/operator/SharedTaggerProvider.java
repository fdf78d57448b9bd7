package dev.iresnet.operator;

import dev.iresnet.event.RawRecord;
import dev.iresnet.serving.Engine;
import dev.iresnet.serving.Outcome;
import dev.iresnet.serving.SharedEngines;
import dev.iresnet.serving.Tagger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.LongConsumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.operators.StreamingRuntimeContext;

/**
 * Gives all subtasks of a job in this process shares of one engine, which lives until Flink lets go
 * of the job's class loader: a restarted job finds its model warm.
 *
 * <p>The engines are kept by job, because a cluster inside one process has one class loader for all
 * jobs, and one's end must not close another's engine.
 */
public final class SharedTaggerProvider implements TaggerProvider {
    private static final long serialVersionUID = 1L;

    private static final Map<JobID, SharedEngines<EngineRecipe>> ENGINES =
            new ConcurrentHashMap<>();

    private final EngineRecipe recipe;
    private final FramesInFlight frames;

    public SharedTaggerProvider(EngineRecipe recipe, FramesInFlight frames) {
        this.recipe = recipe;
        this.frames = frames;
    }

    @Override
    public Tagger open(RuntimeContext context) throws InterruptedException {
        // For every task that joins: a rescaled job meets an engine that is warm, and more slots.
        frames.mustFit(slots(context), Runtime.getRuntime().maxMemory());
        JobID job = context.getJobInfo().getJobId();
        context.registerUserCodeClassLoaderReleaseHookIfAbsent(
                "iresnet-engines", () -> closeAll(job));
        SharedEngines<EngineRecipe> engines =
                ENGINES.computeIfAbsent(job, id -> new SharedEngines<>());
        try {
            Share share =
                    new Share(
                            engines.acquire(recipe, () -> recipe.start(AssignedGpus.of(context))),
                            slots(context));
            MetricGroup group = context.getMetricGroup().addGroup("iresnet");
            share.register(group);
            String device = recipe.device();
            group.gauge("device", () -> device);
            group.gauge("engineFailures", () -> engines.failures(recipe));
            String kernels = recipe.kernels();
            group.gauge("kernels", () -> kernels);
            return share;
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof TaggingException refused) {
                throw refused;
            }
            if (cause instanceof IOException down) {
                throw new UncheckedIOException("The model's store does not answer", down);
            }
            if (engines.mayBeMadeAgain(recipe)) {
                throw new EngineException(
                        "No new engine could be made in place of one that has failed; the job"
                                + " restarts and it is tried again: "
                                + cause,
                        cause);
            }
            throw new TaggingException("The model cannot be used: " + cause, cause);
        }
    }

    /** That may run this job in one task manager; those of other jobs are not known here. */
    private static int slots(RuntimeContext context) {
        int parallelism = context.getTaskInfo().getNumberOfParallelSubtasks();
        return context instanceof StreamingRuntimeContext streaming
                ? Math.min(
                        parallelism,
                        streaming
                                .getTaskManagerRuntimeInfo()
                                .getConfiguration()
                                .get(TaskManagerOptions.NUM_TASK_SLOTS))
                : parallelism;
    }

    private static void closeAll(JobID job) {
        SharedEngines<EngineRecipe> engines = ENGINES.remove(job);
        if (engines != null) {
            engines.closeAll();
        }
    }

    /** A share, closed with its subtask; the engine lives on. */
    private record Share(SharedEngines<EngineRecipe>.Lease lease, int slots) implements Tagger {

        void register(MetricGroup group) {
            Engine engine = lease.engine();
            group.gauge("inFlightBatches", engine::batchesInFlight);
            group.gauge("batchLimit", engine::batchLimit);
            group.gauge("outOfMemorySplits", engine::outOfMemorySplits);
            group.gauge("fetchesWaiting", () -> engine.fetching().waiting());
            group.gauge("fetchesRunning", () -> engine.fetching().running());
            group.gauge("fetchesStuck", () -> engine.fetching().stuck());
            group.gauge("fetchMemory", () -> engine.fetching().memory());
            group.gauge("fetchedBytes", () -> engine.fetching().bytes());
            group.gauge("fetchRetries", () -> engine.fetching().retries());
            group.gauge("storesDown", () -> engine.fetching().storesDown());
            group.gauge("modelVersion", () -> engine.model().version());
            group.gauge("modelSwaps", engine::modelSwaps);
            group.gauge("modelRefusals", engine::modelRefusals);
        }

        @Override
        public CompletableFuture<Outcome> submit(RawRecord record, LongConsumer decodingLeft) {
            return lease.engine().submit(record, decodingLeft);
        }

        @Override
        public long mostWork() {
            return lease.engine().mostWork();
        }

        @Override
        public long decodingIn(Duration time) {
            return lease.engine().decodingIn(time) / slots;
        }

        @Override
        public void close() {
            lease.close();
        }
    }
}
