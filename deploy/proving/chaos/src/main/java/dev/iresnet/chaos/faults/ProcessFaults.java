package dev.iresnet.chaos.faults;

import dev.iresnet.chaos.harness.Cluster;
import dev.iresnet.chaos.harness.Testbed;
import dev.iresnet.chaos.process.JvmProcess;
import dev.iresnet.chaos.process.ProcStat;
import dev.iresnet.chaos.process.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Kills processes, and stops them for a while. */
final class ProcessFaults {
    private static final Duration BROKER = Duration.ofMinutes(2);

    private final Testbed testbed;
    private final Cluster cluster;

    ProcessFaults(Testbed testbed) {
        this.testbed = testbed;
        this.cluster = testbed.cluster();
    }

    Proof killTaskManager(Draw draw) throws IOException {
        Cluster.TaskManager victim = busy(draw);
        return kill(victim.process(), draw, () -> cluster.replace(victim));
    }

    Proof killJobManager(Draw draw) {
        return kill(cluster.jobManager(), draw, cluster::restartJobManager);
    }

    Proof killBroker(Draw draw) {
        Instant since = Instant.now();
        Proof proof = kill(cluster.broker(), draw, cluster::restartBroker);
        cluster.awaitBroker(BROKER);
        return proof.awaySince(since);
    }

    Proof stopTaskManager(Draw draw) throws IOException {
        return stop(busy(draw).process(), draw);
    }

    Proof stopJobManager(Draw draw) throws IOException {
        return stop(cluster.jobManager(), draw);
    }

    Proof stopBroker(Draw draw) throws IOException {
        return stop(cluster.broker(), draw);
    }

    /** One of those that run tasks of the job. */
    private Cluster.TaskManager busy(Draw draw) throws IOException {
        Collection<String> ids = testbed.job().taskManagers();
        List<Cluster.TaskManager> busy =
                cluster.taskManagers().stream().filter(one -> ids.contains(one.id())).toList();
        if (busy.isEmpty()) {
            throw new IllegalStateException("the job runs on none of the TaskManagers");
        }
        return busy.get(draw.choice() % busy.size());
    }

    private static Proof kill(JvmProcess process, Draw draw, Runnable restart) {
        int status = process.kill();
        Waiting.pause(draw.length());
        restart.run();
        return Proof.now(
                status == JvmProcess.KILLED,
                "%s, pid %d".formatted(process.name(), process.pid()),
                "ended with status %d, which is 128 + signal %d; started again %d ms later"
                        .formatted(status, status - 128, draw.length().toMillis()));
    }

    private static Proof stop(JvmProcess process, Draw draw) throws IOException {
        ProcStat before = process.pause();
        Waiting.pause(draw.length());
        boolean still = ProcStat.of(process.pid()).map(ProcStat::isStopped).orElse(false);
        ProcStat after = process.resume();
        return Proof.now(
                before.isStopped() && still,
                "%s, pid %d".formatted(process.name(), process.pid()),
                "state %s in /proc/PID/stat when stopped, %s after %d ms, %s once it went on"
                        .formatted(
                                before.state(),
                                still ? "T" : "no longer T",
                                draw.length().toMillis(),
                                after.state()));
    }
}
