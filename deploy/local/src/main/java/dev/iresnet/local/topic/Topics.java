package dev.iresnet.local.topic;

import dev.iresnet.local.process.LocalException;
import java.util.List;

/**
 * Where frames come from and results go.
 *
 * @param input image events, or pictures
 * @param output results
 * @param deadLetter records that could not be labelled
 */
public record Topics(String input, String output, String deadLetter) {

    public Topics {
        if (input.equals(output) || input.equals(deadLetter) || output.equals(deadLetter)) {
            throw new LocalException(
                    "Input, output and dead-letter topic must differ, got %s, %s and %s"
                            .formatted(input, output, deadLetter));
        }
    }

    /** Both topics that answers go to. */
    public List<String> answers() {
        return List.of(output, deadLetter);
    }
}
