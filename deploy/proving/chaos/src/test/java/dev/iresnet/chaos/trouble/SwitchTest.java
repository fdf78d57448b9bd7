package dev.iresnet.chaos.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SwitchTest {

    @TempDir Path directory;

    @Test
    void anOrderHoldsUntilItIsTakenBack() {
        Switch one = new Switch(directory, "device");
        Switch same = new Switch(directory, "device");

        assertThat(same.order()).isEmpty();
        one.on("SLOW");
        assertThat(same.order()).contains("SLOW");
        one.on("FAILS");
        assertThat(same.order()).contains("FAILS");
        one.off();
        one.off();
        assertThat(same.order()).isEmpty();
    }

    @Test
    void whoObeysLeavesEvidence() {
        Switch one = new Switch(directory, "device");

        assertThat(one.evidence()).isEmpty();
        one.obeyed("SLOW at a batch of 3");
        one.obeyed("SLOW at a batch of 4");

        assertThat(one.evidence())
                .hasSize(2)
                .first()
                .asString()
                .contains("pid " + ProcessHandle.current().pid())
                .endsWith("SLOW at a batch of 3");
    }

    @Test
    void switchesOfOneDirectoryAreApart() {
        new Switch(directory, "device").on("SLOW");

        assertThat(new Switch(directory, "storage").order()).isEmpty();
    }
}
