package dev.iresnet.proving.verify;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.BooleanSupplier;

/** Becomes true when a stream ends, and for good. What the stream holds is passed over. */
final class EndOfInput implements BooleanSupplier {
    private volatile boolean ended;

    /** Watches on a thread of its own, which does not keep the process alive. */
    static EndOfInput of(InputStream in) {
        EndOfInput end = new EndOfInput();
        Thread thread = new Thread(() -> end.drain(in), "end-of-input");
        thread.setDaemon(true);
        thread.start();
        return end;
    }

    private void drain(InputStream in) {
        try {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            // A stream that cannot be read any more has ended.
        }
        ended = true;
    }

    @Override
    public boolean getAsBoolean() {
        return ended;
    }
}
