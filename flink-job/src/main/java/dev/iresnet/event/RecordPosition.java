package dev.iresnet.event;

/** Where a record was read. */
public record RecordPosition(String topic, int partition, long offset) {
    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
