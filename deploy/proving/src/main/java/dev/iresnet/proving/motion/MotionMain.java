package dev.iresnet.proving.motion;

import dev.iresnet.proving.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes clips of photographs for {@code iresnet train}. */
@Command(
        name = "motions",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Makes a data set of clips of photographs: for each motion of a camera (still, pan left,"
                    + " right, up and down, zoom in and out, turn left and right) a directory with"
                    + " clips, each a directory of JPEG frames. Equal arguments give equal files.",
            "",
            "The motion is the camera's: where it pans left, what it shows moves to the right."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all clips were written", "2:they were not, and a sentence says why"})
public final class MotionMain implements Callable<Integer> {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,4})x(\\d{1,4})");

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE|DIR",
            description = "Photographs, or directories of them.")
    private List<Path> photographs = List.of();

    @Option(
            names = "--output",
            required = true,
            description = "The directory of the data set, which must be empty or not there.")
    private Path output = Path.of("");

    @Option(
            names = "--clips",
            defaultValue = "100",
            description =
                    "Clips of each motion, of one photograph after the other (${DEFAULT-VALUE}).")
    private int clips;

    @Option(
            names = "--frames",
            defaultValue = "16",
            description = "Frames of a clip (${DEFAULT-VALUE}).")
    private int frames;

    @Option(
            names = "--size",
            defaultValue = "96x72",
            description = "Width and height of a frame (${DEFAULT-VALUE}).")
    private String size = "";

    @Option(
            names = "--tilt",
            defaultValue = "8",
            description =
                    "Degrees by which the camera is turned to either side at most; 180 shows"
                            + " photographs in any position (${DEFAULT-VALUE}).")
    private double tilt;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Of all that is random (${DEFAULT-VALUE}).")
    private long seed;

    public static void main(String[] arguments) {
        Launcher.exit(new MotionMain(), arguments);
    }

    @Override
    public Integer call() throws IOException {
        if (clips < 1) {
            throw new IllegalArgumentException("--clips must be 1 or more, got " + clips);
        }
        Matcher sides = SIZE.matcher(size);
        if (!sides.matches()) {
            throw new IllegalArgumentException("--size must be WIDTHxHEIGHT, got '" + size + "'");
        }
        MovingCamera camera =
                new MovingCamera(
                        Integer.parseInt(sides.group(1)),
                        Integer.parseInt(sides.group(2)),
                        frames,
                        tilt);
        requireEmpty();
        List<Photograph> all = new ArrayList<>();
        for (Path file : files()) {
            all.add(Photograph.read(file));
        }
        Random random = new Random(seed);
        for (int clip = 0; clip < clips; clip++) {
            for (Motion motion : Motion.values()) {
                Photograph photograph = all.get(clip % all.size());
                String name = "%s-%04d".formatted(photograph.name(), clip);
                Path directory = output.resolve(motion.label()).resolve(name);
                MovingCamera.write(camera.clip(photograph, motion, random), directory);
            }
        }
        System.out.printf(
                "%d clips of %d motions, of %d photographs, in %s%n",
                clips * Motion.values().length, Motion.values().length, all.size(), output);
        return 0;
    }

    private void requireEmpty() throws IOException {
        if (Files.exists(output)) {
            try (Stream<Path> inside = Files.list(output)) {
                if (inside.findAny().isPresent()) {
                    throw new IllegalArgumentException(
                            "--output: " + output + " is not empty; name another directory");
                }
            }
        }
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path named : photographs) {
            if (Files.isDirectory(named)) {
                try (Stream<Path> inside = Files.list(named)) {
                    inside.filter(MotionMain::isPicture).sorted().forEach(files::add);
                }
            } else {
                files.add(named);
            }
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException("no .jpg or .png file in " + photographs);
        }
        return files;
    }

    private static boolean isPicture(Path file) {
        return file.toString().matches("(?i).*\\.(jpe?g|png)") && Files.isRegularFile(file);
    }
}
