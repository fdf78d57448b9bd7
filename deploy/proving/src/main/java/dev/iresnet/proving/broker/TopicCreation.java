package dev.iresnet.proving.broker;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Makes topics and waits until each partition takes records. Without the waiting an idempotent
 * producer's first batch may be refused while its second is taken, after which the broker refuses
 * the first as out of order for good.
 */
public final class TopicCreation {

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Admin admin;
    private final Duration timeout;

    /**
     * @param admin stays the caller's
     * @param timeout for all of it
     */
    public TopicCreation(Admin admin, Duration timeout) {
        this.admin = admin;
        this.timeout = timeout;
    }

    /**
     * Makes topics; blocks until each of their partitions takes records.
     *
     * @throws ExecutionException when one exists or is not allowed
     * @throws TimeoutException when the broker has not made them in time
     */
    public void create(Collection<NewTopic> topics)
            throws ExecutionException, TimeoutException, InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        CreateTopicsResult made = admin.createTopics(topics);
        made.all().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (NewTopic topic : topics) {
            int partitions = made.numPartitions(topic.name()).get();
            for (int partition = 0; partition < partitions; partition++) {
                ends.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
            }
        }
        while (!known(ends, end)) {
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        }
    }

    /**
     * Only a partition's leader says where it ends. Admin asks again by itself while there is none,
     * but gives up at once when the broker that it asks has not heard of the topic.
     */
    private boolean known(Map<TopicPartition, OffsetSpec> ends, long deadline)
            throws ExecutionException, TimeoutException, InterruptedException {
        long left = Math.max(0, deadline - System.nanoTime());
        try {
            admin.listOffsets(ends).all().get(left, TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException && left > 0) {
                return false;
            }
            throw e;
        }
    }
}
