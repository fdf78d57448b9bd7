package dev.iresnet.video;

import dev.iresnet.image.DecodeLimits;
import dev.iresnet.image.EncodedImage;
import dev.iresnet.image.Encoding;
import dev.iresnet.image.ImageException;
import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A video that a program {@code ffmpeg} decodes, in a process of its own: each frame arrives as a
 * PPM picture, none is left out or repeated.
 */
final class FfmpegFrames implements FrameReader {
    /** Where the program is, if not on the path. */
    static final String PROPERTY = "iresnet.ffmpeg";

    private static final Pattern RATE = Pattern.compile(" Video: .*?(\\d+(?:\\.\\d+)?)(k?) fps");
    private static final int LONGEST_HEADER = 64;
    private static final int TOLD = 300;

    /** Of its log: what it says of the video stands before what it says of frames. */
    private static final int READ = 1 << 16;

    private final Process process;
    private final InputStream pictures;
    private final Path log;

    private FfmpegFrames(Process process, Path log) {
        this.process = process;
        this.pictures = new BufferedInputStream(process.getInputStream(), 1 << 16);
        this.log = log;
    }

    static FfmpegFrames of(Path video) throws IOException {
        if (!Files.isReadable(video)) {
            throw new IOException("no such file, or it may not be read");
        }
        Path log = Files.createTempFile("iresnet-ffmpeg-", ".log");
        try {
            Process process =
                    new ProcessBuilder(
                                    List.of(
                                            program(),
                                            "-nostdin",
                                            "-hide_banner",
                                            "-nostats",
                                            "-i",
                                            // a name that begins with a dash or has a colon
                                            "file:" + video.toAbsolutePath(),
                                            "-map",
                                            "0:v:0",
                                            "-vsync",
                                            "passthrough",
                                            "-f",
                                            "image2pipe",
                                            "-c:v",
                                            "ppm",
                                            "-"))
                            .redirectError(log.toFile())
                            .start();
            process.getOutputStream().close();
            return new FfmpegFrames(process, log);
        } catch (IOException e) {
            Files.deleteIfExists(log);
            throw e;
        }
    }

    private static String program() throws IOException {
        String named = System.getProperty(PROPERTY);
        if (named != null) {
            return named;
        }
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(File.pathSeparator))
                .map(directory -> Path.of(directory, "ffmpeg"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElseThrow(
                        () ->
                                new IOException(
                                        "a video needs the program ffmpeg, which is not on the"
                                                + " path; install it, or give a directory of"
                                                + " frames"));
    }

    @Override
    public Optional<EncodedImage> next() throws IOException, ImageException {
        int[] header = header();
        if (header.length == 0) {
            requireSuccess();
            return Optional.empty();
        }
        long pixels = (long) header[0] * header[1];
        if (pixels > DecodeLimits.DEFAULT.maxPixels()) {
            throw new IOException(
                    "%d x %d pixels, at most %d are read"
                            .formatted(header[0], header[1], DecodeLimits.DEFAULT.maxPixels()));
        }
        byte[] rgb = pictures.readNBytes(Math.toIntExact(3 * pixels));
        if (rgb.length < 3 * pixels) {
            requireSuccess();
            throw new IOException("ffmpeg broke off within a frame");
        }
        return Optional.of(
                new EncodedImage(Encoding.RGB, header[0], header[1], ByteBuffer.wrap(rgb)));
    }

    /** Width and height of {@code P6 width height 255}; empty at the end. */
    private int[] header() throws IOException {
        StringBuilder text = new StringBuilder();
        int spaces = 0;
        while (spaces < 4) {
            int next = pictures.read();
            if (next < 0 && text.length() == 0) {
                return new int[0];
            }
            if (next < 0 || text.length() > LONGEST_HEADER) {
                throw new IOException("ffmpeg gave no PPM picture: " + text);
            }
            spaces += Character.isWhitespace(next) ? 1 : 0;
            text.append((char) next);
        }
        String[] words = text.toString().strip().split("\\s", 4);
        if (!words[0].equals("P6") || !words[3].equals("255")) {
            throw new IOException("ffmpeg gave no PPM picture of 8 bits: " + text);
        }
        return new int[] {Integer.parseInt(words[1]), Integer.parseInt(words[2])};
    }

    private void requireSuccess() throws IOException {
        int status;
        try {
            status = process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (status != 0) {
            String told = told(Math.max(0, Files.size(log) - TOLD)).strip();
            throw new IOException("ffmpeg failed (%d): %s".formatted(status, told));
        }
    }

    private String told(long from) throws IOException {
        try (InputStream in = Files.newInputStream(log)) {
            in.skipNBytes(from);
            return new String(in.readNBytes(READ), StandardCharsets.UTF_8);
        }
    }

    @Override
    public OptionalDouble rate() {
        try {
            Matcher rate = RATE.matcher(told(0));
            return rate.find()
                    ? OptionalDouble.of(
                            Double.parseDouble(rate.group(1))
                                    * (rate.group(2).isEmpty() ? 1 : 1000))
                    : OptionalDouble.empty();
        } catch (IOException e) {
            return OptionalDouble.empty();
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        pictures.close();
        Files.deleteIfExists(log);
    }
}
