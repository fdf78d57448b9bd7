package dev.iresnet.weights;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Kinds of files, told apart by their first bytes. */
enum ContainerFormat {
    /**
     * Its header is JSON behind a 64-bit length, whose first byte can be that of any other kind.
     */
    SAFETENSORS(8, "{") {
        @Override
        boolean fits(MappedFile file) {
            return super.fits(file)
                    && (file.unsignedByte(0) != PICKLE || file.int64(0) >>> LENGTH_BITS == 0);
        }
    },
    ZIP(0, "PK\3\4"),
    TORCH_STREAM(0, "\u0080"),
    HDF5(0, "\u0089HDF"),
    TAR(257, "ustar");

    /** The opcode that says a pickle's protocol. */
    private static final int PICKLE = 0x80;

    /** No header has a length of more bits; a pickle has opcodes there. */
    private static final int LENGTH_BITS = 48;

    private final int position;
    private final String magic;

    ContainerFormat(int position, String magic) {
        this.position = position;
        this.magic = magic;
    }

    static ContainerFormat of(MappedFile file) {
        return Arrays.stream(values())
                .filter(format -> format.fits(file))
                .findFirst()
                .orElseThrow(
                        () ->
                                file.refuse(
                                        "is neither a PyTorch checkpoint nor safetensors. "
                                                + PickleInput.SAVE_STATE_DICT));
    }

    Checkpoint read(MappedFile file, Optional<String> entry) {
        return switch (this) {
            case ZIP -> TorchZip.read(file, entry);
            case TORCH_STREAM -> TorchStream.read(file, entry);
            case SAFETENSORS -> Safetensors.read(file, entry);
            case HDF5 ->
                    throw file.refuse(
                            "is an HDF5 file. Export the model as a SavedModel:"
                                    + " keras.models.load_model(FILE).export(DIRECTORY)");
            case TAR ->
                    throw file.refuse(
                            "is a tar file, as PyTorch wrote before 0.2. Load it in PyTorch. "
                                    + PickleInput.SAVE_STATE_DICT);
        };
    }

    boolean fits(MappedFile file) {
        int length = magic.length(); // a byte a character
        return file.size() >= position + length
                && new String(file.bytes(position, length), StandardCharsets.ISO_8859_1)
                        .equals(magic);
    }
}
