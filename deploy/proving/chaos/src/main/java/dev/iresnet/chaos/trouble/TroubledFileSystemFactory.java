package dev.iresnet.chaos.trouble;

import java.net.URI;
import java.nio.file.Path;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;

/** Gives Flink the scheme {@code chaos}. Found as a service. */
public final class TroubledFileSystemFactory implements FileSystemFactory {
    public static final String SCHEME = "chaos";

    /** Under which the storage reads its orders. */
    public static final String SWITCH = "storage";

    /** Of Flink's configuration: the directory of the orders. */
    public static final ConfigOption<String> CONTROL =
            ConfigOptions.key("chaos.control").stringType().noDefaultValue();

    private String control = "";

    @Override
    public void configure(Configuration config) {
        control = config.getOptional(CONTROL).orElse("");
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileSystem create(URI uri) {
        return new TroubledFileSystem(new Switch(Path.of(control), SWITCH));
    }
}
