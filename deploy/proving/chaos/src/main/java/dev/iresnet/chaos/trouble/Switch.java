package dev.iresnet.chaos.trouble;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A fault that is switched on and off from outside the processes that have it. On while its file is
 * there; the file's text says what is wanted. The process that obeys writes it down, since a fault
 * that was not met proves nothing. Thread-safe, across processes too.
 */
public final class Switch {
    private final Path order;
    private final Path evidence;

    /**
     * @param name of the thing that fails
     */
    public Switch(Path directory, String name) {
        this.order = directory.resolve(name);
        this.evidence = directory.resolve(name + ".evidence");
    }

    /** Switches it on; a reader sees the whole text or none. */
    public void on(String text) {
        Path draft = order.resolveSibling(order.getFileName() + ".draft");
        try {
            Files.writeString(draft, text);
            Files.move(draft, order, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + order, e);
        }
    }

    public void off() {
        try {
            Files.deleteIfExists(order);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + order, e);
        }
    }

    /** What is wanted at the moment; empty while it is off. */
    public Optional<String> order() {
        try {
            return Files.exists(order) ? Optional.of(Files.readString(order)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + order, e);
        }
    }

    /** Writes down that the order was obeyed. */
    public void obeyed(String how) {
        String line = "%s pid %d %s%n".formatted(Instant.now(), ProcessHandle.current().pid(), how);
        try {
            Files.write(
                    evidence,
                    line.getBytes(UTF_8),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + evidence, e);
        }
    }

    /** All that was written down so far. */
    public List<String> evidence() {
        try {
            return Files.exists(evidence) ? Files.readAllLines(evidence) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + evidence, e);
        }
    }
}
