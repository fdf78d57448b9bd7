package dev.iresnet.chaos.process;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * Runs another main class, and ends the process with its parent's: what is killed at will must not
 * stay behind when the run itself is killed.
 */
public final class Child {
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
