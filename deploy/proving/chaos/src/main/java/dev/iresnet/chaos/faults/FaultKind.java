package dev.iresnet.chaos.faults;

import java.time.Duration;

/** What can be done to a running job from outside, or through its model. */
public enum FaultKind {
    /** Signal 9 to a TaskManager that has work; another one is started in its place. */
    KILL_TASK_MANAGER(true, 500, 3000),
    /** Signal 9 to the JobManager; it is started again and finds the job in ZooKeeper. */
    KILL_JOB_MANAGER(true, 500, 3000),
    /** Signal 9 to the broker; it is started again over the same data. */
    KILL_BROKER(false, 500, 3000),
    /** SIGSTOP to a TaskManager that has work: what it missed, it does late. */
    STOP_TASK_MANAGER(false, 2000, 9000),
    STOP_JOB_MANAGER(false, 2000, 9000),
    STOP_BROKER(false, 2000, 9000),
    /** The storage of checkpoints answers nothing but errors. */
    STORAGE_FAILS(false, 3000, 8000),
    DEVICE_SLOW(false, 4000, 8000),
    /** Fatal for the job, which is submitted again from its last checkpoint. */
    DEVICE_FAILS(true, 0, 0),
    DEVICE_OUT_OF_MEMORY(false, 4000, 8000),
    /** Savepoint, stop, and a start from it with another parallelism. */
    RESCALE(true, 0, 0);

    private final boolean restores;
    private final Duration shortest;
    private final Duration longest;

    FaultKind(boolean restores, long shortestMillis, long longestMillis) {
        this.restores = restores;
        this.shortest = Duration.ofMillis(shortestMillis);
        this.longest = Duration.ofMillis(longestMillis);
    }

    /** Whether the job must go on from a checkpoint afterwards; of others it depends. */
    public boolean restores() {
        return restores;
    }

    Duration shortest() {
        return shortest;
    }

    Duration longest() {
        return longest;
    }
}
