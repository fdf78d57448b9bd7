package dev.iresnet.chaos.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iresnet.chaos.cluster.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a report, and of what a run has left behind.
 *
 * @param json where to write it
 * @param keep whether logs and data stay although everything holds
 */
public record Conclusion(@Nullable Path json, boolean keep) {
    public static final int HOLDS = 0;
    public static final int DOES_NOT_HOLD = 1;

    /**
     * Writes it to standard output and to the file.
     *
     * @param report whose member {@code holds} says it all
     * @return the exit status
     */
    public int draw(ObjectNode report, Workplace workplace) throws IOException {
        String text = report.toPrettyString() + System.lineSeparator();
        System.out.print(text);
        if (json != null) {
            Files.writeString(json, text);
        }
        boolean holds = report.path("holds").asBoolean();
        if (holds && !keep) {
            workplace.delete();
        } else {
            System.err.println("Logs and data are kept in " + workplace.root());
        }
        return holds ? HOLDS : DOES_NOT_HOLD;
    }
}
