package dev.iresnet.tensorflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A processor, as far as the choice of kernels goes.
 *
 * @param x86 whether it is one of 64-bit x86
 * @param model name, such as {@code AMD EPYC 7763 64-Core Processor}
 * @param flags as Linux names them, such as {@code avx512_bf16}; empty where they are not known
 */
public record Cpu(boolean x86, String model, Set<String> flags) {

    private static final Path FILE = Path.of("/proc/cpuinfo");

    public Cpu {
        flags = Set.copyOf(flags);
    }

    /** That of this machine. Its flags are known on Linux only. */
    public static Cpu ofThisMachine() {
        return Machine.CPU;
    }

    private static Cpu read() {
        String architecture = System.getProperty("os.arch", "");
        try {
            return parse(architecture, Files.readString(FILE));
        } catch (IOException e) {
            return parse(architecture, "");
        }
    }

    /**
     * Reads a description.
     *
     * @param architecture as in the system property {@code os.arch}
     * @param cpuinfo text of Linux's {@code /proc/cpuinfo}, of which the first processor counts
     */
    static Cpu parse(String architecture, String cpuinfo) {
        String name = architecture.toLowerCase(Locale.ROOT);
        boolean x86 = name.equals("amd64") || name.equals("x86_64");
        return new Cpu(
                x86,
                field(cpuinfo, "model name").orElse("a CPU of " + architecture),
                field(cpuinfo, x86 ? "flags" : "Features")
                        .map(flags -> Set.of(flags.split("\\s+")))
                        .orElse(Set.of()));
    }

    private static Optional<String> field(String cpuinfo, String name) {
        return cpuinfo.lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    boolean has(Set<String> wanted) {
        return flags.containsAll(wanted);
    }

    /**
     * Why TensorFlow would end the process while it is loaded: its builds for x86 need AVX. Empty
     * if it would not, or if the flags are not known.
     */
    Optional<String> refusal() {
        return !x86 || flags.isEmpty() || flags.contains("avx")
                ? Optional.empty()
                : Optional.of(
                        "TensorFlow needs a CPU with AVX, which this one (%s) lacks; use another machine"
                                .formatted(model));
    }

    /** Read once, when it is first asked for. */
    private static final class Machine {
        static final Cpu CPU = read();
    }
}
