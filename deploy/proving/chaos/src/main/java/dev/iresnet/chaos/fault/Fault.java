package dev.iresnet.chaos.fault;

import java.io.IOException;

/** Something that goes wrong. */
@FunctionalInterface
interface Fault {

    /**
     * Lets it happen, and repairs its cause.
     *
     * @throws IOException if Flink did not answer a question that had to be asked
     */
    Proof strike(Draw draw) throws IOException;
}
