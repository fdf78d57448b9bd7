package dev.iresnet.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.iresnet.config.OutputConfig;
import dev.iresnet.event.Frame;
import dev.iresnet.event.RecordHeader;
import dev.iresnet.operator.OutboundRecord;
import dev.iresnet.schemas.RegistryEncoder;
import dev.iresnet.schemas.ResultJson;
import dev.iresnet.schemas.SingleObjectFormat;
import dev.iresnet.schemas.avro.LabeledResult;
import dev.iresnet.serving.Outcome;

import java.util.List;
import java.util.function.Function;

/** A result as a record: the camera's name is the key, the frame's headers are carried over. */
final class ResultEncoder {
    /** Bytes of a character at most: of a control character in JSON. */
    private static final int CHARACTER = 6;

    /** Characters of a label's name that {@link #largest} allows for. */
    static final int LABEL_NAME = 64;

    /** In JSON, without its name. */
    private static final int LABEL = 64;

    /** All but ids and labels: numbers, model, topic, JSON's names. */
    private static final int REST = 8 << 10;

    private final Function<LabeledResult, byte[]> format;
    private final int limit;

    /**
     * Makes one.
     *
     * @param limit bytes of a record at most
     */
    ResultEncoder(OutputConfig output, ResultSchema schema, int limit) {
        this.format =
                switch (output.format()) {
                    case AVRO -> framed(output.framing(), schema);
                    case JSON -> new ResultJson()::encode;
                };
        this.limit = limit;
    }

    private static Function<LabeledResult, byte[]> framed(
            OutputConfig.Framing framing, ResultSchema schema) {
        return switch (framing) {
            case SINGLE_OBJECT -> SingleObjectFormat.ofLabeledResults()::encode;
            case CONFLUENT -> new RegistryEncoder(schema.id())::encode;
        };
    }

    /**
     * Bytes of a result without its headers, in either format, at most.
     *
     * @param labels a result
     */
    static long largest(int labels) {
        // the camera's id is the key, too
        return 3L * Frame.MAX_ID_LENGTH * CHARACTER
                + REST
                + labels * (LABEL + (long) LABEL_NAME * CHARACTER);
    }

    OutboundRecord encode(Outcome.Labeled labeled) {
        byte[] key = labeled.result().getCameraId().getBytes(UTF_8);
        byte[] value = format.apply(labeled.result());
        OutboundRecord whole = new OutboundRecord(key, value, labeled.record().headers());
        return RecordSize.of(whole) <= limit ? whole : withoutHeaders(whole);
    }

    /** A frame of the largest size may be all headers; its result must still find its way out. */
    private static OutboundRecord withoutHeaders(OutboundRecord record) {
        return new OutboundRecord(
                record.key(),
                record.value(),
                List.of(
                        new RecordHeader(
                                HeaderNames.HEADERS_OMITTED,
                                Integer.toString(record.headers().size()).getBytes(UTF_8))));
    }
}
