package dev.iresnet.local;

import dev.iresnet.local.options.Demo;
import dev.iresnet.local.options.LocalArguments;
import dev.iresnet.local.options.LocalOptions;
import dev.iresnet.local.process.LocalException;
import dev.iresnet.local.process.StopSignal;
import dev.iresnet.local.screen.Screen;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What {@code deploy/local/run} starts. */
public final class LocalRun {

    private static final Logger LOG = LoggerFactory.getLogger(LocalRun.class);

    /** Every frame is accounted for, or a run that only serves was ended. */
    static final int GOOD = 0;

    /** A frame is lost, doubled or out of order. */
    static final int BAD = 1;

    /** The run cannot start or go on, and a sentence has said why. */
    static final int REFUSED = 2;

    /** As shells report Ctrl-C. */
    static final int STOPPED = 130;

    private final Demo.Bundle bundle;
    private final Path log;
    private final PrintStream out;
    private final Screen screen;

    /**
     * @param log where the log goes, to be named in errors
     * @param out for results
     * @param screen for everything else
     */
    LocalRun(Demo.Bundle bundle, Path log, PrintStream out, Screen screen) {
        this.bundle = bundle;
        this.log = log;
        this.out = out;
        this.screen = screen;
    }

    /** Never returns: the exit status says how it went. */
    public static void main(String[] arguments) {
        Path log = Path.of(System.getProperty("iresnet.log", "iresnet-local.log"));
        Integer columns = Integer.getInteger("iresnet.columns");
        Screen screen = new Screen(screen(), columns != null, columns == null ? 0 : columns);
        StopSignal stop = new StopSignal();
        Ending ending = Ending.install(stop);
        LocalRun run = new LocalRun(Demo.Bundle.locate(), log, System.out, screen);
        int status = run.run(arguments, stop);
        ending.reached(status);
        System.exit(status);
    }

    /**
     * The terminal, or whatever the script's standard error is. Native code writes to this
     * process's standard error as it likes, so the script gives that to the log and the screen
     * another name.
     */
    private static PrintStream screen() {
        String file = System.getProperty("iresnet.screen");
        if (file == null) {
            return System.err;
        }
        try {
            return new PrintStream(
                    new FileOutputStream(file, true), true, Charset.defaultCharset());
        } catch (IOException e) {
            return System.err;
        }
    }

    /** Runs to the end, or until stopped; returns the exit status. */
    int run(String[] arguments, StopSignal stop) {
        LocalArguments parsed = new LocalArguments(bundle);
        CommandLine line = new CommandLine(parsed);
        try {
            ParseResult result = line.parseArgs(arguments);
            if (CommandLine.printHelpIfRequested(result)) {
                return GOOD;
            }
            LocalOptions options = parsed.options(result);
            return new LocalSession(options, log, out, screen, stop).run();
        } catch (ParameterException e) {
            screen.say(LocalException.sentence(e) + " (see --help)");
            return REFUSED;
        } catch (LocalException e) {
            return refuse(LocalException.sentence(e), e);
        } catch (StopSignal.StoppedException e) {
            screen.say("Stopped.");
            return STOPPED;
        } catch (RuntimeException e) {
            return refuse("The run failed: " + LocalException.reason(e), e);
        }
    }

    private int refuse(String sentence, RuntimeException reason) {
        LOG.error("Refused", reason);
        screen.say(sentence);
        screen.say("(log: " + log + ")");
        return REFUSED;
    }

    /**
     * Lets Ctrl-C end a run in order: closes broker, cluster and verifier, and deletes temporary
     * files.
     */
    private static final class Ending {

        private static final Duration GRACE = Duration.ofSeconds(30);

        private final CompletableFuture<Integer> status = new CompletableFuture<>();

        private Ending() {}

        /** From now on the end of this process raises the signal and waits for the run. */
        static Ending install(StopSignal stop) {
            Ending ending = new Ending();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> ending.stopRun(stop), "stop"));
            return ending;
        }

        /** The run is over and everything of it closed. */
        void reached(int exitStatus) {
            status.complete(exitStatus);
        }

        private void stopRun(StopSignal stop) {
            if (status.isDone()) {
                return;
            }
            stop.raise();
            try {
                int reached = status.get(GRACE.toSeconds(), TimeUnit.SECONDS);
                // Java would exit with 130; a run that only serves has no other end than this.
                Runtime.getRuntime().halt(reached);
            } catch (InterruptedException | ExecutionException | TimeoutException e) {
                Runtime.getRuntime().halt(STOPPED);
            }
        }
    }
}
