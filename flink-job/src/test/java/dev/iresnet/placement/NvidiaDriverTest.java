package dev.iresnet.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NvidiaDriverTest {

    @TempDir private Path directory;

    @ParameterizedTest
    @CsvSource({
        "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.104.05  Sat Aug 19 01:15:15 UTC 2023,"
                + " 535.104.05",
        "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  550.54.15  Release Build "
                + " (dvs-builder@U16)  Tue Mar  5 22:15:33 UTC 2024, 550.54.15",
        "GCC version:  gcc version 12.2.0, ''",
    })
    void readsTheVersionOfTheKernelModule(String line, String version) throws IOException {
        Path file = Files.writeString(directory.resolve("version"), line + "\nGCC version: 12\n");

        assertThat(NvidiaDriver.read(file).version()).isEqualTo(version);
    }

    @Test
    void knowsThatThereIsNone() {
        assertThat(NvidiaDriver.read(directory.resolve("version")).diagnosis())
                .contains("shows no NVIDIA driver");
    }

    @ParameterizedTest
    @CsvSource({
        "525.60.11, older than 525.60.13",
        "470.223.02, older than 525.60.13",
        "525.60.13, new enough",
        "525.105.17, new enough",
        "1000.1, new enough"
    })
    void comparesVersionsByTheirNumbers(String version, String words) {
        assertThat(new NvidiaDriver(version).diagnosis()).contains(words).contains(version);
    }
}
