package dev.iresnet.chaos.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProcStatTest {
    private static final String REST =
            " 1 7 7 0 -1 4194304 100 0 0 0 5 6 0 0 20 0 41 0 12345 987654321 4321";

    @Test
    void readsStateAndThreads() {
        assertThat(ProcStat.parse("4711 (java) S" + REST)).isEqualTo(new ProcStat('S', 41));
    }

    @Test
    void aProcessThatASignalHasStoppedIsStopped() {
        assertThat(ProcStat.parse("4711 (java) T" + REST).isStopped()).isTrue();
        assertThat(ProcStat.parse("4711 (java) R" + REST).isStopped()).isFalse();
        assertThat(ProcStat.parse("4711 (java) t" + REST).isStopped())
                .as("stopped by a debugger")
                .isFalse();
    }

    @Test
    void theProgramsNameMayHoldAnything() {
        assertThat(ProcStat.parse("4711 (a) T (b) S" + REST).state()).isEqualTo('S');
    }

    @Test
    void anythingElseIsRefused() {
        assertThatThrownBy(() -> ProcStat.parse("4711 (java) S 1 2"))
                .hasMessageContaining("4711 (java) S 1 2");
        assertThatThrownBy(() -> ProcStat.parse("")).hasMessageContaining("''");
    }

    @Test
    void aProcessThatIsGoneHasNone() throws Exception {
        assertThat(ProcStat.of(Long.MAX_VALUE)).isEqualTo(Optional.empty());
        assertThat(ProcStat.of(ProcessHandle.current().pid())).isPresent();
    }
}
