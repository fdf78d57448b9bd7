package dev.iresnet.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final StringWriter err = new StringWriter();
    private final AtomicLong clock = new AtomicLong();
    private final Progress progress =
            new Progress(new PrintWriter(err), "pictures", 2000, clock::get);

    private void pass(int seconds, int pictures) {
        clock.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
        progress.advance(pictures);
    }

    @Test
    void shortWorkIsSilent() {
        pass(4, 1999);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void tellsEveryFiveSecondsHowFarItHasCome() {
        pass(5, 500);
        pass(4, 10);
        pass(1, 990);
        assertThat(err.toString())
                .isEqualTo(
                        """
                        iresnet: 500 of 2,000 pictures (25%)
                        iresnet: 1,500 of 2,000 pictures (75%)
                        """);
    }

    @Test
    void theEndIsToldByTheResult() {
        pass(60, 2000);
        assertThat(err.toString()).isEmpty();
    }
}
