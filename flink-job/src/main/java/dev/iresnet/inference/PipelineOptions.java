package dev.iresnet.inference;

import dev.iresnet.engine.EngineOptions;

/**
 * How records become outcomes.
 *
 * @param engine how large it is, and how long things may take
 * @param labeling how an inference becomes a result
 */
public record PipelineOptions(EngineOptions engine, Labeling labeling) {}
