package dev.iresnet.local;

/**
 * Where frames come from and results go.
 *
 * @param input image events, or pictures
 * @param output results
 * @param deadLetter records that could not be labelled
 */
record Topics(String input, String output, String deadLetter) {

    Topics {
        if (input.equals(output) || input.equals(deadLetter) || output.equals(deadLetter)) {
            throw new LocalException(
                    "Input, output and dead-letter topic must differ, got %s, %s and %s"
                            .formatted(input, output, deadLetter));
        }
    }
}
