package dev.iresnet.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class MicrosTest {

    @Test
    void writesSixDecimalsAlways() {
        assertThat(Micros.format(Instant.EPOCH)).isEqualTo("1970-01-01T00:00:00.000000Z");
        assertThat(Micros.format(Instant.ofEpochSecond(1, 999_999_999)))
                .isEqualTo("1970-01-01T00:00:01.999999Z");
    }

    @Test
    void readsAnyNumberOfDecimals() {
        assertThat(Micros.parse("1970-01-01T00:00:00.000001Z"))
                .isEqualTo(Instant.EPOCH.plusNanos(1_000));
        assertThat(Micros.parse("1970-01-01T00:00:00Z")).isEqualTo(Instant.EPOCH);
    }
}
