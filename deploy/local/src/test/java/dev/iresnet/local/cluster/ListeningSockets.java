package dev.iresnet.local.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The TCP sockets that this process listens on, as Linux tells: {@code /proc/self/net} has those of
 * all processes, {@code /proc/self/fd} says which are ours.
 */
final class ListeningSockets {
    private static final String LISTEN = "0A";
    private static final int ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private ListeningSockets() {}

    /** Each as the address in the kernel's hexadecimal, a colon, and the port. */
    static Set<String> ofThisProcess() throws IOException {
        Set<String> ours = inodes();
        Set<String> found = new TreeSet<>();
        for (String table : new String[] {"tcp", "tcp6"}) {
            for (String line : Files.readAllLines(Path.of("/proc/self/net", table))) {
                String[] fields = line.strip().split("\\s+", -1);
                if (fields[STATE].equals(LISTEN) && ours.contains(fields[INODE])) {
                    String[] address = fields[ADDRESS].split(":", -1);
                    found.add(address[0] + ":" + Integer.parseInt(address[1], 16));
                }
            }
        }
        return found;
    }

    /** 127.0.0.0/8, ::1, or the former as IPv6 writes it; the kernel's words are little-endian. */
    static boolean isLoopback(String socket) {
        String address = socket.substring(0, socket.indexOf(':'));
        return address.matches("[0-9A-F]{6}7F|0{24}01000000|0{16}FFFF0000[0-9A-F]{6}7F");
    }

    private static Set<String> inodes() throws IOException {
        Set<String> inodes = new TreeSet<>();
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            files.forEach(
                    file -> {
                        String target = target(file);
                        if (target.startsWith("socket:[")) {
                            inodes.add(target.substring(8, target.length() - 1));
                        }
                    });
        }
        return inodes;
    }

    /** Empty for one that is closed meanwhile. */
    private static String target(Path file) {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (java.nio.file.NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
