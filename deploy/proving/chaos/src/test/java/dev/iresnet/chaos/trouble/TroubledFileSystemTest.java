package dev.iresnet.chaos.trouble;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ServiceLoader;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TroubledFileSystemTest {

    @TempDir java.nio.file.Path directory;
    @TempDir java.nio.file.Path control;

    private FileSystem files;
    private Path file;

    @BeforeEach
    void create() throws Exception {
        TroubledFileSystemFactory factory = new TroubledFileSystemFactory();
        Configuration configuration = new Configuration();
        configuration.set(TroubledFileSystemFactory.CONTROL, control.toString());
        factory.configure(configuration);
        files = factory.create(URI.create("chaos:///"));
        file = new Path("chaos://" + directory.resolve("a/b"));
    }

    @Test
    void isFoundAsAService() {
        assertThat(ServiceLoader.load(FileSystemFactory.class))
                .extracting(FileSystemFactory::getScheme)
                .contains("chaos");
    }

    @Test
    void whatIsWrittenIsReadAndListedUnderItsScheme() throws Exception {
        write();

        try (FSDataInputStream in = files.open(file)) {
            assertThat(in.readAllBytes()).isEqualTo("state".getBytes(UTF_8));
        }
        FileStatus[] found = files.listStatus(file.getParent());
        assertThat(found).hasSize(1);
        assertThat(found[0].getPath()).isEqualTo(file);
        assertThat(Files.readString(directory.resolve("a/b"))).isEqualTo("state");
        assertThat(files.delete(file, false)).isTrue();
        assertThat(directory.resolve("a/b")).doesNotExist();
    }

    @Test
    void nothingWorksWhileItIsSwitchedOffAndAllOfItAfterwards() throws Exception {
        Switch storage = new Switch(control, TroubledFileSystemFactory.SWITCH);
        storage.on("fail");

        assertThatThrownBy(this::write).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> files.getFileStatus(file)).isInstanceOf(IOException.class);
        assertThat(storage.evidence()).hasSize(2);

        storage.off();
        write();
        assertThat(files.getFileStatus(file).getLen()).isEqualTo(5);
    }

    private void write() throws IOException {
        try (FSDataOutputStream out = files.create(file, FileSystem.WriteMode.NO_OVERWRITE)) {
            out.write("state".getBytes(UTF_8));
        }
    }
}
