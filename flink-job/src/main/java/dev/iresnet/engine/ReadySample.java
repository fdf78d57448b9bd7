package dev.iresnet.engine;

import java.util.concurrent.CompletableFuture;

/** A sample that waits for a device. Its crop goes back once the device has copied it. */
record ReadySample(Sample sample, CompletableFuture<Inference> promise) {}
