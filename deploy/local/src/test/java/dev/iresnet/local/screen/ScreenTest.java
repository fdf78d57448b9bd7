package dev.iresnet.local.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScreenTest {

    private static final Progress PROGRESS =
            new Progress(
                    Duration.ofMillis(12_340),
                    1200,
                    1180,
                    2,
                    98.4,
                    new Progress.Quantiles(24, 40, 61),
                    List.of(
                            new Sighting("cam-3", "ship", 0.994, 20),
                            new Sighting("cam-1", "", 0, 20)));

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void printsWholeLinesAndNoneTwiceWhereItIsNoTerminal() {
        Screen screen = screen(false, 0);
        screen.say("Kafka is up");
        screen.show(PROGRESS);
        screen.show(PROGRESS);

        assertThat(text())
                .isEqualTo(
                        "Kafka is up\n 12.3 s  in 1,200  labelled 1,180  dead-lettered 2  98/s  latency p50 24 p99 61 ms  cam-3: ship 99%  cam-1: no label\n"
                                .replace("\n", System.lineSeparator()));
    }

    @Test
    void writesOverOneLineOfATerminalAndKeepsItInItsWidth() {
        Screen screen = screen(true, 41);
        screen.show(PROGRESS);
        screen.show(PROGRESS);
        screen.say("done");

        String line = "\r\u001b[K 12.3 s  in 1,200  labelled 1,180  dead-";
        assertThat(text()).isEqualTo(line + line + "%ndone%n".formatted());
    }

    private Screen screen(boolean terminal, int width) {
        return new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal, width);
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
