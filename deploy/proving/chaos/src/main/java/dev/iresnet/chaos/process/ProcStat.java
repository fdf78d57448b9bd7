package dev.iresnet.chaos.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What Linux says of a process in {@code /proc/PID/stat}.
 *
 * @param state a letter: R, S and D run or wait, T is stopped by a signal, Z has ended
 * @param threads of the process
 */
public record ProcStat(char state, int threads) {
    private static final int STATE = 0;
    private static final int THREADS = 17;

    /**
     * Reads the file's line. The name of the program, in parentheses, may hold anything, blanks and
     * parentheses too: what counts comes after the last of them.
     *
     * @throws IllegalArgumentException if it is no such line
     */
    static ProcStat parse(String line) {
        int end = line.lastIndexOf(')');
        String[] fields = end < 0 ? new String[0] : line.substring(end + 1).strip().split(" ", -1);
        if (fields.length <= THREADS || fields[STATE].length() != 1) {
            throw new IllegalArgumentException("not a line of /proc/PID/stat: '" + line + "'");
        }
        return new ProcStat(fields[STATE].charAt(0), Integer.parseInt(fields[THREADS]));
    }

    /** Of a process; empty if it is gone. */
    public static Optional<ProcStat> of(long pid) throws IOException {
        try {
            return Optional.of(
                    parse(Files.readString(Path.of("/proc", Long.toString(pid), "stat"))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Whether a signal has stopped it. */
    public boolean isStopped() {
        return state == 'T';
    }
}
