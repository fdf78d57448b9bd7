package dev.iresnet.chaos.gauge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcStatusTest {

    @Test
    void readsMemoryAndThreads() {
        String text =
                """
                Name:\tjava
                VmPeak:\t 4100000 kB
                VmRSS:\t 1092530 kB
                RssAnon:\t  861600 kB
                RssFile:\t  230930 kB
                Threads:\t76
                """;

        assertThat(ProcStatus.parse(text)).isEqualTo(new ProcStatus(1_092_530, 861_600, 76));
    }

    @Test
    void aProcessThatHasEndedHasNoMemory() {
        assertThatThrownBy(() -> ProcStatus.parse("Name:\tjava\nState:\tZ (zombie)\nThreads:\t1\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has ended");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void readsThisProcess() throws IOException {
        ProcStatus status = ProcStatus.parse(Files.readString(Path.of("/proc/self/status")));

        assertThat(status.residentKb()).isGreaterThan(status.anonymousKb());
        assertThat(status.threads()).isPositive();
    }
}
