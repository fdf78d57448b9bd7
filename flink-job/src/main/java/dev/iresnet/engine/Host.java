package dev.iresnet.engine;

import dev.iresnet.engine.watch.Halt;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What an engine has from the process around it.
 *
 * @param closeGrace longest wait for all threads together at close
 * @param halt ends the process
 * @param directMemory its state when asked
 */
public record Host(
        Clocks clocks, Duration closeGrace, Halt halt, Supplier<DirectMemory> directMemory) {
    /**
     * This process. A batch on a slow CPU takes seconds, hence the grace; the thread that closes
     * may be the one that answers Flink's heartbeats, which are missed after 50 s.
     */
    public static final Host SYSTEM =
            new Host(
                    new Clocks(System::nanoTime, InstantSource.system()),
                    Duration.ofSeconds(20),
                    new Halt.OfProcess(),
                    DirectMemory::now);

    /**
     * The two kinds of time.
     *
     * @param nanos for durations, as {@link System#nanoTime}
     * @param wall for the moment that a result states
     */
    public record Clocks(LongSupplier nanos, InstantSource wall) {}
}
