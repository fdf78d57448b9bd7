package dev.iresnet.job;

import dev.iresnet.config.ConfigException;
import java.util.List;

/** Which jar this is, and whether what it leaves out is there. */
final class Installation {

    private Installation() {}

    /** The version that the job's jar says it has; {@code unpackaged} outside of one. */
    static String version() {
        String version = Installation.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }

    /**
     * Looks for TensorFlow and model-loader.
     *
     * @throws ConfigException if one is missing; it says what to do
     */
    static void check() {
        require("org.tensorflow.TensorFlow", "TensorFlow Java");
        require("dev.iresnet.model.loading.ModelLoader", "model-loader");
    }

    static void require(String type, String product) {
        try {
            // found, not initialised: native code belongs to the task managers
            Class.forName(type, false, Installation.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new ConfigException(
                    List.of(
                            product
                                    + " is not on Flink's class path: run deploy/flink/install"
                                    + " FLINK_HOME, which puts TensorFlow and model-loader into"
                                    + " lib/, and restart the cluster"));
        }
    }
}
