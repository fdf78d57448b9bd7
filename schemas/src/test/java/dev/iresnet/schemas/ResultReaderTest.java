package dev.iresnet.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.schemas.avro.LabeledResult;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ResultReaderTest {
    private final ResultReader reader = new ResultReader();

    @Test
    void readsWhatTheJobWritesInEitherFormat() throws Exception {
        for (LabeledResult result : List.of(Samples.result(), Samples.wholeResult())) {
            byte[] avro = SingleObjectFormat.ofLabeledResults().encode(result);
            byte[] json = new ResultJson().encode(result);

            assertThat(reader.decode(avro)).isEqualTo(result);
            assertThat(reader.decode(json)).isEqualTo(result);
        }
    }

    @Test
    void whatIsNeitherIsUnreadable() {
        assertThatThrownBy(() -> reader.decode("{".getBytes(UTF_8)))
                .isInstanceOf(UnreadableRecordException.class);
        assertThatThrownBy(() -> reader.decode("label".getBytes(UTF_8)))
                .isInstanceOf(UnreadableRecordException.class);
    }
}
