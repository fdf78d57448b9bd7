package dev.iresnet.chaos.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A JVM that was started from here. */
public final class JvmProcess implements AutoCloseable {
    /** What Java says of a child that signal 9 has ended. */
    public static final int KILLED = 128 + 9;

    private static final long GRACE_SECONDS = 20;
    private static final int LOOKS = 200;
    private static final long BETWEEN_LOOKS_NANOS = 5_000_000;

    private final String name;
    private final Process process;

    private JvmProcess(String name, Process process) {
        this.name = name;
        this.process = process;
    }

    /**
     * Starts one.
     *
     * @param log where its own log goes; what it prints goes beside it
     */
    public static JvmProcess start(JvmCommand command, Path log) {
        return start(command.name(), command.builder(log));
    }

    /** The same, with its standard output and input for the caller. */
    public static JvmProcess startPiped(JvmCommand command, Path log) {
        ProcessBuilder builder = command.builder(log);
        builder.redirectOutput(ProcessBuilder.Redirect.PIPE);
        return start(command.name(), builder);
    }

    private static JvmProcess start(String name, ProcessBuilder builder) {
        try {
            return new JvmProcess(name, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** For its standard streams and its end. */
    public Process process() {
        return process;
    }

    /**
     * Kills it with signal 9.
     *
     * @return its exit status as the operating system gives it: {@link #KILLED} if that did it
     */
    public int kill() {
        signal("KILL");
        return awaitEnd();
    }

    /**
     * Stops it with SIGSTOP.
     *
     * @return its state once the signal has arrived
     */
    public ProcStat pause() {
        signal("STOP");
        ProcStat stat = stat();
        for (int look = 0; look < LOOKS && !stat.isStopped(); look++) {
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
            stat = stat();
        }
        return stat;
    }

    /** Lets it go on. */
    public ProcStat resume() {
        signal("CONT");
        return stat();
    }

    /** Asks it to end, and kills it if it takes too long. */
    @Override
    public void close() {
        signal("CONT");
        process.destroy();
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Runs a command to its end.
     *
     * @throws IllegalStateException naming the log if it ends with another status than 0
     */
    public static void run(JvmCommand command, Path log) {
        int status = start(command, log).awaitEnd();
        if (status != 0) {
            throw new IllegalStateException(
                    "%s ended with status %d, see %s".formatted(command.name(), status, log));
        }
    }

    /** Waits for its end, and returns its status. */
    public int awaitEnd() {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the end of " + name, e);
        }
    }

    private ProcStat stat() {
        try {
            return ProcStat.of(pid()).orElseGet(() -> new ProcStat('Z', 0));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at " + name, e);
        }
    }

    private void signal(String signal) {
        if (!process.isAlive()) {
            return;
        }
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot send SIG%s to %s".formatted(signal, name), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Runs another main class, and ends the process with its parent's: what is killed at will must
     * not stay behind when the run itself is killed.
     */
    public static final class Child {

        private static final int ORPHANED = 87;

        private Child() {}

        /**
         * Runs it.
         *
         * @param arguments the main class, and its arguments
         */
        public static void main(String[] arguments) throws Throwable {
            ProcessHandle.current().parent().ifPresent(Child::endWith);
            try {
                Class.forName(arguments[0])
                        .getMethod("main", String[].class)
                        .invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
            } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
            }
        }

        private static void endWith(ProcessHandle parent) {
            Thread thread =
                    new Thread(
                            () -> {
                                parent.onExit().join();
                                Runtime.getRuntime().halt(ORPHANED);
                            },
                            "parent-watch");
            thread.setDaemon(true);
            thread.start();
        }
    }
}
