package dev.iresnet.decoding.fetch;

import java.io.IOException;

/** Where pictures are fetched from that events refer to, and how. */
public record Fetching(ImageStore store, FetchPolicy policy) {
    /** For engines whose reader follows no references. */
    public static final Fetching NONE =
            new Fetching(
                    uri -> {
                        throw new IOException("this engine fetches nothing");
                    },
                    FetchPolicy.NONE);
}
