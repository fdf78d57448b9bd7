package dev.iresnet.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.weights.Checkpoint;
import dev.iresnet.zoo.Weight;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Weights in the safetensors format, which {@code iresnet import} and PyTorch read. */
final class WeightFile {
    private WeightFile() {}

    static void write(Path file, List<Weight> weights, Map<String, float[]> values)
            throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode header = mapper.createObjectNode();
        long offset = 0;
        for (Weight weight : weights) {
            ObjectNode entry = header.putObject(weight.key()).put("dtype", "F32");
            weight.shape().forEach(entry.putArray("shape")::add);
            long end = offset + weight.size() * Float.BYTES;
            entry.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] json = mapper.writeValueAsBytes(header);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(
                    ByteBuffer.allocate(Long.BYTES)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(json.length)
                            .array());
            out.write(json);
            for (Weight weight : weights) {
                float[] of = Objects.requireNonNull(values.get(weight.key()));
                ByteBuffer bytes =
                        ByteBuffer.allocate(of.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(of);
                out.write(bytes.array());
            }
        }
    }

    static Map<String, float[]> read(Path file) {
        Map<String, float[]> values = new LinkedHashMap<>();
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            checkpoint.shapes().keySet().forEach(key -> values.put(key, checkpoint.read(key)));
        }
        return values;
    }
}
