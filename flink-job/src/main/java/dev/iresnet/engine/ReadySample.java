package dev.iresnet.engine;

import dev.iresnet.model.Sample;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** A sample that waits for a device. Its pixels go back to the pool once the device has them. */
record ReadySample(
        Sample sample,
        Instant capturedAt,
        boolean aboveShare,
        CompletableFuture<Inference> promise) {}
