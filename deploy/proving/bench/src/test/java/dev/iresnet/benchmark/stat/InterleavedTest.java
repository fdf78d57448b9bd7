package dev.iresnet.benchmark.stat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterleavedTest {
    private final List<String> order = new ArrayList<>();
    private double next;

    private double measure(String side) {
        order.add(side);
        next++;
        return next;
    }

    @Test
    void sidesTakeTurnsInGoingFirstAfterARoundThatDoesNotCount() throws IOException {
        Interleaved sides = Interleaved.run(3, () -> measure("a"), () -> measure("b"));

        assertThat(order).containsExactly("a", "b", "a", "b", "b", "a", "a", "b");
        assertThat(sides.first().rounds()).containsExactly(3.0, 6.0, 7.0);
        assertThat(sides.second().rounds()).containsExactly(4.0, 5.0, 8.0);
    }

    @Test
    void comparesRoundByRound() throws IOException {
        Interleaved sides = Interleaved.run(2, () -> measure("a"), () -> measure("b"));

        assertThat(sides.ratio().rounds()).containsExactly(3.0 / 4, 6.0 / 5);
    }
}
