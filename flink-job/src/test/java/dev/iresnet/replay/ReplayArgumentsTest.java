package dev.iresnet.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.config.ConfigException;
import dev.iresnet.event.FailureCode;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayArgumentsTest {

    @Test
    void leavesTheJobsArgumentsToTheJob() {
        ReplayArguments read =
                ReplayArguments.read(
                        List.of(
                                "--config",
                                "job.yaml",
                                "--codes",
                                "IMAGE_NOT_FOUND,image_unreachable",
                                "--since=2026-01-31T12:00:00Z",
                                "--input.topics=frames"));

        assertThat(read.codes())
                .containsExactlyInAnyOrder(
                        FailureCode.IMAGE_NOT_FOUND, FailureCode.IMAGE_UNREACHABLE);
        assertThat(read.since()).isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
        assertThat(read.execute()).isFalse();
        assertThat(read.ofTheJob())
                .containsExactly("--config", "job.yaml", "--input.topics=frames");
    }

    @Test
    void allIsEveryCode() {
        assertThat(ReplayArguments.read(List.of("--codes=all", "--execute")).codes())
                .containsExactlyInAnyOrder(FailureCode.values());
    }

    @Test
    void nothingIsChosenByItself() {
        assertThatThrownBy(() -> ReplayArguments.read(List.of("--execute")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("--codes is required");
    }

    @Test
    void namesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> ReplayArguments.read(List.of("--codes", "IMAGE_LOST")))
                .hasMessageContaining("'IMAGE_LOST'")
                .hasMessageContaining("IMAGE_NOT_FOUND");
        assertThatThrownBy(() -> ReplayArguments.read(List.of("--codes=all", "--since=today")))
                .hasMessageContaining("got 'today'");
        assertThatThrownBy(() -> ReplayArguments.read(List.of("--codes")))
                .hasMessageContaining("--codes has no value");
    }
}
