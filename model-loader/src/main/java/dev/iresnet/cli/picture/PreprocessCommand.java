package dev.iresnet.cli.picture;

import dev.iresnet.cli.option.Failures;
import dev.iresnet.cli.option.ModelOptions.JpegDecodingOption;
import dev.iresnet.cli.option.ModelOptions.ModelOption;
import dev.iresnet.image.DecodeLimits;
import dev.iresnet.image.ImageException;
import dev.iresnet.image.PicturePreprocessor;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.image.Preprocessor;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.card.ModelDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code iresnet preprocess}. */
@Command(
        name = "preprocess",
        header = "Shows what a network sees of pictures.",
        description = {
            "%nDecodes, resizes and crops each picture as the job does, and writes the crop twice:"
                    + " FILE.npy, uint8 [height, width, 3] in RGB, and FILE.png to look at. Of a"
                    + " directory, all pictures are taken, and their places in it are kept.",
            "%nCompare FILE.npy with what your training code makes of the same file: a difference"
                    + " here costs more accuracy than a lower precision does.",
            "%nOf videos, for a model for clips, FILE.npy is uint8 [clips, frames, height, width, 3],"
                    + " and FILE.png shows the frames of the first clip, one below the other.%n"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  iresnet preprocess cat.jpg --output seen",
            "  iresnet preprocess --model models/my-network --output seen frames/"
        })
public final class PreprocessCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec; // by picocli, before call

    @Mixin private ModelOption model = new ModelOption();
    @Mixin private JpegDecodingOption decoding = new JpegDecodingOption();

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE|DIR",
            description = "Pictures, or directories of pictures.")
    private List<Path> arguments = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            required = true,
            description = "Where the crops are written; made if it is not there.")
    private Path output = Path.of("");

    @Override
    public Integer call() throws IOException {
        CommandSpec command = Objects.requireNonNull(spec);
        Failures failures = new Failures(command.commandLine().getErr());
        Optional<ModelDescription> named =
                model.given().map(path -> ModelDirectory.open(path).description());
        if (named.isPresent() && named.get().clip().isPresent()) {
            clips(named.get(), command.commandLine(), failures);
            return failures.exitCode();
        }
        List<PictureFile> files = PictureFile.listSome(arguments, command.commandLine());
        refuseEqualNames(files);
        Preprocessing rule =
                named.map(ModelDescription::preprocessing).orElse(Preprocessing.IMAGENET);
        ByteBuffer crop = ByteBuffer.allocateDirect(rule.cropBytes());
        try (Preprocessor preprocessor =
                new PicturePreprocessor(rule, DecodeLimits.DEFAULT, decoding.value())) {
            for (PictureFile file : files) {
                try {
                    preprocessor.crop(file.read(), crop);
                } catch (IOException | ImageException e) {
                    failures.add(file.path(), e);
                    continue;
                }
                CropFile picture = new CropFile(rule.width(), rule.height(), crop);
                write(file, picture, picture);
            }
        }
        return failures.exitCode();
    }

    private void clips(ModelDescription described, CommandLine command, Failures failures)
            throws IOException {
        List<PictureFile> videos = PictureFile.listSome(arguments, described, command);
        refuseEqualNames(videos);
        Preprocessing rule = described.preprocessing();
        int frames = described.sampleBytes() / rule.cropBytes();
        try (ClipReader reader = new ClipReader(described, decoding.value())) {
            for (PictureFile video : videos) {
                ClipReader.Clips clips;
                try {
                    clips = reader.read(video.path());
                } catch (IOException | ImageException e) {
                    failures.add(video.path(), e);
                    continue;
                }
                int count = clips.indices().size();
                IntFunction<ByteBuffer> pixels =
                        clip -> clips.samples(clip, clip + 1).get(0).pixels();
                write(
                        video,
                        new CropFile(rule.width(), rule.height(), pixels, List.of(count, frames)),
                        new CropFile(rule.width(), frames * rule.height(), pixels.apply(0)));
            }
        }
    }

    /** What cannot be written for one file cannot be for others: that ends the command. */
    private void write(PictureFile file, CropFile values, CropFile picture) throws IOException {
        Path target = output.resolve(file.name().toString());
        Path directory = Objects.requireNonNull(target.toAbsolutePath().getParent());
        Files.createDirectories(directory);
        values.writeNpy(directory.resolve(target.getFileName() + ".npy"));
        picture.writePng(directory.resolve(target.getFileName() + ".png"));
    }

    private void refuseEqualNames(List<PictureFile> files) {
        Map<Path, Path> byName = new HashMap<>();
        for (PictureFile file : files) {
            Path other = byName.putIfAbsent(file.name(), file.path());
            if (other != null) {
                throw new ParameterException(
                        Objects.requireNonNull(spec).commandLine(),
                        "%s and %s would both be written to %s.npy"
                                .formatted(other, file.path(), output.resolve(file.name())));
            }
        }
    }
}
