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
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Pictures, decoded and brought to one size, in a file that is mapped into memory: each content is
 * decoded once, whatever the number of epochs, and a later run with the same pictures takes the
 * file as it is. Reading is thread-safe.
 */
public final class CropStore {
    private static final int LARGEST_SEGMENT = 1 << 30;
    private static final String PREFIX = "crops-";

    /** Behind the crops, a byte each: whether the picture could be read. */
    private static final byte READ = 1;

    private final List<String> labels;
    private final List<LabelledPicture> pictures;

    /** One picture for each content, and where it is for each picture. */
    private final List<LabelledPicture> distinct = new ArrayList<>();

    private final int[] places;
    private final Path file;
    private final int cropBytes;
    private final int segmentCrops;
    private final List<MappedByteBuffer> segments = new ArrayList<>();

    private CropStore(Dataset dataset, Preprocessing rule, Path directory) {
        this.labels = dataset.labels();
        this.pictures = dataset.pictures();
        this.cropBytes = rule.cropBytes();
        this.segmentCrops = Math.max(1, LARGEST_SEGMENT / (cropBytes + 1));
        this.places = new int[pictures.size()];
        Map<String, Integer> known = new HashMap<>();
        for (int i = 0; i < places.length; i++) {
            LabelledPicture picture = pictures.get(i);
            Integer place = known.putIfAbsent(picture.sha256(), distinct.size());
            places[i] = place != null ? place : distinct.size();
            if (place == null) {
                distinct.add(picture);
            }
        }
        this.file = directory.resolve(PREFIX + key(rule) + ".bin");
    }

    /** Told of each picture that was done, and why it failed if it did. */
    public interface Listener {
        void read(LabelledPicture picture);

        void failed(LabelledPicture picture, Exception reason);

        /** One that counts those that were read. */
        static Listener of(BiConsumer<Path, Exception> failed, IntConsumer done) {
            return new Listener() {
                @Override
                public void read(LabelledPicture picture) {
                    done.accept(1);
                }

                @Override
                public void failed(LabelledPicture picture, Exception reason) {
                    failed.accept(picture.path(), reason);
                }
            };
        }
    }

    /**
     * Opens the store of these pictures; makes it if it is not there. Pictures that an earlier run
     * could not read are tried again, so that each run tells of them.
     *
     * @param directory of the file
     * @param rule picture to crop
     */
    public static CropStore open(
            Dataset dataset, Preprocessing rule, Path directory, int threads, Listener listener)
            throws IOException {
        Files.createDirectories(directory);
        CropStore store = new CropStore(dataset, rule, directory);
        if (Files.exists(store.file) && Files.size(store.file) == store.bytes()) {
            store.map(store.file);
            store.fill(rule, threads, listener);
            return store;
        }
        Path part = directory.resolve(store.file.getFileName() + ".part");
        Files.deleteIfExists(part);
        // writing to mapped memory beyond the end of the disk would end the process
        long free = Files.getFileStore(directory).getUsableSpace();
        if (free < store.bytes()) {
            throw new IOException(
                    "%s: the decoded pictures take %d MB, but only %d MB of the disk are free"
                            .formatted(directory, store.bytes() >> 20, free >> 20));
        }
        store.map(part);
        store.fill(rule, threads, listener);
        store.segments.forEach(MappedByteBuffer::force);
        Files.move(part, store.file, StandardCopyOption.ATOMIC_MOVE);
        return store;
    }

    /** Deletes what earlier runs with other pictures or sizes left in a directory. */
    public static void deleteOthers(Path directory, Collection<CropStore> stores)
            throws IOException {
        Set<Path> kept = stores.stream().map(store -> store.file).collect(Collectors.toSet());
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*.bin*")) {
            for (Path other : files) {
                if (!kept.contains(other)) {
                    Files.delete(other);
                }
            }
        }
    }

    private String key(Preprocessing rule) {
        MessageDigest sha = Sha256.digest();
        for (LabelledPicture picture : distinct) {
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

    private long bytes() {
        return distinct.size() * (cropBytes + 1L);
    }

    private void map(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            for (int first = 0; first < distinct.size(); first += segmentCrops) {
                long crops = Math.min(segmentCrops, distinct.size() - first);
                segments.add(
                        channel.map(
                                FileChannel.MapMode.READ_WRITE,
                                first * (cropBytes + 1L),
                                crops * (cropBytes + 1L)));
            }
        }
    }

    private void fill(Preprocessing rule, int threads, Listener listener) throws IOException {
        List<Integer> wanted =
                IntStream.range(0, distinct.size()).filter(at -> !isRead(at)).boxed().toList();
        if (wanted.isEmpty()) {
            return;
        }
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (Preprocessor preprocessor = new PicturePreprocessor(rule, DecodeLimits.DEFAULT)) {
            List<Future<?>> all = new ArrayList<>();
            wanted.forEach(at -> all.add(pool.submit(() -> fill(preprocessor, at, listener))));
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a picture was neither decoded nor refused", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while pictures were decoded", e);
        } finally {
            pool.shutdownNow();
        }
    }

    private void fill(Preprocessor preprocessor, int at, Listener listener) {
        LabelledPicture picture = distinct.get(at);
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

    private boolean isRead(int at) {
        return slot(at).get(cropBytes) == READ;
    }

    /** Indexes of the pictures that could be read, ascending. */
    public List<Integer> readable() {
        return IntStream.range(0, places.length).filter(i -> isRead(places[i])).boxed().toList();
    }

    /** Pictures, readable or not. */
    public int size() {
        return places.length;
    }

    /** The pictures that could be read. */
    public Dataset dataset() {
        return new Dataset(labels, readable().stream().map(pictures::get).toList());
    }

    int label(int index) {
        return pictures.get(index).label();
    }

    /** uint8 [H,W,3], RGB. */
    public ByteBuffer crop(int index) {
        return slot(places[index]).slice(0, cropBytes);
    }
}
