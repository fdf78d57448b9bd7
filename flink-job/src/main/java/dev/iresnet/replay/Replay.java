package dev.iresnet.replay;

import dev.iresnet.config.ReplayConfig;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** One pass over the dead letters that are there when it begins. */
final class Replay implements DeadLetterTopic.Visitor {
    private final ReplayArguments arguments;
    private final Destinations destinations;
    private final Progress progress;
    private final Originals originals;
    private final Outbox outbox;
    private final ReplayCounters counters = new ReplayCounters();

    private Replay(
            ReplayArguments arguments,
            Destinations destinations,
            Progress progress,
            Originals originals,
            Outbox outbox) {
        this.arguments = arguments;
        this.destinations = destinations;
        this.progress = progress;
        this.originals = originals;
        this.outbox = outbox;
    }

    /** Looks, and sends if it is asked to; returns what it has found. */
    static ReplayCounters run(ReplayConfig config, ReplayArguments arguments)
            throws ExecutionException, InterruptedException {
        Clients clients = new Clients(config);
        Destinations destinations;
        Progress progress;
        try (Admin admin = Admin.create(clients.administrator())) {
            destinations = Destinations.of(admin, config.inputTopics());
            progress = Progress.of(admin, config.groupId(), arguments.codes());
        }
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(clients.reader());
                Originals originals = new Originals(clients.reader());
                Outbox outbox =
                        arguments.execute()
                                ? new TransactionalOutbox(clients.sender(), progress)
                                : Outbox.NOWHERE) {
            Replay replay = new Replay(arguments, destinations, progress, originals, outbox);
            new DeadLetterTopic(consumer, config.deadLetterTopic()).visit(progress::first, replay);
            outbox.finish();
            return replay.counters;
        }
    }

    @Override
    public void see(ConsumerRecord<byte[], byte[]> record) {
        Optional<DeadLetter> letter = DeadLetter.of(record);
        if (letter.isEmpty()) {
            counters.foreign();
        } else if (!arguments.codes().contains(letter.get().code())) {
            counters.notChosen(letter.get());
        } else if (progress.isAhead(letter.get().code(), partition(record), record.offset())) {
            if (Instant.ofEpochMilli(record.timestamp()).isBefore(arguments.since())) {
                counters.tooOld();
            } else {
                sendBack(letter.get());
            }
        }
    }

    @Override
    public void reach(TopicPartition partition, long offset) {
        outbox.reach(partition, offset);
    }

    private void sendBack(DeadLetter letter) {
        String refusal = destinations.refusal(letter.origin());
        if (!refusal.isEmpty()) {
            counters.refused(refusal);
            return;
        }
        Optional<ProducerRecord<byte[], byte[]>> original =
                letter.whole() ? Optional.of(letter.original()) : originals.find(letter);
        if (original.isEmpty()) {
            counters.gone(letter);
            return;
        }
        outbox.send(original.get());
        counters.sent(letter);
    }

    private static TopicPartition partition(ConsumerRecord<byte[], byte[]> record) {
        return new TopicPartition(record.topic(), record.partition());
    }
}
