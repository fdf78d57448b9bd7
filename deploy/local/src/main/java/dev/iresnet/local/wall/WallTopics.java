package dev.iresnet.local.wall;

/**
 * What the wall reads.
 *
 * @param input frames
 * @param output results
 * @param deadLetter records that could not be labelled
 */
public record WallTopics(String input, String output, String deadLetter) {}
