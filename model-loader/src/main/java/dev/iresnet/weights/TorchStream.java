package dev.iresnet.weights;

import dev.iresnet.weights.MappedFile.Region;
import dev.iresnet.weights.PickleValue.Dict;
import dev.iresnet.weights.PickleValue.Sequence;
import dev.iresnet.weights.PickleValue.Storage;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * PyTorch's container before 1.6, still written with {@code _use_new_zipfile_serialization=False}:
 * five pickles one after another (magic number, protocol, the writing system, the object, the keys
 * of its storages), then for each key the number of elements and the elements.
 *
 * <p>After PyTorch's {@code torch/serialization.py}, {@code _legacy_save} and {@code _legacy_load}.
 */
final class TorchStream {
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final long PROTOCOL = 1001;

    private final MappedFile file;
    private final Map<String, Region> regions = new HashMap<>();
    private long position;

    private TorchStream(MappedFile file) {
        this.file = file;
    }

    static Checkpoint read(MappedFile file, Optional<String> entry) {
        return new TorchStream(file).read(entry);
    }

    private Checkpoint read(Optional<String> entry) {
        requireHeader();
        PickleMachine object = machine("the pickled object");
        StateDict state = new StateDict(file, run(object), entry);
        if (!(run(machine("the list of storages")) instanceof Sequence keys)) {
            throw file.refuse("its list of storages is no list: damaged");
        }
        for (Object key : keys.items()) {
            Storage storage = key instanceof String k ? object.storages().get(k) : null;
            if (storage == null) {
                throw file.refuse(
                        "its list of storages names one that no tensor has, or one of a type"
                                + " that is not read");
            }
            readStorage(storage);
        }
        return new MappedCheckpoint(
                file, state.stored(this::region), state.notes(), state.labels());
    }

    private void requireHeader() {
        if (!run(machine("the magic number")).equals(MAGIC)) {
            throw file.refuse("is a pickle, but not one of torch.save");
        }
        if (!run(machine("the protocol")).equals(PROTOCOL)) {
            throw file.refuse("has another stream protocol than 1001: not one of torch.save");
        }
        if (!(run(machine("the system's description")) instanceof Dict system)
                || !Boolean.TRUE.equals(system.entries().get("little_endian"))) {
            throw file.refuse(
                    "was written on a big-endian machine, only little-endian is read: load it in"
                            + " PyTorch on this machine and torch.save it again");
        }
    }

    private void readStorage(Storage storage) {
        String name = "storage " + storage.key();
        file.require(position, Long.BYTES, name);
        long elements = file.int64(position);
        position += Long.BYTES;
        if (elements != storage.elements() || elements > file.size()) {
            throw file.refuse(
                    "%s has %d elements in the stream and %d in the pickle: damaged"
                            .formatted(name, elements, storage.elements()));
        }
        long bytes = elements * storage.dtype().bytes();
        Region region = new Region(file, name, position, bytes, OptionalLong.empty());
        position += bytes;
        regions.put(storage.key(), region);
    }

    private Region region(Storage storage) {
        Region region = regions.get(storage.key());
        if (region == null) {
            throw file.refuse("storage " + storage.key() + " is not in the stream: damaged");
        }
        return region;
    }

    private PickleMachine machine(String name) {
        long limit = Math.min(file.size(), position + PickleMachine.MAX_BYTES);
        return new PickleMachine(new PickleInput(file, name, position, limit));
    }

    private Object run(PickleMachine machine) {
        Object value = machine.run();
        position = machine.position();
        return value;
    }
}
