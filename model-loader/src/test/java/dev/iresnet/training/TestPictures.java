package dev.iresnet.training;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** 128 pictures of CIFAR-10 in ten classes. */
public final class TestPictures {
    private TestPictures() {}

    /** Writes them to {@code train/CLASS/NNNN.jpg} below a directory. */
    public static void unpack(Path directory) throws IOException {
        Path packed = Path.of("src/test/resources/golden-training/pictures.zip");
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(packed))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = directory.resolve(entry.getName()).normalize();
                Files.createDirectories(file.getParent());
                Files.copy((InputStream) zip, file);
            }
        }
    }
}
