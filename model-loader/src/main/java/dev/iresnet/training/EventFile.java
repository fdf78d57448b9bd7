package dev.iresnet.training;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32C;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;

/** Figures in a file that TensorBoard reads: TensorFlow's records of events. */
final class EventFile implements AutoCloseable {
    private static final int MASK = 0xa282ead8;

    private final OutputStream out;

    private EventFile(OutputStream out) {
        this.out = out;
    }

    /**
     * Begins a file beside those of earlier runs. TensorBoard drops what they have of the steps
     * that this one writes.
     *
     * @param millis time in the file's name, by which TensorBoard sorts
     */
    static EventFile create(Path directory, long millis) throws IOException {
        Files.createDirectories(directory);
        Path file =
                directory.resolve(
                        "events.out.tfevents.%d.%03d".formatted(millis / 1000, millis % 1000));
        EventFile events = new EventFile(Files.newOutputStream(file));
        events.write(Event.newBuilder().setWallTime(millis / 1e3).setFileVersion("brain.Event:2"));
        return events;
    }

    void write(long step, long millis, Map<String, Double> figures) throws IOException {
        Summary.Builder summary = Summary.newBuilder();
        figures.forEach(
                (name, value) ->
                        summary.addValueBuilder().setTag(name).setSimpleValue(value.floatValue()));
        write(Event.newBuilder().setWallTime(millis / 1e3).setStep(step).setSummary(summary));
    }

    /** Length, its check, content, its check. */
    private void write(Event.Builder event) throws IOException {
        byte[] content = event.build().toByteArray();
        ByteBuffer record = ByteBuffer.allocate(content.length + 16).order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(content.length);
        record.putInt(check(record.array(), 8));
        record.put(content);
        record.putInt(check(content, content.length));
        out.write(record.array());
    }

    private static int check(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        int value = (int) crc.getValue();
        return ((value >>> 15) | (value << 17)) + MASK;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
