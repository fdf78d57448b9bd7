package dev.iresnet.benchmark.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.chaos.process.RunDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerProcessIT {
    @TempDir private Path directory;

    @SuppressWarnings("NullAway.Init") // set before each test
    private WorkerProcess worker;

    @BeforeEach
    void start() throws IOException {
        Workers workers = new Workers(new RunDirectory(directory), List.of());
        worker = workers.start("echo", EchoWorker.class, "32m", new EchoWorker.Task("echo of"));
    }

    @AfterEach
    void end() {
        worker.close();
    }

    private String ask(String word) throws IOException {
        return worker.ask(new EchoWorker.Task(word)).asText();
    }

    @Test
    void answersOneOrderAfterTheOther() throws IOException {
        assertThat(ask("one")).isEqualTo("echo of one");
        assertThat(ask("two")).isEqualTo("echo of two");
    }

    @Test
    void whatLibrariesPrintIsNoAnswer() throws IOException {
        assertThat(ask("print")).isEqualTo("echo of print");
    }

    @Test
    void tellsWhyItFailed() {
        assertThatThrownBy(() -> ask("fail")).hasMessageContainingAll("echo", "as ordered");
    }

    @Test
    void tellsThatItHasEnded() {
        assertThatThrownBy(() -> ask("end")).hasMessageContaining("status 3");
    }
}
