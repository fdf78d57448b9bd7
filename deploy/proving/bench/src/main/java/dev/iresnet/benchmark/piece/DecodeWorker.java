package dev.iresnet.benchmark.piece;

import dev.iresnet.benchmark.worker.Worker;
import dev.iresnet.image.DecodeLimits;
import dev.iresnet.image.EncodedImage;
import dev.iresnet.image.Encoding;
import dev.iresnet.image.ImageException;
import dev.iresnet.image.JpegDecoding;
import dev.iresnet.image.PicturePreprocessor;
import dev.iresnet.image.Preprocessing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Decoding alone: JPEG files to pixels, or to crops, by a number of threads. */
public final class DecodeWorker implements Worker<DecodeWorker.Order> {
    private static final int MAX_BYTES = 16 << 20;
    private static final int MAX_PIXELS = 50_000_000;

    private final Map<JpegDecoding, PicturePreprocessor> croppers =
            new EnumMap<>(JpegDecoding.class);
    private final List<ByteBuffer> files = new ArrayList<>();

    /**
     * What it decodes.
     *
     * @param files JPEGs
     */
    public record Task(List<String> files) {}

    /**
     * How.
     *
     * @param threads that decode, 1 or more
     * @param crops whether the pixels are also brought to a network's input, as a frame's are
     */
    public record Order(double seconds, int threads, boolean crops, JpegDecoding decoding) {}

    DecodeWorker(Task task) throws IOException {
        DecodeLimits limits = new DecodeLimits(MAX_BYTES, MAX_PIXELS);
        for (JpegDecoding decoding : JpegDecoding.values()) {
            croppers.put(
                    decoding, new PicturePreprocessor(Preprocessing.IMAGENET, limits, decoding));
        }
        for (String file : task.files()) {
            files.add(ByteBuffer.wrap(Files.readAllBytes(Path.of(file))));
        }
    }

    /** Passes over all files a second, by all threads together. */
    @Override
    public Object answer(Order order) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(order.threads());
        try {
            List<Future<Double>> rates = new ArrayList<>();
            for (int i = 0; i < order.threads(); i++) {
                rates.add(threads.submit(() -> passes(order)));
            }
            double sum = 0;
            for (Future<Double> rate : rates) {
                sum += rate.get();
            }
            return sum;
        } finally {
            threads.shutdown();
        }
    }

    private double passes(Order order) throws ImageException {
        PicturePreprocessor cropper = Objects.requireNonNull(croppers.get(order.decoding()));
        ByteBuffer crop = ByteBuffer.allocateDirect(Preprocessing.IMAGENET.cropBytes());
        Span span = new Span(order.seconds());
        long start = System.nanoTime();
        int passes = 0;
        do {
            for (ByteBuffer file : files) {
                EncodedImage image = EncodedImage.compressed(Encoding.JPEG, file);
                if (order.crops()) {
                    cropper.crop(image, crop);
                } else {
                    cropper.decode(image);
                }
            }
            passes++;
        } while (!span.isOver(start));
        return passes * 1e9 / (System.nanoTime() - start);
    }

    @Override
    public void close() {
        croppers.values().forEach(PicturePreprocessor::close);
    }
}
