package dev.iresnet.cli.option;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The names of a network's classes. */
public final class LabelOption {
    private static final long LARGEST = 1 << 26;
    private static final Path IMAGENET = Path.of("imagenet");

    @Option(
            names = "--labels",
            paramLabel = "FILE|imagenet",
            description = {
                "Names of the classes, a line each, in the order of the network's outputs; or"
                        + " 'imagenet', the 1000 classes of ImageNet (ILSVRC 2012); or a label map"
                        + " of TensorFlow (.pbtxt), in the order of its ids.",
                "Default: 'class 0', 'class 1', ..."
            })
    private @Nullable Path file;

    /** Names for {@code classes} classes. */
    public List<String> labels(int classes) throws IOException {
        Optional<List<String>> given = given();
        if (given.isEmpty()) {
            return IntStream.range(0, classes).mapToObj(LabelOption::unnamed).toList();
        }
        if (given.get().size() != classes) {
            throw new IOException(
                    "%s has %d labels, the network has %d classes"
                            .formatted(file, given.get().size(), classes));
        }
        return given.get();
    }

    /** All names that the user gives. */
    public Optional<List<String>> given() throws IOException {
        if (file == null) {
            return Optional.empty();
        }
        return Optional.of(file.equals(IMAGENET) ? imageNet() : read(file));
    }

    /** The id of the first label, where the user gives a label map. */
    public OptionalInt firstId() {
        return file != null && LabelMap.is(file)
                ? OptionalInt.of(LabelMap.FIRST)
                : OptionalInt.empty();
    }

    static String unnamed(int index) {
        return "class " + index;
    }

    private static List<String> imageNet() throws IOException {
        try (InputStream names = LabelOption.class.getResourceAsStream("imagenet.txt")) {
            String text = new String(Objects.requireNonNull(names).readAllBytes(), UTF_8);
            return text.lines().toList();
        }
    }

    private static List<String> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + ": no such file of labels");
        }
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + ": too large for a file of labels");
        }
        try {
            String text = text(Files.readAllBytes(file));
            return LabelMap.is(file) ? LabelMap.parse(text, file) : lines(text);
        } catch (CharacterCodingException e) {
            throw new IOException(file + ": labels must be UTF-8 text", e);
        }
    }

    /** A byte order mark says which Unicode it is. */
    private static String text(byte[] bytes) throws CharacterCodingException {
        Charset charset =
                startsWith(bytes, 0xFF, 0xFE)
                        ? UTF_16LE
                        : startsWith(bytes, 0xFE, 0xFF) ? UTF_16BE : UTF_8;
        String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** Blank lines at the end name nothing. */
    private static List<String> lines(String text) {
        return text.stripTrailing().lines().map(String::strip).toList();
    }

    private static boolean startsWith(byte[] bytes, int first, int second) {
        return bytes.length > 1 && (bytes[0] & 0xFF) == first && (bytes[1] & 0xFF) == second;
    }
}
