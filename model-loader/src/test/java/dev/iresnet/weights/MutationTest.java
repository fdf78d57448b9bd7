package dev.iresnet.weights;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.weights.CheckpointWriter.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sound checkpoints with a few bytes changed: each is read and recognised, or refused. A third of
 * the changes are made inside the pickle (or safetensors' header), which is then packed again with
 * valid sums, so that they get past the container.
 *
 * <p>{@code -Diresnet.mutations=100000} tries more of them than a build does.
 */
class MutationTest {
    private static final int MUTATIONS = Integer.getInteger("iresnet.mutations", 3000);
    private static final List<SavedTensor> TENSORS = Checkpoints.tensors(Checkpoints.TINY);
    private static final List<byte[]> PICKLES =
            List.of(CheckpointWriter.stateDict(TENSORS), trainingScript());
    private static final Map<Format, byte[]> SOUND =
            Stream.of(Format.values())
                    .collect(Collectors.toMap(Function.identity(), f -> f.write(TENSORS)));

    @TempDir private Path directory;

    /** How far a file got before it was refused. */
    private enum Layer {
        CONTAINER,
        PICKLE,
        TENSORS,
        RECOGNISER,
        RECOGNISED
    }

    @Test
    void areReadOrRefusedAndNothingElse() throws IOException {
        Map<Layer, Integer> outcomes = new EnumMap<>(Layer.class);
        for (int seed = 0; seed < MUTATIONS; seed++) {
            outcomes.merge(outcome(seed), 1, Integer::sum);
        }
        System.out.println(MUTATIONS + " mutated checkpoints: " + outcomes);
        assertThat(outcomes).containsOnlyKeys(Layer.values());
        assertThat(outcomes.get(Layer.CONTAINER)).isLessThan(MUTATIONS * 8 / 10);
    }

    private Layer outcome(int seed) throws IOException {
        // A file of its own: cutting one that is still mapped is slow
        Path file = directory.resolve(seed + ".pth");
        Files.write(file, mutant(new Random(seed * 0x9E3779B97F4A7C15L)));
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            checkpoint.shapes().keySet().forEach(checkpoint::read);
            Recogniser.recognise("net.pth", checkpoint.shapes());
            return Layer.RECOGNISED;
        } catch (CheckpointException e) {
            assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(6000);
            return layer(e);
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("seed " + seed + " is neither read nor refused", e);
        } finally {
            Files.delete(file);
        }
    }

    private static byte[] mutant(Random random) {
        Format format = List.of(Format.values()).get(random.nextInt(3));
        if (format == Format.SAFETENSORS || random.nextBoolean()) {
            return mutate(requireNonNull(SOUND.get(format)), random);
        }
        byte[] pickle = mutate(PICKLES.get(random.nextInt(2)), random);
        return format == Format.ZIP
                ? CheckpointWriter.zip(pickle, TENSORS)
                : CheckpointWriter.stream(pickle, TENSORS);
    }

    /** The same weights as a script saves them: objects beside them, wrappers and a head of two. */
    private static byte[] trainingScript() {
        PickleWriter pickle = PickleWriter.protocol2().op('}').op('(');
        pickle.string("args").global("argparse", "Namespace").op(')').op(0x81);
        pickle.op('}').string("lr").op('K').op(1).op('s').op('b');
        pickle.string("best").global("numpy.core.multiarray", "scalar");
        pickle.op('C').op(3).raw(new byte[3]).op(0x85).op('R');
        pickle.string("seen").op(0x8f).op('(').integer(1).op(0x90);
        pickle.string("optimizer").op('}').integer(0).op('}');
        CheckpointWriter.tensor(pickle.string("exp_avg"), TENSORS.get(0)).op('s').op('s');
        pickle.string("model").op('}').op('(');
        for (SavedTensor tensor : TENSORS) {
            pickle.string("_orig_mod.module." + tensor.key().replace("fc.", "fc.1."));
            CheckpointWriter.tensor(pickle, tensor);
        }
        return pickle.op('u').op('u').stop().bytes();
    }

    private static byte[] mutate(byte[] sound, Random random) {
        byte[] bytes = sound.clone();
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes && bytes.length > 8; i++) {
            int at = random.nextInt(bytes.length - 4);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> Arrays.fill(bytes, at, at + 4, (byte) (random.nextBoolean() ? 0xff : 0));
                case 3 -> bytes = spliced(bytes, at, at + 1 + random.nextInt(4), new byte[0]);
                case 4 -> bytes = spliced(bytes, at, at, piece(bytes, random));
                default -> {
                    byte[] piece = piece(bytes, random);
                    bytes = spliced(bytes, at, Math.min(bytes.length, at + piece.length), piece);
                }
            }
        }
        return bytes;
    }

    /** Some bytes from elsewhere in the file, which therefore mean something. */
    private static byte[] piece(byte[] bytes, Random random) {
        int from = random.nextInt(bytes.length);
        return Arrays.copyOfRange(
                bytes, from, Math.min(bytes.length, from + 1 + random.nextInt(64)));
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] piece) {
        return new PickleWriter()
                .raw(Arrays.copyOf(bytes, from))
                .raw(piece)
                .raw(Arrays.copyOfRange(bytes, to, bytes.length))
                .bytes();
    }

    private static Layer layer(CheckpointException refusal) {
        for (StackTraceElement frame : refusal.getStackTrace()) {
            String name = frame.getClassName().substring(frame.getClassName().lastIndexOf('.') + 1);
            if (name.startsWith("Pickle")) {
                return Layer.PICKLE;
            }
            if (List.of("StateDict", "NetworkKeys", "StoredTensor", "MappedCheckpoint")
                    .contains(name)) {
                return Layer.TENSORS;
            }
            if (List.of("Recogniser", "Fit").contains(name)) {
                return Layer.RECOGNISER;
            }
        }
        return Layer.CONTAINER;
    }
}
