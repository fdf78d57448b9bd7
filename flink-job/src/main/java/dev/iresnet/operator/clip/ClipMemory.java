package dev.iresnet.operator.clip;

import dev.iresnet.engine.Mebibytes;
import dev.iresnet.operator.FramesInFlight;
import dev.iresnet.operator.SharedEngineProvider;
import dev.iresnet.operator.TaggingException;
import java.io.Serializable;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the state of cameras takes of a task manager's heap, beside what is in flight. Only Flink's
 * state backend {@code hashmap} keeps it there; what others keep on disk is not compared.
 *
 * <p>Not counted are frames that are replaced while a snapshot is written: they stay until it ends.
 */
record ClipMemory(FramesInFlight inFlight) implements Serializable {
    private static final Logger LOG = LoggerFactory.getLogger(ClipMemory.class);

    /** Of a frame beside its pixels: the objects around it. */
    private static final int FRAME = 200;

    /** Of a camera beside its frames: names of usual length, and the objects around them. */
    private static final int CAMERA = 1024;

    /** As the backend calls itself. */
    private static final String HEAP = "hashmap";

    /** Bytes of a camera's state at most, in memory; serialised it is smaller. */
    static long ofCamera(int length, int cropBytes) {
        return CAMERA + (long) length * (cropBytes + FRAME);
    }

    /**
     * Says what cameras take, and refuses more than fit.
     *
     * @param expected cameras of the whole job; 0 if that is not said
     * @param backend where the state is
     */
    void check(int length, int cropBytes, int expected, RuntimeContext context, String backend) {
        long bytes = ofCamera(length, cropBytes);
        if (!backend.equals(HEAP)) {
            LOG.info(
                    "A camera's state takes up to {} bytes, {} frames of {}; state backend {}",
                    bytes,
                    length,
                    cropBytes,
                    backend);
            return;
        }
        int slots = SharedEngineProvider.slots(context);
        int parallelism = context.getTaskInfo().getNumberOfParallelSubtasks();
        long room = inFlight.room(slots, Runtime.getRuntime().maxMemory());
        LOG.info(
                "A camera's state takes up to {} bytes, {} frames of {}; the heap of this task"
                        + " manager has room for {} cameras",
                bytes,
                length,
                cropBytes,
                Math.max(0, room) / bytes);
        mustFit(expected, slots, parallelism, bytes, room);
    }

    /** Cameras are spread over the subtasks by hash: about evenly. */
    static void mustFit(int expected, int slots, int parallelism, long bytes, long room) {
        long here = ((long) expected * slots + parallelism - 1) / parallelism;
        if (expected > 0 && here * bytes > room) {
            throw new TaggingException(
                    "clip.cameras %d are %d for a task manager of %d of %d slots, and the state of each takes up to %d bytes: %d MiB, and its heap has room for %d MiB beside frames in flight. Raise taskmanager.memory.task.heap.size by %d MiB, take more task managers, or keep the state on disk (state.backend.type: rocksdb)"
                            .formatted(
                                    expected,
                                    here,
                                    slots,
                                    parallelism,
                                    bytes,
                                    Mebibytes.holding(here * bytes),
                                    Mebibytes.within(Math.max(0, room)),
                                    Mebibytes.holding(
                                            FramesInFlight.heapFor(here * bytes - room))));
        }
    }
}
