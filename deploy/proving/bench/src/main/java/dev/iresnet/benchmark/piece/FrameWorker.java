package dev.iresnet.benchmark.piece;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.benchmark.worker.Worker;
import dev.iresnet.benchmark.worker.WorkerLoop;
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
public final class FrameWorker implements Worker {
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

    private FrameWorker(Task task) throws IOException {
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

    public static void main(String[] arguments) throws IOException {
        WorkerLoop.serve(arguments, task -> new FrameWorker(WorkerLoop.read(task, Task.class)));
    }

    /** Frames a second, and {@code nanos} that each took. */
    @Override
    public ObjectNode answer(JsonNode order) throws ImageException {
        Span span = WorkerLoop.read(order, Span.class);
        long start = System.nanoTime();
        ObjectNode answer = WorkerLoop.rate(0);
        ArrayNode nanos = answer.putArray("nanos");
        do {
            for (EncodedImage frame : frames) {
                long before = System.nanoTime();
                model.predict(List.of(new Sample(crop, cropper.crop(frame, crop))));
                nanos.add(System.nanoTime() - before);
            }
        } while (!span.isOver(start));
        return answer.put("rate", nanos.size() * 1e9 / (System.nanoTime() - start));
    }

    @Override
    public void close() {
        model.close();
        cropper.close();
    }
}
