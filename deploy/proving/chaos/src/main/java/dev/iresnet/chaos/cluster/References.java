package dev.iresnet.chaos.cluster;

import dev.iresnet.chaos.process.JvmCommand;
import dev.iresnet.chaos.process.JvmProcess;
import dev.iresnet.chaos.reference.ReferenceMain;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Has the right answers found, in a process of its own. */
public final class References {

    private References() {}

    /** Writes them to a file of the workplace, and returns that. */
    public static Path find(Site site) {
        Software software = site.software();
        Workplace workplace = site.workplace();
        Path file = workplace.file("reference.jsonl");
        JvmCommand command =
                new JvmCommand(
                        "reference",
                        ReferenceMain.class.getName(),
                        software.own(),
                        List.of(
                                "-Xmx256m",
                                "-Dorg.bytedeco.javacpp.cachedir="
                                        + workplace.directory("javacpp-reference")),
                        List.of(
                                software.model().toString(),
                                software.frames().toString(),
                                file.toString()),
                        Map.of("TF_CPP_MIN_LOG_LEVEL", "2"));
        int status = JvmProcess.start(command, workplace.log("reference")).awaitEnd();
        if (status != 0) {
            throw new IllegalStateException(
                    "no reference: status %d, see %s"
                            .formatted(status, workplace.log("reference")));
        }
        return file;
    }
}
