package dev.iresnet.local;

/**
 * A result as the screen shows it.
 *
 * @param label the best one; empty where the result has none
 * @param score 0..1
 * @param latencyMillis from the frame's capture to the result's send; never below 0
 */
record Sighting(String cameraId, String label, double score, long latencyMillis) {}
