package dev.iresnet.benchmark.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.benchmark.experiment.Conditions;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchMainTest {

    private static Conditions conditions(String... arguments) {
        BenchMain main = new BenchMain();
        new CommandLine(main).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
        return main.conditions();
    }

    @Test
    void takesSevenRoundsUnlessItIsToBeQuick() {
        assertThat(conditions()).isEqualTo(Conditions.FULL);
        assertThat(conditions("--quick")).isEqualTo(Conditions.QUICK);
        assertThat(conditions().isFull()).isTrue();
        assertThat(conditions("--quick").isFull()).isFalse();
    }

    @Test
    void takesOtherRoundsAndAnotherDevice() {
        assertThat(conditions("--rounds", "11", "--seconds", "3.5", "--device", "gpu"))
                .isEqualTo(new Conditions(11, 3.5, Conditions.Device.GPU));
    }
}
