package dev.iresnet.local;

import dev.iresnet.proving.verify.Verdict;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How a run went.
 *
 * @param verdict the verifier's, which read committed answers only
 * @param meanBatchSize frames a batch, from the job's own counters over REST
 * @param versions of what took part, by name
 */
record Summary(Verdict verdict, OptionalDouble meanBatchSize, Map<String, String> versions) {

    /** Whether each frame was answered once and in order, and nothing else was. */
    boolean allAccountedFor() {
        return verdict.isFaultless()
                && verdict.labeled() + verdict.stale() + verdict.deadLettered() == verdict.events();
    }
}
