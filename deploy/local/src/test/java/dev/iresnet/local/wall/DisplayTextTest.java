package dev.iresnet.local.wall;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class DisplayTextTest {

    @Test
    void leavesOrdinaryTextsAlone() {
        for (String text : new String[] {"camera-1", "Tür 3 <b>&amp;", "門口", "\uD83D\uDE80 bay"}) {
            assertThat(DisplayText.of(text)).isEqualTo(text);
        }
    }

    @Test
    void cutsBetweenCharacters() {
        String text = "a".repeat(DisplayText.MAX_LENGTH - 1) + "\uD83D\uDE80";

        assertThat(DisplayText.of(text))
                .isEqualTo("a".repeat(DisplayText.MAX_LENGTH - 1) + "\uFFFD…");
    }

    @Test
    void putsSpacesForWhatWouldBreakTheLine() {
        assertThat(DisplayText.of("a\r\nb\u0000c\u2028d")).isEqualTo("a  b c d");
    }

    @Test
    void isShortAndWholeWhateverTheText() {
        Random random = new Random(1);
        for (int round = 0; round < 1000; round++) {
            // every UTF-16 unit, halves of characters among them
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(2 * DisplayText.MAX_LENGTH), 0, 0x10000)
                    .forEach(unit -> text.append((char) unit));

            String shown = DisplayText.of(text.toString());

            assertThat(shown.length()).isLessThanOrEqualTo(DisplayText.MAX_LENGTH + 1);
            assertThat(new String(shown.getBytes(UTF_8), UTF_8)).isEqualTo(shown);
            assertThat(shown.chars()).noneMatch(Character::isISOControl);
        }
    }
}
