package dev.iresnet.training;

import dev.iresnet.file.Sha256;
import dev.iresnet.image.DecodeLimits;
import dev.iresnet.image.ImageException;
import dev.iresnet.image.PicturePreprocessor;
import dev.iresnet.image.Preprocessing;
import dev.iresnet.image.Preprocessor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;

/**
 * Pictures, decoded and brought to one size, in a file that is mapped into memory: each picture is
 * decoded once, whatever the number of epochs, and a later run with the same pictures takes the
 * file as it is. Reading is thread-safe.
 */
final class CropStore {
    private static final int LARGEST_SEGMENT = 1 << 30;

    /** Behind the crops, a byte each: whether the picture could be read. */
    private static final byte READ = 1;

    private final List<LabelledPicture> pictures;
    private final int cropBytes;
    private final int segmentCrops;
    private final List<MappedByteBuffer> segments = new ArrayList<>();

    private CropStore(List<LabelledPicture> pictures, int cropBytes) {
        this.pictures = pictures;
        this.cropBytes = cropBytes;
        this.segmentCrops = Math.max(1, LARGEST_SEGMENT / (cropBytes + 1));
    }

    /** Told of each picture that was done, and why it failed if it did. */
    interface Listener {
        void read(LabelledPicture picture);

        void failed(LabelledPicture picture, Exception reason);
    }

    /**
     * Opens the store of these pictures; makes it if it is not there.
     *
     * @param directory of the file
     * @param rule picture to crop
     */
    static CropStore open(
            Dataset dataset, Preprocessing rule, Path directory, int threads, Listener listener)
            throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve("crops-" + key(dataset, rule) + ".bin");
        CropStore store = new CropStore(dataset.pictures(), rule.cropBytes());
        if (Files.exists(file)) {
            store.map(file, FileChannel.MapMode.READ_ONLY);
            return store;
        }
        Path part = directory.resolve(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        store.map(part, FileChannel.MapMode.READ_WRITE);
        store.fill(rule, threads, listener);
        store.segments.forEach(MappedByteBuffer::force);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        return store;
    }

    private static String key(Dataset dataset, Preprocessing rule) {
        MessageDigest sha = Sha256.digest();
        for (LabelledPicture picture : dataset.pictures()) {
            sha.update(picture.sha256().getBytes(StandardCharsets.UTF_8));
        }
        String size =
                "%d %d %s %d %d %s"
                        .formatted(
                                rule.width(),
                                rule.height(),
                                rule.resize(),
                                rule.resizeTo(),
                                rule.resizeToWidth(),
                                rule.interpolation());
        sha.update(size.getBytes(StandardCharsets.UTF_8));
        return Sha256.hex(sha).substring(0, 16);
    }

    private void map(Path file, FileChannel.MapMode mode) throws IOException {
        try (FileChannel channel =
                mode == FileChannel.MapMode.READ_ONLY
                        ? FileChannel.open(file, StandardOpenOption.READ)
                        : FileChannel.open(
                                file,
                                StandardOpenOption.CREATE_NEW,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE)) {
            for (int first = 0; first < pictures.size(); first += segmentCrops) {
                long crops = Math.min(segmentCrops, pictures.size() - first);
                segments.add(channel.map(mode, first * (cropBytes + 1L), crops * (cropBytes + 1L)));
            }
        }
    }

    private void fill(Preprocessing rule, int threads, Listener listener) throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (Preprocessor preprocessor = new PicturePreprocessor(rule, DecodeLimits.DEFAULT)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < pictures.size(); i++) {
                int at = i;
                all.add(pool.submit(() -> fill(preprocessor, at, listener)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("Pictures cannot be decoded: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while pictures were decoded", e);
        } finally {
            pool.shutdownNow();
        }
    }

    private void fill(Preprocessor preprocessor, int at, Listener listener) {
        LabelledPicture picture = pictures.get(at);
        ByteBuffer slot = slot(at);
        try {
            preprocessor.crop(picture.read(), slot.slice(0, cropBytes));
            slot.put(cropBytes, READ);
            synchronized (listener) {
                listener.read(picture);
            }
        } catch (IOException | ImageException e) {
            synchronized (listener) {
                listener.failed(picture, e);
            }
        }
    }

    private ByteBuffer slot(int at) {
        int inside = at % segmentCrops;
        return segments.get(at / segmentCrops).slice(inside * (cropBytes + 1), cropBytes + 1);
    }

    /** Indexes of the pictures that could be read, ascending. */
    List<Integer> readable() {
        List<Integer> readable = new ArrayList<>();
        forEach((index, crop) -> readable.add(index));
        return readable;
    }

    private void forEach(BiConsumer<Integer, ByteBuffer> consumer) {
        for (int i = 0; i < pictures.size(); i++) {
            ByteBuffer slot = slot(i);
            if (slot.get(cropBytes) == READ) {
                consumer.accept(i, slot);
            }
        }
    }

    int label(int index) {
        return pictures.get(index).label();
    }

    /** uint8 [H,W,3], RGB. */
    ByteBuffer crop(int index) {
        return slot(index).slice(0, cropBytes);
    }
}
