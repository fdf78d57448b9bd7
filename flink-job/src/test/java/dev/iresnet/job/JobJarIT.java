package dev.iresnet.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.model.Model;
import dev.iresnet.proving.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What goes to {@code flink run} holds the job and its Kafka ends, and nothing that Flink has. */
class JobJarIT {
    /** Where flink-connector-base and flink-connector-kafka have their classes. */
    private static final List<String> CONNECTOR =
            List.of(
                    "org/apache/flink/connector/base/",
                    "org/apache/flink/connector/kafka/",
                    "org/apache/flink/streaming/connectors/kafka/",
                    "org/apache/flink/streaming/util/serialization/JSONKeyValue");

    @Test
    void holdsTheJobItsSchemasAndItsKafkaEnds() throws IOException {
        assertThat(entries())
                .contains(
                        "dev/iresnet/job/TaggingJob.class",
                        "dev/iresnet/schemas/avro/ImageEvent.class",
                        "org/apache/avro/Schema.class",
                        "com/fasterxml/jackson/databind/ObjectMapper.class",
                        "org/apache/flink/connector/kafka/sink/KafkaSink.class",
                        "org/apache/flink/connector/base/DeliveryGuarantee.class",
                        "org/apache/kafka/clients/producer/KafkaProducer.class",
                        "META-INF/LICENSE",
                        "META-INF/NOTICE");
    }

    @Test
    void holdsNeitherFlinkNorTensorFlowNorModelLoader() throws Exception {
        assertThat(entries())
                .noneMatch(
                        entry ->
                                entry.startsWith("org/apache/flink/")
                                        && entry.endsWith(".class")
                                        && CONNECTOR.stream().noneMatch(entry::startsWith))
                .noneMatch(
                        entry ->
                                Stream.of(
                                                "org/tensorflow/",
                                                "org/bytedeco/",
                                                "org/slf4j/",
                                                "org/apache/logging/")
                                        .anyMatch(entry::startsWith))
                .doesNotContainAnyElementsOf(classesBeside(Model.class))
                .doesNotContainAnyElementsOf(classesBeside(EmbeddedBroker.class));
    }

    @Test
    void namesItsMainClass() throws IOException {
        try (JarFile jar = new JarFile(path().toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
                    .isEqualTo(TaggingJob.class.getName());
        }
    }

    private static List<String> entries() throws IOException {
        return entries(path());
    }

    private static List<String> entries(Path file) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            return jar.stream().map(ZipEntry::getName).toList();
        }
    }

    /** Those of the module that a class is of, as they are named in a jar. */
    private static List<String> classesBeside(Class<?> one) throws Exception {
        Path place = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (!Files.isDirectory(place)) {
            return entries(place).stream().filter(name -> name.endsWith(".class")).toList();
        }
        try (Stream<Path> files = Files.walk(place)) {
            return files.map(file -> place.relativize(file).toString())
                    .filter(name -> name.endsWith(".class"))
                    .toList();
        }
    }

    private static Path path() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.getFileName().toString().endsWith("-job.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
