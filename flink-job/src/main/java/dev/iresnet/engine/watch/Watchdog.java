package dev.iresnet.engine.watch;

import dev.iresnet.model.ModelDescription;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Halts the process when a batch hangs on the device. A {@code session.run} cannot be interrupted:
 * a task that fails frees neither its thread nor the device, and its successor would hang, too.
 */
public final class Watchdog {
    private final InFlightBatches onDevice;
    private final Supplier<ModelDescription> model;
    private final LongSupplier nanos;
    private final Halt halt;

    public Watchdog(
            InFlightBatches onDevice,
            Supplier<ModelDescription> model,
            LongSupplier nanos,
            Halt halt) {
        this.onDevice = onDevice;
        this.model = model;
        this.nanos = nanos;
        this.halt = halt;
    }

    /** Watches until interrupted, or until it has halted. */
    public void run() throws InterruptedException {
        Duration pause = onDevice.pause();
        Optional<InFlightBatches.Hung> hung = Optional.empty();
        while (hung.isEmpty()) {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            hung = onDevice.look(nanos.getAsLong());
        }
        halt.halt(report(hung.get()));
    }

    private String report(InFlightBatches.Hung hung) {
        StringBuilder text = new StringBuilder();
        text.append(
                """
                A batch of %d frames hangs on the device since %s, longer than device.hang-timeout: \
                model %s version %d, thread %s. It cannot be interrupted, so this process is halted \
                with all that runs in it, exit code %d; in a local cluster that is the whole \
                cluster. Look for trouble with the device or its driver; if batches may take this \
                long, raise device.hang-timeout. All threads:
                """
                        .formatted(
                                hung.frames(),
                                hung.since(),
                                model.get().name(),
                                model.get().version(),
                                hung.thread().getName(),
                                Halt.EXIT_CODE));
        Map<Thread, StackTraceElement[]> stacks = Thread.getAllStackTraces();
        append(hung.thread(), stacks, text);
        stacks.remove(hung.thread());
        stacks.keySet().forEach(thread -> append(thread, stacks, text));
        return text.toString();
    }

    private static void append(
            Thread thread, Map<Thread, StackTraceElement[]> stacks, StringBuilder text) {
        text.append("\"%s\" %s%n".formatted(thread.getName(), thread.getState()));
        for (StackTraceElement frame : stacks.getOrDefault(thread, new StackTraceElement[0])) {
            text.append("    at ").append(frame).append('\n');
        }
    }
}
