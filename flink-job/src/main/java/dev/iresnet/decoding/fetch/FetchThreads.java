package dev.iresnet.decoding.fetch;

import dev.iresnet.engine.thread.Deadline;
import dev.iresnet.engine.thread.WorkerPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that read, and their keeper. A thread that is lost to a read that hangs is replaced,
 * until as many are lost as may read. Daemons. Not thread-safe but for {@link #join}; {@link
 * Fetcher} guards it.
 */
final class FetchThreads {
    private static final Logger LOG = LoggerFactory.getLogger(FetchThreads.class);

    private final int concurrency;
    private final WorkerPool.Work work;
    private final WorkerPool keeper;
    private final Consumer<Throwable> onFailure;

    private final List<WorkerPool> readers = new ArrayList<>();
    private int working;
    private int made;

    FetchThreads(
            int concurrency,
            WorkerPool.Work work,
            WorkerPool.Work watch,
            Consumer<Throwable> onFailure) {
        this.concurrency = concurrency;
        this.work = work;
        this.keeper =
                new WorkerPool("iresnet-fetch-keeper", concurrency == 0 ? 0 : 1, watch, onFailure);
        this.onFailure = onFailure;
    }

    void start() {
        for (int i = 0; i < concurrency; i++) {
            add();
        }
        keeper.start();
    }

    /**
     * Threads are lost to their reads.
     *
     * @param now since the last call
     * @param altogether that have not come back
     */
    void lost(int now, int altogether) {
        working -= now;
        while (working < concurrency && working + altogether < 2 * concurrency) {
            add();
        }
        int before = altogether - now;
        if (before == 0 && now > 0) {
            LOG.warn(
                    "A read of a referenced picture takes longer than references.timeout; it is"
                            + " tried again on another thread");
        }
        if (before < concurrency && altogether >= concurrency) {
            LOG.error(
                    "{} reads of referenced pictures hang, references.concurrency is {}: no more"
                            + " threads are made for them. If their stores answer again and they do"
                            + " not end, restart this process",
                    altogether,
                    concurrency);
        }
    }

    /** A lost thread has come back; false if others have taken its place, and it must go. */
    boolean returned() {
        boolean wanted = working < concurrency;
        working += wanted ? 1 : 0;
        return wanted;
    }

    void interrupt() {
        readers.forEach(WorkerPool::interrupt);
        keeper.interrupt();
    }

    /** Waits for them after {@link #interrupt}. */
    boolean join(Deadline deadline) {
        boolean gone = keeper.join(deadline);
        for (WorkerPool reader : readers) {
            gone &= reader.join(deadline);
        }
        return gone;
    }

    private void add() {
        Deadline now = Deadline.in(Duration.ZERO, System::nanoTime);
        readers.removeIf(reader -> reader.join(now));
        WorkerPool reader = new WorkerPool("iresnet-fetcher-" + made++, 1, work, onFailure);
        readers.add(reader);
        working++;
        reader.start();
    }
}
