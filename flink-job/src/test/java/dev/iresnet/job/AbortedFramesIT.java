package dev.iresnet.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.Condition;
import dev.iresnet.proving.broker.EmbeddedBroker;
import dev.iresnet.schemas.avro.ImageEvent;
import dev.iresnet.schemas.avro.LabeledResult;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class AbortedFramesIT {
    @TempDir Path savepoints;

    @Test
    void aFrameWhoseProducerHasAbortedIsNotLabelled() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Topics topics = Topics.create(broker, "aborted");
                Cluster cluster = Cluster.start(1)) {
            sendAndAbort(broker, topics, 100, 120);
            topics.sendFrames(0, 20);
            JobID job =
                    cluster.submit(
                            topics.arguments(), PixelRecipe.of(new PixelModel(), 8), 1, null);
            Condition.await("20 are labelled", () -> topics.allResults().size() >= 20);
            cluster.awaitRunning(job);
            cluster.stopWithSavepoint(job, savepoints);

            assertThat(topics.committedResults())
                    .extracting(LabeledResult::getEventId)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 20).mapToObj(i -> "event-" + i).toList());
        }
    }

    private static void sendAndAbort(EmbeddedBroker broker, Topics topics, int from, int to) {
        Map<String, Object> properties =
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "transactional.id",
                        "a-producer");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (int number = from; number < to; number++) {
                ImageEvent event = Topics.event(number);
                var unused =
                        producer.send(
                                new ProducerRecord<>(
                                        topics.input(),
                                        event.getCameraId().getBytes(UTF_8),
                                        Topics.encoded(event)));
            }
            producer.flush();
            producer.abortTransaction();
        }
    }
}
