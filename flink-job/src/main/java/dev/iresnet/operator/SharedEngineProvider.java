package dev.iresnet.operator;

import dev.iresnet.clip.Clip;
import dev.iresnet.engine.InferenceEngine;
import dev.iresnet.event.RawRecord;
import dev.iresnet.inference.EngineRegistry;
import dev.iresnet.inference.InferenceClient;
import dev.iresnet.inference.InferencePipeline;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.result.FrameListener;
import dev.iresnet.result.FrameOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
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
public final class SharedEngineProvider implements InferenceClientProvider {
    private static final long serialVersionUID = 1L;

    private static final Map<JobID, EngineRegistry<EngineFactory>> ENGINES =
            new ConcurrentHashMap<>();

    private final EngineFactory factory;
    private final FramesInFlight frames;

    public SharedEngineProvider(EngineFactory factory, FramesInFlight frames) {
        this.factory = factory;
        this.frames = frames;
    }

    @Override
    public InferenceClient open(RuntimeContext context) throws InterruptedException {
        // For every task that joins: a rescaled job meets an engine that is warm, and more slots.
        frames.mustFit(slots(context), Runtime.getRuntime().maxMemory());
        JobID job = context.getJobInfo().getJobId();
        context.registerUserCodeClassLoaderReleaseHookIfAbsent(
                "iresnet-engines", () -> closeAll(job));
        EngineRegistry<EngineFactory> engines =
                ENGINES.computeIfAbsent(job, id -> new EngineRegistry<>());
        try {
            Share share =
                    new Share(
                            engines.acquire(factory, () -> factory.start(AssignedGpus.of(context))),
                            slots(context));
            MetricGroup group = context.getMetricGroup().addGroup("iresnet");
            share.register(group);
            String device = factory.device();
            group.gauge("device", () -> device);
            group.gauge("engineFailures", () -> engines.failures(factory));
            String kernels = factory.kernels();
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
            if (engines.mayBeMadeAgain(factory)) {
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
    public static int slots(RuntimeContext context) {
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
        EngineRegistry<EngineFactory> engines = ENGINES.remove(job);
        if (engines != null) {
            engines.closeAll();
        }
    }

    /** A share, closed with its subtask; the engine lives on. */
    private record Share(EngineRegistry<EngineFactory>.Lease lease, int slots)
            implements InferenceClient {

        void register(MetricGroup group) {
            InferencePipeline frames = lease.pipeline();
            InferenceEngine engine = frames.engine();
            group.gauge("inFlightBatches", engine::batchesInFlight);
            group.gauge("batchLimit", engine::batchLimit);
            group.gauge("outOfMemorySplits", engine::outOfMemorySplits);
            group.gauge("fetchesWaiting", () -> frames.fetching().waiting());
            group.gauge("fetchesRunning", () -> frames.fetching().running());
            group.gauge("fetchesStuck", () -> frames.fetching().stuck());
            group.gauge("fetchMemory", () -> frames.fetching().memory());
            group.gauge("fetchedBytes", () -> frames.fetching().bytes());
            group.gauge("fetchRetries", () -> frames.fetching().retries());
            group.gauge("storesDown", () -> frames.fetching().storesDown());
            group.gauge("schemasWaiting", () -> frames.lookups().waiting());
            group.gauge("registryDown", () -> frames.lookups().down() ? 1 : 0);
            group.gauge("modelVersion", () -> engine.model().version());
            group.gauge("modelSwaps", engine::modelSwaps);
            group.gauge("modelRefusals", engine::modelRefusals);
        }

        @Override
        public CompletableFuture<FrameOutcome> submit(RawRecord record, FrameListener listener) {
            return lease.pipeline().submit(record, listener);
        }

        @Override
        public CompletableFuture<FrameOutcome> submit(Clip clip, FrameListener listener) {
            return lease.pipeline().submit(clip, listener);
        }

        @Override
        public ModelDescription model() {
            return lease.pipeline().model();
        }

        @Override
        public long mostWork() {
            return lease.pipeline().mostWork();
        }

        @Override
        public long decodingIn(Duration time) {
            return lease.pipeline().decodingIn(time) / slots;
        }

        @Override
        public long clipsIn(Duration time) {
            long clips = lease.pipeline().clipsIn(time);
            return clips == 0 ? 0 : Math.max(1, clips / slots);
        }

        @Override
        public void close() {
            lease.close();
        }
    }
}
