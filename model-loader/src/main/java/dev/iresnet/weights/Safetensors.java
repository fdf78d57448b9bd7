package dev.iresnet.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.iresnet.weights.MappedFile.Region;
import dev.iresnet.weights.NetworkKeys.TensorDict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Hugging Face's container: the length of a JSON header (64 bits), the header ({@code {"key":
 * {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, …}}), then the elements.
 *
 * <p>After the format's description in huggingface/safetensors, {@code README.md}: tensors fill the
 * data without holes or overlaps.
 */
final class Safetensors {
    private static final int MAX_HEADER = 1 << 26;
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(4)
                                    .maxStringLength(1 << 20)
                                    .maxNumberLength(20)
                                    .build())
                    .build();

    private final MappedFile file;
    private final long data;
    private final List<Entry> entries = new ArrayList<>();

    private Safetensors(MappedFile file, long data) {
        this.file = file;
        this.data = data;
    }

    /** One tensor of the header; offsets in bytes from the data's beginning. */
    private record Entry(String key, Dtype dtype, TensorShape shape, long begin, long end) {}

    static Checkpoint read(MappedFile file, Optional<String> wanted) {
        long length = file.int64(0);
        if (length < 0 || length > MAX_HEADER) {
            throw file.refuse(
                    "its header claims %d bytes, at most %d are read"
                            .formatted(length, MAX_HEADER));
        }
        file.require(Long.BYTES, length, "the header");
        Safetensors container = new Safetensors(file, Long.BYTES + length);
        container.parse(file.bytes(Long.BYTES, (int) length));
        return container.checkpoint(wanted);
    }

    private void parse(byte[] header) {
        try (JsonParser json = JSON.createParser(header)) {
            json.nextToken(); // the brace by which the format was told
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String key = json.currentName();
                expect(json.nextToken() == JsonToken.START_OBJECT, key + " is no object");
                if (key.equals("__metadata__")) {
                    json.skipChildren();
                } else {
                    entries.add(entry(key, json));
                }
            }
        } catch (JsonProcessingException e) {
            throw file.refuse("header: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw file.refuse("header: " + e.getMessage());
        }
    }

    private Entry entry(String key, JsonParser json) throws IOException {
        String dtype = "";
        List<Long> shape = List.of();
        List<Long> offsets = List.of();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "dtype" -> dtype = json.getText();
                case "shape" -> shape = numbers(key, json);
                case "data_offsets" -> offsets = numbers(key, json);
                default -> throw file.refuse("header: tensor " + key + " has a field " + field);
            }
        }
        return entry(key, dtype, shape, offsets);
    }

    private Entry entry(String key, String name, List<Long> shape, List<Long> offsets) {
        expect(offsets.size() == 2, "tensor " + key + " has no two data_offsets");
        Dtype dtype =
                Dtype.ofSafetensors(name)
                        .orElseThrow(
                                () ->
                                        file.refuse(
                                                "tensor %s has dtype %s, which is not read"
                                                        .formatted(key, name)));
        TensorShape extents = file.shape(key, shape);
        long bytes = (long) extents.elements() * dtype.bytes();
        expect(
                offsets.get(1) - offsets.get(0) == bytes,
                "tensor %s of shape %s takes %d bytes, its data_offsets are %s"
                        .formatted(key, extents, bytes, offsets));
        return new Entry(key, dtype, extents, offsets.get(0), offsets.get(1));
    }

    private List<Long> numbers(String key, JsonParser json) throws IOException {
        expect(json.currentToken() == JsonToken.START_ARRAY, "tensor " + key + " is malformed");
        List<Long> numbers = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            expect(
                    json.currentToken() == JsonToken.VALUE_NUMBER_INT && json.getLongValue() >= 0,
                    "tensor " + key + " has a size or offset that is no natural number");
            numbers.add(json.getLongValue());
        }
        return numbers;
    }

    private Checkpoint checkpoint(Optional<String> wanted) {
        expect(!entries.isEmpty(), "names no tensors");
        requireGapless();
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        Map<String, Integer> ranks = new LinkedHashMap<>();
        for (Entry e : entries) {
            Region region =
                    new Region(
                            file,
                            e.key(),
                            data + e.begin(),
                            e.end() - e.begin(),
                            OptionalLong.empty());
            tensors.put(e.key(), StoredTensor.contiguous(e.key(), region, e.dtype(), e.shape()));
            ranks.put(e.key(), e.shape().rank());
        }
        NetworkKeys keys = NetworkKeys.find(file, List.of(new TensorDict("", ranks)), wanted);
        Map<String, StoredTensor> named = new LinkedHashMap<>();
        keys.byName()
                .forEach(
                        (name, key) -> {
                            StoredTensor tensor = tensors.get(key);
                            if (tensor != null) {
                                named.put(name, tensor);
                            }
                        });
        return new MappedCheckpoint(file, named, keys.notes(), List.of());
    }

    private void requireGapless() {
        long next = 0;
        for (Entry e : entries.stream().sorted(Comparator.comparingLong(Entry::begin)).toList()) {
            expect(
                    e.begin() == next,
                    "tensor %s begins at %d, the one before ends at %d"
                            .formatted(e.key(), e.begin(), next));
            next = e.end();
        }
        if (data + next != file.size()) {
            throw file.refuse(
                    "its tensors end at byte %d, the file at byte %d: truncated or damaged"
                            .formatted(data + next, file.size()));
        }
    }

    private void expect(boolean holds, String what) {
        if (!holds) {
            throw file.refuse("header: " + what);
        }
    }
}
