package dev.iresnet.chaos.stage;

import java.nio.file.Path;

/**
 * What a job labels with.
 *
 * @param model directory of versions, or one version
 * @param reference the right answers, as the verifier takes them
 */
public record Subject(Path model, Path reference) {}
