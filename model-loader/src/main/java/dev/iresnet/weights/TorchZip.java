package dev.iresnet.weights;

import dev.iresnet.weights.MappedFile.Region;
import dev.iresnet.weights.PickleValue.Storage;
import java.util.Optional;
import java.util.Set;

/**
 * PyTorch's zip container, written since 1.6: {@code NAME/data.pkl}, a pickle whose storages are
 * {@code NAME/data/KEY}, and {@code NAME/byteorder}.
 *
 * <p>After PyTorch's {@code torch/serialization.py}, {@code _save}.
 */
final class TorchZip {
    private static final String PICKLE = "data.pkl";

    private final MappedFile file;
    private final ZipDirectory zip;
    private final String root;

    private TorchZip(MappedFile file, ZipDirectory zip, String root) {
        this.file = file;
        this.zip = zip;
        this.root = root;
    }

    static Checkpoint read(MappedFile file, Optional<String> wanted) {
        ZipDirectory zip = ZipDirectory.read(file);
        return new TorchZip(file, zip, findRoot(file, zip)).read(wanted);
    }

    private static String findRoot(MappedFile file, ZipDirectory zip) {
        Set<String> names = zip.names();
        if (names.contains("config.json") && names.contains("model.weights.h5")) {
            throw file.refuse(
                    "is a Keras file, not a PyTorch checkpoint. Export it as a SavedModel:"
                            + " keras.models.load_model(FILE).export(DIRECTORY)");
        }
        if (names.stream().anyMatch(name -> name.endsWith("/constants.pkl"))) {
            throw file.refuse(
                    "is a TorchScript program. In PyTorch:"
                            + " torch.save(torch.jit.load(FILE).state_dict(), 'weights.pth')");
        }
        if (names.stream().anyMatch(name -> name.endsWith("archive_format"))) {
            throw file.refuse(
                    "is a program of torch.export. In PyTorch:"
                            + " torch.save(torch.export.load(FILE).state_dict, 'weights.pth')");
        }
        String pickle =
                names.stream()
                        .filter(name -> name.endsWith("/" + PICKLE))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        file.refuse(
                                                "is a zip file without data.pkl: not a PyTorch"
                                                        + " checkpoint"));
        return pickle.substring(0, pickle.length() - PICKLE.length());
    }

    private Checkpoint read(Optional<String> wanted) {
        zip.entry(root + "byteorder").ifPresent(this::requireLittleEndian);
        Region pickle = zip.entry(root + PICKLE).orElseThrow();
        if (pickle.length() > PickleMachine.MAX_BYTES) {
            throw file.refuse(
                    "%s has %d bytes, at most %d are read"
                            .formatted(pickle.name(), pickle.length(), PickleMachine.MAX_BYTES));
        }
        pickle.requireIntact();
        long start = pickle.position();
        PickleInput input = new PickleInput(file, PICKLE, start, start + pickle.length());
        StateDict state = new StateDict(file, new PickleMachine(input).run(), wanted);
        return new MappedCheckpoint(
                file, state.stored(this::region), state.notes(), state.labels());
    }

    private void requireLittleEndian(Region order) {
        String name = file.text(order.position(), (int) Math.min(order.length(), 16));
        if (!name.equals("little")) {
            throw file.refuse(
                    "byteorder is '%s', only 'little' is read: load it in PyTorch on this machine"
                                    .formatted(name)
                            + " and torch.save it again");
        }
    }

    private Region region(Storage storage) {
        return zip.entry(root + "data/" + storage.key())
                .orElseThrow(
                        () -> file.refuse("storage " + storage.key() + " is not in the zip file"));
    }
}
