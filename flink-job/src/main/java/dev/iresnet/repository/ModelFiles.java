package dev.iresnet.repository;

import java.util.List;

/**
 * The files of a version as a listing shows them. If they are equal at two looks, nobody is writing
 * there.
 *
 * @param files sorted by path
 */
record ModelFiles(List<ModelFile> files) {
    ModelFiles {
        files = List.copyOf(files);
    }

    /**
     * One of them.
     *
     * @param path below the version, with forward slashes
     * @param length bytes
     * @param modified milliseconds, as the store tells it
     */
    record ModelFile(String path, long length, long modified) implements Comparable<ModelFile> {
        @Override
        public int compareTo(ModelFile other) {
            return path.compareTo(other.path);
        }
    }
}
