package dev.iresnet.local;

import java.nio.file.Path;
import org.apache.kafka.common.utils.Exit;

/** Says what has happened when Kafka ends this process, as it does when its disk is full. */
final class BrokerDeath {

    private BrokerDeath() {}

    static void install(WorkDirectory work, Screen screen, Path log) {
        Exit.Procedure procedure = (status, message) -> die(work, screen, log);
        Exit.setExitProcedure(procedure);
        Exit.setHaltProcedure(procedure);
    }

    private static void die(WorkDirectory work, Screen screen, Path log) {
        screen.say(
                "The embedded broker gave up, most likely because the disk is full under %s (log: %s)"
                        .formatted(work.path(), log));
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
        work.close();
        Runtime.getRuntime().halt(LocalRun.REFUSED);
    }
}
