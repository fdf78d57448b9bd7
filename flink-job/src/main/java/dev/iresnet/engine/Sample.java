package dev.iresnet.engine;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * What an engine is asked to look at.
 *
 * @param crop filled, from the engine's {@link CropPool}
 * @param aboveShare as {@link Shedder#isAboveShare} has said when the frame came in
 */
public record Sample(ByteBuffer crop, Instant capturedAt, boolean aboveShare) {}
