package dev.iresnet.benchmark.piece;

import dev.iresnet.benchmark.worker.Worker;
import dev.iresnet.image.DecodeLimits;
import dev.iresnet.image.EncodedImage;
import dev.iresnet.image.Encoding;
import dev.iresnet.image.ImageException;
import dev.iresnet.image.PicturePreprocessor;
import dev.iresnet.model.LoadOptions;
import dev.iresnet.model.Model;
import dev.iresnet.model.Precision;
import dev.iresnet.model.Sample;
import dev.iresnet.model.loading.ModelLoader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A frame at a time: decoded, then labelled, with nothing around it. */
public final class FrameWorker implements Worker<Span> {
    private static final int MAX_BYTES = 16 << 20;
    private static final int MAX_PIXELS = 50_000_000;

    private final Model model;
    private final PicturePreprocessor cropper;
    private final ByteBuffer crop;
    private final List<EncodedImage> frames = new ArrayList<>();

    /**
     * What it is made of.
     *
     * @param model directory of a version
     * @param files JPEGs
     */
    public record Task(String model, Precision precision, List<String> files) {}

    /**
     * What it found.
     *
     * @param rate frames a second
     * @param nanos that each took
     */
    public record Answer(double rate, List<Long> nanos) {}

    FrameWorker(Task task) throws IOException {
        this.model = ModelLoader.load(Path.of(task.model()), new LoadOptions(1, task.precision()));
        this.cropper =
                new PicturePreprocessor(
                        model.description().preprocessing(),
                        new DecodeLimits(MAX_BYTES, MAX_PIXELS));
        this.crop = ByteBuffer.allocateDirect(model.description().preprocessing().cropBytes());
        for (String file : task.files()) {
            frames.add(
                    EncodedImage.compressed(
                            Encoding.JPEG, ByteBuffer.wrap(Files.readAllBytes(Path.of(file)))));
        }
    }

    /** An {@link Answer}. */
    @Override
    public Object answer(Span span) throws ImageException {
        long start = System.nanoTime();
        List<Long> nanos = new ArrayList<>();
        do {
            for (EncodedImage frame : frames) {
                long before = System.nanoTime();
                model.predict(List.of(new Sample(crop, cropper.crop(frame, crop))));
                nanos.add(System.nanoTime() - before);
            }
        } while (!span.isOver(start));
        return new Answer(nanos.size() * 1e9 / (System.nanoTime() - start), nanos);
    }

    @Override
    public void close() {
        model.close();
        cropper.close();
    }
}
