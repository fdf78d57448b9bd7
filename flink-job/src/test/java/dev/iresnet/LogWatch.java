package dev.iresnet;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.DefaultConfiguration;
import org.apache.logging.log4j.core.config.Property;

/**
 * Looks for words in all that is logged in this process, down to the level TRACE, until it is
 * closed. Nothing is printed meanwhile.
 */
public final class LogWatch implements AutoCloseable {
    private final LoggerContext context = LoggerContext.getContext(false);
    private final Queue<String> found = new ConcurrentLinkedQueue<>();
    private final AtomicLong lines = new AtomicLong();

    public LogWatch(String... words) {
        List<String> forms = Arrays.stream(words).flatMap(word -> forms(word).stream()).toList();
        Watcher watcher = new Watcher(forms);
        watcher.start();
        DefaultConfiguration everything = new DefaultConfiguration();
        everything.addAppender(watcher);
        List.copyOf(everything.getRootLogger().getAppenders().keySet())
                .forEach(everything.getRootLogger()::removeAppender);
        everything.getRootLogger().addAppender(watcher, Level.TRACE, null);
        everything.getRootLogger().setLevel(Level.TRACE);
        Configurator.reconfigure(everything);
    }

    /** As text, and as bytes that somebody printed. */
    public static List<String> forms(String word) {
        String bytes = Arrays.toString(word.getBytes(StandardCharsets.UTF_8));
        return List.of(word, bytes.substring(1, bytes.length() - 1));
    }

    public List<String> found() {
        return List.copyOf(found);
    }

    public long lines() {
        return lines.get();
    }

    @Override
    public void close() {
        context.reconfigure();
    }

    private final class Watcher extends AbstractAppender {
        private final List<String> forms;

        Watcher(List<String> forms) {
            super("watch", null, null, true, Property.EMPTY_ARRAY);
            this.forms = forms;
        }

        @Override
        public void append(LogEvent event) {
            lines.incrementAndGet();
            look(event.getMessage().getFormattedMessage(), event);
            for (Throwable t = event.getThrown(); t != null; t = t.getCause()) {
                look(t.toString(), event);
            }
        }

        private void look(String text, LogEvent event) {
            if (forms.stream().anyMatch(text::contains)) {
                found.add(event.getLoggerName() + ": " + text);
            }
        }
    }
}
