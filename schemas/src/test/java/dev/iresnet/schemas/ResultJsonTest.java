package dev.iresnet.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.iresnet.schemas.UnreadableRecordException.Kind;
import dev.iresnet.schemas.avro.LabeledResult;
import dev.iresnet.schemas.avro.ResultStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultJsonTest {
    private static final String TEXT =
            """
            {"eventId":"3f0c","cameraId":"gate-é","frameNumber":77,\
            "capturedAt":"2026-03-01T12:00:00.123456Z","inferredAt":"2026-03-01T12:00:01.000000Z",\
            "model":{"name":"demo","version":3,"digest":"%s"},"status":"LABELED",\
            "labels":[{"index":5,"name":"dog","score":0.75},{"index":3,"name":"cat","score":0.1}],\
            "timings":{"queueMicros":10,"decodeMicros":20,"batchWaitMicros":30,\
            "inferenceMicros":40,"batchSize":8},\
            "source":{"topic":"image-events","partition":2,"offset":1234}}"""
                    .formatted("ab".repeat(32));

    private static final String MORE =
            """
            ,"width":640,"height":480,"detections":[\
            {"index":5,"name":"dog","score":0.75,\
            "box":{"xMin":0.0,"yMin":1.5,"xMax":320.25,"yMax":480.0}},\
            {"index":3,"name":"cat","score":0.5,\
            "box":{"xMin":8.0,"yMin":8.0,"xMax":16.0,"yMax":24.0}}],\
            "clip":null,"region":null}""";

    private final ResultJson json = new ResultJson();

    @Test
    void writesPlainJson() {
        assertThat(new String(json.encode(Samples.result()), UTF_8)).isEqualTo(TEXT);
    }

    @Test
    void writesWhatADetectorFinds() throws UnreadableRecordException {
        String detections =
                TEXT.replaceAll("\"labels\":\\[.*?],", "\"labels\":[],").replaceAll("}$", MORE);

        assertThat(new String(json.encode(Samples.detections()), UTF_8)).isEqualTo(detections);
        assertThat(read(detections)).isEqualTo(Samples.detections());
    }

    @Test
    void readsAllThatAResultCanTell() throws UnreadableRecordException {
        assertThat(json.decode(json.encode(Samples.wholeResult())))
                .isEqualTo(Samples.wholeResult());
    }

    @Test
    void readsWhatItWrote() throws UnreadableRecordException {
        assertThat(read(TEXT)).isEqualTo(Samples.result());
    }

    @Test
    void passesOverMembersOfNewerWriters() throws UnreadableRecordException {
        LabeledResult result =
                read(
                        TEXT.replace("\"status\":\"LABELED\"", "\"status\":\"NEWER\",\"x\":{}")
                                .replace("\"frameNumber\":77,", ""));

        assertThat(result.getStatus()).isEqualTo(ResultStatus.UNKNOWN);
        assertThat(result.getFrameNumber()).isEqualTo(-1);
    }

    @Test
    void missingListsAreEmpty() throws UnreadableRecordException {
        String without = TEXT.replaceAll("\"labels\":\\[.*?],", "");

        assertThat(without).isNotEqualTo(TEXT);
        assertThat(read(without).getLabels()).isEqualTo(List.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"eventId\":\"3f0c\",        |                      | eventId is missing",
                "\"eventId\":\"3f0c\"         | \"eventId\":1        | eventId must be a string",
                "\"frameNumber\":77           | \"frameNumber\":7.5  | frameNumber must be a long",
                "\"partition\":2              | \"partition\":2e10   | integer overflow",
                "\"score\":0.75               | \"score\":\"high\"   | score must be a number",
                "\"labels\":[                 | \"labels\":7,\"x\":[ | labels must be an array",
                "\"source\":{                 | \"source\":7,\"x\":{ | SourcePosition must be an object",
                "12:00:01.000000Z             | noon                 | could not be parsed",
                "\"source\":{                 | \"width\":1.5,\"source\":{ | width must be a long",
                "\"source\":{                 | \"clip\":[],\"source\":{  | Clip must be an object",
                "\"source\":{                 | \"detections\":null,\"source\":{ | detections must be an array",
                "\"source\":{                 | \"detections\":[{\"index\":1,\"name\":\"a\",\"score\":1}],\"source\":{ | box is missing"
            })
    void namesTheMemberThatIsWrong(String part, String replacement, String why) {
        String wrong = TEXT.replace(part, replacement == null ? "" : replacement);

        assertThatThrownBy(() -> read(wrong))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining(why)
                .extracting(e -> ((UnreadableRecordException) e).kind())
                .isEqualTo(Kind.CORRUPT);
    }

    @Test
    void refusesWhatIsNotJson() {
        for (String text : List.of("", "null", "[]", "{", "\u00c3\u0001")) {
            assertThatThrownBy(() -> read(text)).isInstanceOf(UnreadableRecordException.class);
        }
    }

    private LabeledResult read(String text) throws UnreadableRecordException {
        return json.decode(text.getBytes(UTF_8));
    }
}
