package dev.iresnet.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.Condition;
import dev.iresnet.config.JobConfig;
import dev.iresnet.event.ImageEventFrameReader;
import dev.iresnet.image.DecodeLimits;
import dev.iresnet.image.PicturePreprocessor;
import dev.iresnet.inference.InferencePipeline;
import dev.iresnet.inference.Rig;
import dev.iresnet.inference.Stages;
import dev.iresnet.operator.AssignedGpus;
import dev.iresnet.operator.EngineFactory;
import dev.iresnet.proving.broker.EmbeddedBroker;
import dev.iresnet.schemas.SingleObjectFormat;
import dev.iresnet.schemas.avro.ImageEvent;
import dev.iresnet.schemas.avro.LabeledResult;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A savepoint of the first release, kept, and the job as it is now. It was taken by {@link
 * #writeOne} behind {@link #BEFORE} frames, all committed, of which nothing was in flight: the
 * operator drains before every barrier, so its state is the source's positions and what the sinks
 * know of their transactions.
 */
@Timeout(300)
class KeptSavepointIT {
    private static final Path KEPT = Path.of("src", "test", "resources", "savepoints", "0.1.0");

    /** State names the topic. */
    private static final String TOPIC = "kept";

    private static final int BEFORE = 100;
    private static final int ALL = 150;

    @TempDir Path directory;

    private final PixelEngineFactory factory = PixelEngineFactory.of(new PixelModel(), 8);

    /** Any state that finds no operator of its uid would be an error. */
    @Test
    void isRestoredUidByUidAndGoesOnBehindItsFrames() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Topics topics = Topics.create(broker, TOPIC);
                Cluster cluster = Cluster.start(3)) {
            topics.sendFrames(0, ALL);
            JobID job = cluster.submit(topics.arguments(), factory, 3, KEPT.toUri().toString());
            assertOnlyTheNewOnesAreCommitted(cluster, job, topics);
        }
    }

    @Test
    void isRestoredForProducersWhoseSchemaHasAFieldMore() throws Exception {
        Schema newer = withAField(ImageEvent.getClassSchema());
        Path file = Files.writeString(directory.resolve("ImageEvent.avsc"), newer.toString());
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Topics topics = Topics.create(broker, TOPIC);
                Cluster cluster = Cluster.start(2)) {
            topics.sendFrames(0, BEFORE);
            for (int number = BEFORE; number < ALL; number++) {
                ImageEvent event = Topics.event(number);
                topics.send(event.getCameraId().getBytes(UTF_8), written(event, newer));
            }
            topics.flush();
            List<String> arguments = topics.arguments("--input.schemas-path=" + file);
            JobID job =
                    cluster.submit(
                            arguments,
                            new ReaderFactory(
                                    JobConfig.read(arguments, Map.of()).input().writerSchemas()),
                            2,
                            KEPT.toUri().toString());
            assertOnlyTheNewOnesAreCommitted(cluster, job, topics);
        }
    }

    /** {@code -Diresnet.write-savepoint=true}, for a release whose state has changed. */
    @Test
    @EnabledIfSystemProperty(named = "iresnet.write-savepoint", matches = "true")
    void writeOne() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Topics topics = Topics.create(broker, TOPIC);
                Cluster cluster = Cluster.start(2)) {
            JobID job = cluster.submit(topics.arguments(), factory, 2, null);
            topics.sendFrames(0, BEFORE);
            Condition.await("all are labelled", () -> topics.allResults().size() == BEFORE);
            cluster.checkpoint(job);
            Condition.await("all are committed", () -> topics.committedResults().size() == BEFORE);
            keep(Path.of(URI.create(cluster.stopWithSavepoint(job, directory))));
        }
    }

    private void assertOnlyTheNewOnesAreCommitted(Cluster cluster, JobID job, Topics topics)
            throws Exception {
        Condition.await(
                "the new ones are labelled", () -> topics.allResults().size() >= ALL - BEFORE);
        cluster.awaitRunning(job);
        cluster.stopWithSavepoint(job, directory);
        assertThat(topics.committedResults())
                .extracting(LabeledResult::getEventId)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(BEFORE, ALL).mapToObj(i -> "event-" + i).toList());
    }

    private static void keep(Path savepoint) throws IOException {
        Files.createDirectories(KEPT);
        try (var files = Files.list(savepoint)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        KEPT.resolve(file.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static Schema withAField(Schema schema) {
        List<Schema.Field> fields = new ArrayList<>();
        schema.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        fields.add(new Schema.Field("exposureMicros", Schema.create(Schema.Type.LONG), "New.", 0L));
        return Schema.createRecord(
                schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
    }

    private static byte[] written(ImageEvent event, Schema newer) throws IOException {
        GenericData.Record record = new GenericData.Record(newer);
        for (Schema.Field field : ImageEvent.getClassSchema().getFields()) {
            record.put(field.name(), event.get(field.pos()));
        }
        record.put("capturedAt", event.getCapturedAt().toEpochMilli() * 1_000);
        record.put(
                "encoding",
                new GenericData.EnumSymbol(
                        newer.getField("encoding").schema(), event.getEncoding().name()));
        record.put("exposureMicros", 8_000L);
        return new BinaryMessageEncoder<>(new GenericData(), newer).encode(record).array();
    }

    /** The engine of {@link PixelEngineFactory}, for events of these schemas too. */
    private record ReaderFactory(List<String> writerSchemas) implements EngineFactory {
        @Override
        public InferencePipeline start(AssignedGpus gpus) {
            PixelModel model = new PixelModel();
            List<Schema> schemas =
                    writerSchemas.stream().map(text -> new Schema.Parser().parse(text)).toList();
            return InferencePipeline.start(
                    new Stages(
                            new ImageEventFrameReader(
                                    SingleObjectFormat.ofImageEvents(schemas)::decode),
                            new PicturePreprocessor(
                                    model.description().preprocessing(), DecodeLimits.DEFAULT),
                            model),
                    Rig.options(1, 1, 8));
        }

        @Override
        public String device() {
            return "pixels";
        }
    }
}
