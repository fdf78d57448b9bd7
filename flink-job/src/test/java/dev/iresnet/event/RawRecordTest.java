package dev.iresnet.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RawRecordTest {
    private static final RecordHeader EMPTY = new RecordHeader("", null);

    @Test
    void countsKeyValueAndHeaders() {
        List<RecordHeader> headers = List.of(new RecordHeader("name", new byte[10]), EMPTY);
        assertThat(record(new byte[3], new byte[1_000], headers).memory())
                .isEqualTo(3 + 1_000 + (96 + 4 + 10) + 96);
        assertThat(record(null, null, List.of()).memory()).isZero();
    }

    /** Two bytes each on the wire: a mebibyte of them is fifty in memory. */
    @Test
    void manyEmptyHeadersAreNotFree() {
        assertThat(record(null, null, Collections.nCopies(500_000, EMPTY)).memory())
                .isEqualTo(48_000_000);
    }

    private static RawRecord record(
            byte @Nullable [] key, byte @Nullable [] value, List<RecordHeader> headers) {
        return new RawRecord("frames", 0, 0, 0, key, value, headers);
    }
}
