package dev.iresnet.serving;

import dev.iresnet.serving.watch.Halt;
import dev.iresnet.serving.watch.ProcessHalt;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What an engine has from the process around it.
 *
 * @param closeGrace longest wait for all threads together at close
 * @param halt ends the process
 * @param directMemory its state when asked
 */
record Host(Clocks clocks, Duration closeGrace, Halt halt, Supplier<DirectMemory> directMemory) {
    /**
     * This process. A batch on a slow CPU takes seconds, hence the grace; the thread that closes
     * may be the one that answers Flink's heartbeats, which are missed after 50 s.
     */
    static final Host SYSTEM =
            new Host(Clocks.SYSTEM, Duration.ofSeconds(20), new ProcessHalt(), DirectMemory::now);
}
