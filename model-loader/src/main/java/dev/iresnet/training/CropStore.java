package dev.iresnet.training;

import dev.iresnet.file.Sha256;
import dev.iresnet.image.DecodeLimits;
import dev.iresnet.image.EncodedImage;
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
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Pictures, or all frames of videos, decoded and brought to one size, in a file that is mapped into
 * memory: each content is decoded once, whatever the number of epochs, and a later run with the
 * same pictures takes the file as it is. Reading is thread-safe.
 */
public final class CropStore {
    private static final int LARGEST_SEGMENT = 1 << 30;
    private static final String PREFIX = "crops-";

    /** A byte behind each crop: whether it could be read. */
    private static final byte READ = 1;

    private final List<String> labels;
    private final List<LabelledPicture> pictures;

    /** One picture for each content, by the place of its first crop. */
    private final SortedMap<Integer, LabelledPicture> distinct = new TreeMap<>();

    /** Of the first crop of each picture. */
    private final int[] places;

    /** In all. */
    private final int crops;

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
        int next = 0;
        for (int i = 0; i < places.length; i++) {
            LabelledPicture picture = pictures.get(i);
            Integer place = known.putIfAbsent(picture.sha256(), next);
            places[i] = place != null ? place : next;
            if (place == null) {
                distinct.put(next, picture);
                next = Math.addExact(next, picture.frames());
            }
        }
        this.crops = next;
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
        for (LabelledPicture picture : distinct.values()) {
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
        return crops * (cropBytes + 1L);
    }

    private void map(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            for (int first = 0; first < crops; first += segmentCrops) {
                long some = Math.min(segmentCrops, crops - first);
                segments.add(
                        channel.map(
                                FileChannel.MapMode.READ_WRITE,
                                first * (cropBytes + 1L),
                                some * (cropBytes + 1L)));
            }
        }
    }

    private void fill(Preprocessing rule, int threads, Listener listener) throws IOException {
        Map<Integer, LabelledPicture> wanted = new TreeMap<>(distinct);
        wanted.entrySet().removeIf(one -> isRead(one.getKey(), one.getValue()));
        if (wanted.isEmpty()) {
            return;
        }
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (Preprocessor preprocessor = new PicturePreprocessor(rule, DecodeLimits.DEFAULT)) {
            List<Future<?>> all = new ArrayList<>();
            wanted.forEach(
                    (place, picture) ->
                            all.add(
                                    pool.submit(
                                            () -> fill(preprocessor, place, picture, listener))));
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

    private void fill(
            Preprocessor preprocessor, int place, LabelledPicture picture, Listener listener) {
        try {
            picture.forEachFrame((frame, image) -> put(preprocessor, place + frame, image));
            synchronized (listener) {
                listener.read(picture);
            }
        } catch (IOException | ImageException e) {
            synchronized (listener) {
                listener.failed(picture, e);
            }
        }
    }

    private void put(Preprocessor preprocessor, int at, EncodedImage picture)
            throws ImageException {
        ByteBuffer slot = slot(at);
        preprocessor.crop(picture, slot.slice(0, cropBytes));
        slot.put(cropBytes, READ);
    }

    private ByteBuffer slot(int at) {
        int inside = at % segmentCrops;
        return segments.get(at / segmentCrops).slice(inside * (cropBytes + 1), cropBytes + 1);
    }

    /** The last frame of a video is read last. */
    private boolean isRead(int place, LabelledPicture picture) {
        return slot(place + picture.frames() - 1).get(cropBytes) == READ;
    }

    /** Indexes of the pictures that could be read, ascending. */
    public List<Integer> readable() {
        return IntStream.range(0, places.length)
                .filter(i -> isRead(places[i], pictures.get(i)))
                .boxed()
                .toList();
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

    /** The length of a video; empty for a picture. */
    Optional<LabelledPicture.Length> video(int index) {
        return pictures.get(index).video();
    }

    /** uint8 [H,W,3], RGB; of a video its first frame. */
    public ByteBuffer crop(int index) {
        return crop(index, 0);
    }

    /** The same of a video's frame, from 0. */
    ByteBuffer crop(int index, int frame) {
        return slot(places[index] + frame).slice(0, cropBytes);
    }
}
