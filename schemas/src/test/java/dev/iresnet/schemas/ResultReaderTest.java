package dev.iresnet.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ResultReaderTest {
    private final ResultReader reader = new ResultReader();

    @Test
    void readsWhatTheJobWritesInEitherFormat() throws Exception {
        byte[] avro = SingleObjectFormat.ofLabeledResults().encode(Samples.result());
        byte[] json = new ResultJson().encode(Samples.result());

        assertThat(reader.decode(avro)).isEqualTo(Samples.result());
        assertThat(reader.decode(json)).isEqualTo(Samples.result());
    }

    @Test
    void whatIsNeitherIsUnreadable() {
        assertThatThrownBy(() -> reader.decode("{".getBytes(UTF_8)))
                .isInstanceOf(UnreadableRecordException.class);
        assertThatThrownBy(() -> reader.decode("label".getBytes(UTF_8)))
                .isInstanceOf(UnreadableRecordException.class);
    }
}
