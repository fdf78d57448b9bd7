package dev.iresnet.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.Event;
import org.tensorflow.types.TString;

class EventFileTest {
    @TempDir private Path folder;

    /** By TensorFlow's own reader, which checks the records. */
    @Test
    void writesEventsThatTensorFlowReads() throws IOException {
        try (EventFile events = EventFile.create(folder, 1_700_000_000_123L)) {
            events.write(7, 1_700_000_000_456L, Map.of("loss", 0.5));
        }
        Path file = folder.resolve("events.out.tfevents.1700000000.123");
        try (Graph graph = new Graph();
                Session session = new Session(graph)) {
            Ops tf = Ops.create(graph);
            var queue = tf.io.fifoQueue(List.of(TString.class));
            var fill = tf.io.queueEnqueue(queue, List.of(tf.constant(file.toString())));
            var record = tf.io.readerRead(tf.io.tfRecordReader(), queue).value();
            session.runner().addTarget(fill).run().close();
            List<Event> events = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                try (Result result = session.runner().fetch(record).run()) {
                    byte[] bytes = ((TString) result.get(0)).asBytes().getObject();
                    events.add(Event.parseFrom(bytes));
                }
            }
            assertThat(events.get(0).getFileVersion()).isEqualTo("brain.Event:2");
            assertThat(events.get(1).getStep()).isEqualTo(7);
            assertThat(events.get(1).getSummary().getValue(0).getTag()).isEqualTo("loss");
            assertThat(events.get(1).getSummary().getValue(0).getSimpleValue()).isEqualTo(0.5f);
        }
    }
}
