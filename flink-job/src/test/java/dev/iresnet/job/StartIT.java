package dev.iresnet.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.iresnet.config.ConfigException;
import dev.iresnet.inference.InferencePipeline;
import dev.iresnet.model.ModelException;
import dev.iresnet.operator.AssignedGpus;
import dev.iresnet.operator.EngineFactory;
import dev.iresnet.operator.TaggingException;
import dev.iresnet.proving.broker.EmbeddedBroker;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class StartIT {
    private static EmbeddedBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void allMistakesAreFoundWithTheBrokersBeforeTheJobIsSubmitted() {
        broker.createTopics(List.of(topic("tight", 1 << 20), topic("tight.dlq", 1 << 20)));
        ConfigException refused =
                catchThrowableOfType(
                        ConfigException.class,
                        () ->
                                TaggingJob.main(
                                        new String[] {
                                            "--kafka.bootstrap.servers="
                                                    + broker.bootstrapServers(),
                                            "--input.topics=tight,absent",
                                            "--dead-letter.topic=tight.dlq",
                                            "--output.topic=nowhere",
                                            "--model.path=unused",
                                            "--delivery.transaction-timeout=1 h",
                                            "--delivery.longest-outage=1 h"
                                        }));
        assertThat(refused.errors())
                .hasSize(5)
                .anyMatch(m -> m.startsWith("delivery.transaction-timeout is 1 h and must be"))
                .anyMatch(m -> m.contains("the brokers allow 15 min"))
                .anyMatch(m -> m.startsWith("input.topics: 'absent' does not exist"))
                .anyMatch(m -> m.startsWith("output.topic 'nowhere' does not exist"))
                .anyMatch(m -> m.startsWith("dead-letter.topic 'tight.dlq' takes records of"));
    }

    @Test
    void aBrokerThatDoesNotAnswerIsNamed() {
        assertThatThrownBy(
                        () ->
                                TaggingJob.main(
                                        new String[] {
                                            "--kafka.bootstrap.servers=127.0.0.1:1",
                                            "--kafka.default.api.timeout.ms=1000",
                                            "--kafka.request.timeout.ms=1000",
                                            "--input.topics=in",
                                            "--output.topic=out",
                                            "--model.path=unused"
                                        }))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "Kafka at kafka.bootstrap.servers = 127.0.0.1:1 did not answer");
    }

    @Test
    void aModelThatCannotBeUsedStopsTheJobForGood() throws Exception {
        try (Topics topics = Topics.create(broker, "no-model");
                Cluster cluster = Cluster.start(1)) {
            JobID job = cluster.submit(topics.arguments(), new BrokenFactory("/none"), 1, null);
            // the cluster would restart a hundred times
            JobResult result = cluster.result(job);
            assertThat(result.getSerializedThrowable())
                    .hasValueSatisfying(
                            failure ->
                                    assertThat(failure)
                                            .hasStackTraceContaining(
                                                    TaggingException.class.getName())
                                            .hasStackTraceContaining(
                                                    "model.path /none has no model"));
        }
    }

    @Test
    void moreFramesInFlightThanTheHeapTakesStopTheJobForGood() throws Exception {
        try (Topics topics = Topics.create(broker, "no-heap");
                Cluster cluster = Cluster.start(1)) {
            List<String> arguments = topics.arguments("--input.max-in-flight-bytes=64 gb");
            JobID job = cluster.submit(arguments, new BrokenFactory("/none"), 1, null);
            JobResult result = cluster.result(job);
            assertThat(result.getSerializedThrowable())
                    .hasValueSatisfying(
                            failure ->
                                    assertThat(failure)
                                            .hasStackTraceContaining(
                                                    "1 slots x (68719476736 bytes of frames"
                                                            + " (input.max-in-flight-bytes)"));
        }
    }

    @Test
    void whatIsMissingFromFlinksClassPathIsNamed() {
        assertThatThrownBy(() -> Installation.require("org.tensorflow.Absent", "TensorFlow Java"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("TensorFlow Java is not on Flink's class path");
    }

    private static NewTopic topic(String name, int largest) {
        return new NewTopic(name, Optional.of(1), Optional.empty())
                .configs(Map.of("max.message.bytes", Integer.toString(largest)));
    }

    private record BrokenFactory(String path) implements EngineFactory {
        @Override
        public InferencePipeline start(AssignedGpus gpus) {
            throw new ModelException("model.path " + path + " has no model");
        }

        @Override
        public String device() {
            return "none";
        }
    }
}
