package dev.iresnet.weights;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes checkpoints as {@code torch.save} and safetensors do. */
final class CheckpointWriter {
    private CheckpointWriter() {}

    /** The containers that are read. */
    enum Format {
        ZIP {
            @Override
            byte[] write(List<SavedTensor> tensors) {
                return zip(stateDict(tensors), tensors);
            }
        },
        STREAM {
            @Override
            byte[] write(List<SavedTensor> tensors) {
                return stream(stateDict(tensors), tensors);
            }
        },
        SAFETENSORS {
            @Override
            byte[] write(List<SavedTensor> tensors) {
                return safetensors(tensors);
            }
        };

        abstract byte[] write(List<SavedTensor> tensors);
    }

    /** A pickled OrderedDict with its {@code _metadata}. */
    static byte[] stateDict(List<SavedTensor> tensors) {
        PickleWriter pickle = PickleWriter.protocol2();
        items(pickle.orderedDict(), tensors);
        return pickle.op('}').string("_metadata").orderedDict().op('s').op('b').stop().bytes();
    }

    /** The tensors as items of the dict on the pickle's stack. */
    static PickleWriter items(PickleWriter pickle, List<SavedTensor> tensors) {
        pickle.op('(');
        for (SavedTensor tensor : tensors) {
            tensor(pickle.string(tensor.key()), tensor);
        }
        return pickle.op('u');
    }

    static PickleWriter tensor(PickleWriter pickle, SavedTensor tensor) {
        return pickle.global("torch._utils", "_rebuild_tensor_v2")
                .op('(')
                .storage(tensor.dtype().torchStorage(), tensor.key(), tensor.storage().size())
                .integer(tensor.offset())
                .integers(tensor.sizes())
                .integers(tensor.strides())
                .op(0x89)
                .orderedDict()
                .op('t')
                .op('R');
    }

    static byte[] zip(byte[] pickle, List<SavedTensor> tensors) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("net/data.pkl", pickle);
        entries.put("net/byteorder", ascii("little"));
        tensors.forEach(t -> entries.put("net/data/" + t.key(), t.bytes()));
        entries.put("net/version", ascii("3\n"));
        return zip(entries);
    }

    static byte[] zip(Map<String, byte[]> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            for (Map.Entry<String, byte[]> e : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(e.getKey());
                CRC32 crc = new CRC32();
                crc.update(e.getValue());
                entry.setCrc(crc.getValue());
                entry.setSize(e.getValue().length);
                zip.putNextEntry(entry);
                zip.write(e.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] stream(byte[] pickle, List<SavedTensor> tensors) {
        PickleWriter out = streamHeader(true).raw(pickle);
        out.op(0x80).op(2).op(']').op('(');
        tensors.forEach(t -> out.string(t.key()));
        out.op('e').stop();
        for (SavedTensor tensor : tensors) {
            out.raw(int64(tensor.storage().size())).raw(tensor.bytes());
        }
        return out.bytes();
    }

    static PickleWriter streamHeader(boolean littleEndian) {
        byte[] magic = {0x6c, (byte) 0xfc, (byte) 0x9c, 0x46, (byte) 0xf9, 0x20, 0x6a};
        return PickleWriter.protocol2()
                .op(0x8a)
                .op(10)
                .raw(magic)
                .raw(new byte[] {(byte) 0xa8, 0x50, 0x19})
                .stop()
                .op(0x80)
                .op(2)
                .op('M')
                .raw(new byte[] {(byte) 0xe9, 3})
                .stop()
                .op(0x80)
                .op(2)
                .op('}')
                .string("little_endian")
                .op(littleEndian ? 0x88 : 0x89)
                .op('s')
                .stop();
    }

    static byte[] safetensors(List<SavedTensor> tensors) {
        StringBuilder header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
        long end = 0;
        for (SavedTensor t : tensors) {
            long begin = end;
            end += t.bytes().length;
            header.append(
                    ",\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                            .formatted(t.key(), safetensors(t.dtype()), t.sizes(), begin, end));
        }
        return safetensors(header.append("}   ").toString(), tensors);
    }

    static byte[] safetensors(String header, List<SavedTensor> tensors) {
        PickleWriter out = new PickleWriter().raw(int64(header.length())).raw(ascii(header));
        tensors.forEach(t -> out.raw(t.bytes()));
        return out.bytes();
    }

    private static String safetensors(Dtype dtype) {
        return switch (dtype) {
            case FLOAT32 -> "F32";
            case FLOAT16 -> "F16";
            case BFLOAT16 -> "BF16";
            case FLOAT64 -> "F64";
            case INT64 -> "I64";
            case INT32 -> "I32";
            case INT16 -> "I16";
            case INT8 -> "I8";
            case UINT8 -> "U8";
            case BOOL -> "BOOL";
        };
    }

    static byte[] int64(long value) {
        return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, value).array();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
