package dev.iresnet.chaos.cluster;

/**
 * What a run is made of.
 *
 * @param software that is run
 * @param workplace where it writes
 * @param config of Flink
 */
public record Site(Software software, Workplace workplace, FlinkConfig config) {}
