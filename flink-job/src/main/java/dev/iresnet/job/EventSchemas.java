package dev.iresnet.job;

import dev.iresnet.config.RegistryConfig;
import dev.iresnet.event.ImageEventFrameReader;
import dev.iresnet.event.SchemaLookups;
import dev.iresnet.kafka.RegistryClient;
import dev.iresnet.schemas.RegistryFormat;
import dev.iresnet.schemas.SingleObjectFormat;
import dev.iresnet.schemas.UnreadableRecordException;
import dev.iresnet.schemas.avro.ImageEvent;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.Schema;

/**
 * How the writer schemas of events are found.
 *
 * @param writerSchemas as JSON, besides those that are known anyway
 */
record EventSchemas(List<String> writerSchemas, RegistryConfig registry) implements Serializable {
    EventSchemas {
        writerSchemas = List.copyOf(writerSchemas);
    }

    /** Both framings are told apart by their first byte, so producers can change one by one. */
    ImageEventFrameReader.Decoder decoder() {
        SingleObjectFormat<ImageEvent> single =
                SingleObjectFormat.ofImageEvents(
                        writerSchemas.stream()
                                .map(schema -> new Schema.Parser().parse(schema))
                                .toList());
        if (!registry.isThere()) {
            return single::decode;
        }
        return new BothFramings(
                single,
                RegistryFormat.ofImageEvents(
                        RegistryClient.open(registry), registry.giveUpAfter()));
    }

    private record BothFramings(
            SingleObjectFormat<ImageEvent> single, RegistryFormat<ImageEvent> registered)
            implements ImageEventFrameReader.Decoder {
        @Override
        public ImageEvent decode(byte[] value) throws UnreadableRecordException {
            return RegistryFormat.begins(value) ? registered.decode(value) : single.decode(value);
        }

        @Override
        public CompletableFuture<Void> prepare(byte[] value) {
            return registered.prepare(value);
        }

        @Override
        public SchemaLookups lookups() {
            return new SchemaLookups(registered.waiting(), registered.isAway());
        }

        @Override
        public void close() {
            registered.close();
        }
    }
}
