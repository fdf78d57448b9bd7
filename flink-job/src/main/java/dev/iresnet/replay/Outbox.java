package dev.iresnet.replay;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Where records go. */
interface Outbox extends AutoCloseable {

    /** Sends nothing, for a run that only counts. */
    Outbox NOWHERE =
            new Outbox() {
                @Override
                public void send(ProducerRecord<byte[], byte[]> record) {
                    // Replay counts it
                }

                @Override
                public void reach(TopicPartition partition, long offset) {
                    // progress is what was sent
                }

                @Override
                public void finish() {
                    // nothing is left
                }

                @Override
                public void close() {
                    // nothing is open
                }
            };

    /** Takes a record. */
    void send(ProducerRecord<byte[], byte[]> record);

    /** Everything that dead letters before that offset have to send was sent. */
    void reach(TopicPartition partition, long offset);

    /** Commits what is left. */
    void finish();

    /** Without {@link #finish} what is not committed was not sent. */
    @Override
    void close();
}
