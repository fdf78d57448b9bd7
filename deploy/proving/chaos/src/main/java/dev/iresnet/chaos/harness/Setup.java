package dev.iresnet.chaos.harness;

import dev.iresnet.chaos.process.RunDirectory;

import java.util.List;

/**
 * What a run is made of.
 *
 * @param software that is run
 * @param directory where it writes
 * @param config of Flink
 */
public record Setup(Software software, RunDirectory directory, FlinkConfig config) {

    /** With the software of this build, and a configuration that writes to the directory. */
    public static Setup of(FlinkConfig.Times times, RunDirectory directory) {
        return new Setup(Software.find(), directory, FlinkConfig.of(times, directory));
    }

    /** The same with options for JobManager and TaskManagers. */
    public Setup withJvmOptions(List<String> options) {
        return new Setup(software, directory, config.withJvmOptions(options));
    }
}
