package dev.iresnet.serving;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * What an engine has from the process around it.
 *
 * @param closeGrace longest wait for threads at close
 * @param halt ends the process
 * @param directMemory its state when asked
 */
record Host(Clocks clocks, Duration closeGrace, Halt halt, Supplier<DirectMemory> directMemory) {
    /** This process. A batch on a slow CPU takes seconds, hence the grace. */
    static final Host SYSTEM =
            new Host(Clocks.SYSTEM, Duration.ofSeconds(30), new ProcessHalt(), DirectMemory::now);
}
