package dev.iresnet.local.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.kafka.common.utils.AppInfoParser;
import org.tensorflow.TensorFlow;

/** Of what takes part in a run. */
public final class Versions {

    private Versions() {}

    /** By name, in an order for readers. */
    public static Map<String, String> all() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("flink-iresnet", product());
        versions.put("flink", EnvironmentInformation.getVersion());
        versions.put("kafka", AppInfoParser.getVersion());
        versions.put("tensorflow", TensorFlow.version());
        versions.put("java", System.getProperty("java.version"));
        versions.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return versions;
    }

    /** This product's. */
    public static String product() {
        Properties properties = new Properties();
        try (InputStream in =
                Versions.class.getResourceAsStream("/dev/iresnet/local/product.properties")) {
            properties.load(Objects.requireNonNull(in, "product.properties"));
        } catch (IOException e) {
            throw new UncheckedIOException("product.properties cannot be read", e);
        }
        return properties.getProperty("version");
    }
}
