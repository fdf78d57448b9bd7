package dev.iresnet.proving.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.iresnet.proving.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the programs of the schemas' README, with a made-up job to answer them. */
@Timeout(120)
class SchemasReadmeIT {
    private static final String PYTHON = System.getenv().getOrDefault("PYTHON", "python3");

    @TempDir private Path directory;

    @Test
    void itsJavaProgramsWork() throws Exception {
        assertThat(check("java")).contains("sent from java", "read in java", "programs work");
    }

    @Test
    void itsPythonProgramsWork() throws Exception {
        assumeTrue(hasPythonLibraries(), "needs Python with confluent-kafka and fastavro");

        assertThat(check("python")).contains("sent from python", "read in python");
    }

    private String check(String language) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                MadeUpJob job = new MadeUpJob(broker.bootstrapServers(), topic -> topic)) {
            broker.createTopic("in", 2);
            broker.createTopic("out", 2);
            Path said = directory.resolve("said.txt");
            Process check = start(broker, language, said);
            try {
                job.read(1);
                job.answerAll();
                job.commit();
                int status = check.waitFor();
                assertThat(status).as(Files.readString(said)).isZero();
                return Files.readString(said);
            } finally {
                check.destroy();
            }
        }
    }

    private Process start(EmbeddedBroker broker, String language, Path said) throws IOException {
        Path picture = Files.writeString(directory.resolve("picture.jpg"), "not looked at");
        ProcessBuilder command =
                new ProcessBuilder(
                        "../../schemas/bin/check-readme",
                        broker.bootstrapServers(),
                        "in",
                        "out",
                        picture.toString());
        command.environment()
                .putAll(
                        Map.of(
                                "CHECK_LANGUAGES", language,
                                "CLASS_PATH", System.getProperty("java.class.path"),
                                "PYTHON", PYTHON));
        return command.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    }

    private static boolean hasPythonLibraries() throws InterruptedException {
        try {
            return new ProcessBuilder(PYTHON, "-c", "import confluent_kafka, fastavro")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
