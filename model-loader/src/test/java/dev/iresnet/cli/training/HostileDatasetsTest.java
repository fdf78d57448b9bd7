package dev.iresnet.cli.training;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.cli.CommandRun;
import dev.iresnet.file.DirectoryTree;
import dev.iresnet.file.Sha256;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.training.TestPictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Data sets that nobody would make on purpose: each gives a sentence or a model, and nothing is
 * written outside of the output directory. {@code -Diresnet.hostile=1000} tries more.
 */
class HostileDatasetsTest {
    private static final int COUNT = Integer.getInteger("iresnet.hostile", 12);
    private static final List<String> NAMES =
            List.of(
                    "cat",
                    "Cat",
                    "a b",
                    " c",
                    "d ",
                    " ",
                    "\t",
                    "ünï",
                    "日本",
                    "😀",
                    "-x",
                    "--help",
                    ".hidden",
                    "1",
                    "x\ny",
                    "a'b\"c",
                    "$HOME",
                    "training",
                    "e.jpg",
                    "n".repeat(200));

    @TempDir private Path folder;
    private final List<Path> sound = new ArrayList<>();

    @BeforeEach
    void unpack() throws IOException {
        TestPictures.unpack(folder.resolve("sound"));
        try (Stream<Path> files = Files.walk(folder.resolve("sound"))) {
            files.filter(Files::isRegularFile).sorted().forEach(sound::add);
        }
    }

    @Test
    void giveASentenceOrAModel() throws IOException {
        int models = 0;
        for (int seed = 0; seed < COUNT; seed++) {
            Random random = new Random(seed);
            Path place = Files.createDirectories(folder.resolve("place"));
            Path data = Files.createDirectories(place.resolve("data"));
            fill(data, random);
            List<Object> arguments = arguments(place, data, random);
            Map<String, String> before = snapshot(place);

            CommandRun run = CommandRun.of(arguments.toArray());

            String what = "seed %d, %s: exit code %d%n%s";
            what = what.formatted(seed, arguments, run.exitCode(), run.err());
            assertThat(run.exitCode()).as(what).isIn(0, 1, 2);
            assertThat(run.err()).as(what).doesNotContain("\tat ").doesNotContain("Exception");
            assertThat(snapshot(place)).as(what).isEqualTo(before);
            if (run.out().startsWith("Wrote ")) {
                assertThat(ModelDirectory.open(place.resolve("out")).card().labels())
                        .as(what)
                        .hasSizeGreaterThan(1);
                models++;
            } else {
                assertThat(run.exitCode()).as(what).isNotZero();
                assertThat(run.err()).as(what).isNotBlank();
            }
            DirectoryTree.delete(place);
        }
        assertThat(models).isBetween(1, COUNT - 1);
    }

    @Test
    void trainsTenThousandClasses() throws IOException {
        Path data = folder.resolve("many");
        for (int label = 0; label < 10_000; label++) {
            Path inside = Files.createDirectories(data.resolve("class " + label));
            Files.createLink(inside.resolve("a.jpg"), sound.get(label % sound.size()));
        }
        CommandRun run =
                CommandRun.of(
                        "train",
                        data,
                        "--network",
                        "cifar-iresnet14",
                        "--steps",
                        1,
                        "--batch",
                        4,
                        "--output",
                        folder.resolve("out"));

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("9872 pictures are in two classes");
        assertThat(ModelDirectory.open(folder.resolve("out")).card().labels()).hasSize(10_000);
    }

    private void fill(Path data, Random random) throws IOException {
        // some are sound, or nothing but refusals would be tried
        boolean mild = random.nextInt(3) == 0;
        int classes = mild ? 2 + random.nextInt(4) : random.nextInt(6);
        for (int i = 0; i < classes; i++) {
            String name = NAMES.get(random.nextInt(mild ? 5 : NAMES.size()));
            Path inside = Files.createDirectories(data.resolve(name));
            int files = mild ? 2 + random.nextInt(3) : random.nextInt(5);
            for (int j = 0; j < files; j++) {
                try {
                    add(inside, mild && j < 2 ? 0 : random.nextInt(16), random);
                } catch (FileAlreadyExistsException e) {
                    // then it has one of them
                }
            }
        }
    }

    private void add(Path inside, int kind, Random random) throws IOException {
        Path picture = sound.get(random.nextInt(sound.size()));
        Path file = inside.resolve(NAMES.get(random.nextInt(NAMES.size() - 1)) + ".jpg");
        switch (kind) {
            case 0, 1, 2 -> Files.copy(picture, file);
            case 3 -> Files.createFile(file);
            case 4 -> Files.writeString(file, "no picture", CREATE_NEW);
            case 5 -> {
                byte[] bytes = Files.readAllBytes(picture);
                bytes = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
                Files.write(file, bytes, CREATE_NEW);
            }
            case 6 -> {
                byte[] bytes = Files.readAllBytes(picture);
                for (int i = 0; i < 20; i++) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
                Files.write(file, bytes, CREATE_NEW);
            }
            case 7 -> Files.createDirectories(file);
            case 8 -> Files.createSymbolicLink(file, Path.of("gone.jpg"));
            case 9 -> Files.createSymbolicLink(file, file.getFileName());
            case 10 -> Files.createSymbolicLink(inside.resolve("circle"), inside);
            case 11 -> Files.createSymbolicLink(inside.resolve("up"), Path.of(".."));
            case 12 -> Files.createSymbolicLink(file, picture);
            case 13 ->
                    Files.copy(
                            picture,
                            Files.createDirectories(inside.resolve("e/f")).resolve("g.JPEG"));
            case 14 -> png(inside.resolve("one.png"), 1, 1);
            default -> png(inside.resolve("long.png"), 1, 3000);
        }
    }

    private static void png(Path file, int width, int height) throws IOException {
        ImageIO.write(
                new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    }

    private List<Object> arguments(Path place, Path data, Random random) throws IOException {
        List<Object> arguments =
                new ArrayList<>(
                        List.of(
                                "train",
                                data,
                                "--network",
                                "cifar-iresnet14",
                                "--steps",
                                1,
                                "--batch",
                                1 + random.nextInt(9),
                                "--output",
                                place.resolve("out"),
                                "--threads",
                                2));
        String[] augmentations = {"none", "mirror", "shift", "full"};
        arguments.addAll(List.of("--augment", augmentations[random.nextInt(4)]));
        switch (random.nextInt(5)) {
            case 0 -> arguments.addAll(List.of("--validation", 0));
            case 1 -> arguments.addAll(List.of("--validation", 0.99));
            case 2 -> {
                Path other = Files.createDirectories(place.resolve("other"));
                fill(other, random);
                arguments.addAll(List.of("--validation", other));
            }
            case 3 -> {
                List<String> lines = new ArrayList<>();
                try (Stream<Path> files = Files.walk(data)) {
                    files.filter(path -> random.nextBoolean())
                            .forEach(path -> lines.add(path.toString()));
                }
                Path order = place.resolve("order");
                Files.write(order, lines);
                arguments.addAll(List.of("--order", order));
            }
            default -> arguments.add("--balanced");
        }
        return arguments;
    }

    /** All that is there but the output, also what links lead to, by kind, content and time. */
    private Map<String, String> snapshot(Path place) throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                if (!file.startsWith(place.resolve("out")) && !file.equals(place)) {
                    boolean regular = Files.isRegularFile(file, NOFOLLOW_LINKS);
                    all.put(
                            file.toString(),
                            Files.getLastModifiedTime(file, NOFOLLOW_LINKS)
                                    + (regular ? Sha256.of(file) : ""));
                }
            }
        }
        return all;
    }
}
