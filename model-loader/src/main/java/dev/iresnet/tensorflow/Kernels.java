package dev.iresnet.tensorflow;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which kernels may be used in this process: the one place that decides it. What the CPU's flags
 * and oneDNN's limit rule out is never tried, because oneDNN ends the process where it has no
 * kernel; what is left is tried, because what is registered need not run.
 *
 * @param cpu of this machine
 * @param isa that oneDNN may use
 * @param device where TensorFlow computes, such as {@code CPU:0}
 * @param onednn whether TensorFlow gives its CPU operations to oneDNN
 * @param fusions that run; none where the device is no CPU
 */
public record Kernels(Cpu cpu, Isa isa, String device, boolean onednn, Set<Fusion> fusions) {
    private static final Logger LOG = LoggerFactory.getLogger(Kernels.class);

    /** Switches oneDNN on and off; TensorFlow reads it once, when it first needs to know. */
    private static final String SWITCH = "TF_ENABLE_ONEDNN_OPTS";

    private static @Nullable Kernels inUse;
    private static @Nullable Boolean bfloat16;

    public Kernels {
        fusions = Set.copyOf(fusions);
    }

    /**
     * Those of this process. The first call starts TensorFlow, tries them under the options that
     * {@link TensorFlowProcess} has settled, and logs the result.
     *
     * @throws DeviceException if TensorFlow cannot run here
     */
    public static synchronized Kernels inUse() {
        if (inUse == null) {
            inUse = find(Cpu.ofThisMachine(), System.getenv());
            inUse.tell(System.getenv());
        }
        return inUse;
    }

    /**
     * Text for users: this CPU, and what oneDNN may use of it. TensorFlow is not started for that.
     */
    public static String outlook() {
        Cpu cpu = Cpu.ofThisMachine();
        return "%s, of which oneDNN may use %s"
                .formatted(cpu.model(), Isa.of(cpu, Isa.limit(System.getenv())));
    }

    private static Kernels find(Cpu cpu, Map<String, String> environment) {
        Isa isa = Isa.of(cpu, Isa.limit(environment));
        String device = TensorFlowProcess.device();
        if (!device.startsWith("CPU")) {
            return new Kernels(cpu, isa, device, false, Set.of());
        }
        KernelProbe probe = new KernelProbe(TensorFlowProcess.literalConfig());
        Set<Fusion> fusions = EnumSet.allOf(Fusion.class);
        fusions.removeIf(fusion -> !probe.runs(fusion));
        return new Kernels(cpu, isa, device, probe.isOnednnOn(), fusions);
    }

    /**
     * Why bfloat16 cannot be used in this process; empty if it can. Starts TensorFlow if it must.
     */
    public static synchronized Optional<String> bfloat16Refusal() {
        Optional<String> lack = bfloat16Lack(Cpu.ofThisMachine(), System.getenv());
        if (lack.isPresent()) {
            return lack;
        }
        Kernels kernels = inUse();
        if (!kernels.onednn) {
            return Optional.of(
                    "it needs oneDNN, which TensorFlow has switched off on %s; set %s=1"
                            .formatted(kernels.device, SWITCH));
        }
        if (bfloat16 == null) {
            bfloat16 = new KernelProbe(TensorFlowProcess.literalConfig()).runsBfloat16();
        }
        return bfloat16
                ? Optional.empty()
                : Optional.of(
                        "TensorFlow's kernels for it failed on this CPU ("
                                + kernels.cpu.model()
                                + ")");
    }

    /**
     * Whether a CPU, within oneDNN's limit, rules bfloat16 out. From AVX-512 on oneDNN has kernels
     * for it.
     */
    static Optional<String> bfloat16Lack(Cpu cpu, Map<String, String> environment) {
        Isa limit = Isa.limit(environment);
        if (Isa.of(cpu, limit).compareTo(Isa.AVX512_CORE) >= 0) {
            return Optional.empty();
        }
        return Optional.of(
                limit.compareTo(Isa.AVX512_CORE) < 0
                        ? "it needs AVX-512, which ONEDNN_MAX_CPU_ISA=%s rules out".formatted(limit)
                        : "it needs AVX-512, which this CPU (%s) lacks".formatted(cpu.model()));
    }

    /** Whether a fusion runs. */
    public boolean has(Fusion fusion) {
        return fusions.contains(fusion);
    }

    /** One line of text for users: {@code CPU:0 (AMD EPYC 7763 …), oneDNN on (AVX2), all fused}. */
    public String summary() {
        return device.startsWith("CPU")
                ? "%s (%s), oneDNN %s, %s"
                        .formatted(
                                device, cpu.model(), onednn ? "on (" + isa + ")" : "off", fused())
                : device;
    }

    private String fused() {
        if (fusions.isEmpty()) {
            return "kernels unfused";
        }
        return fusions.size() == Fusion.values().length
                ? "kernels fused"
                : "kernels fused in part (%s)".formatted(EnumSet.copyOf(fusions));
    }

    private void tell(Map<String, String> environment) {
        LOG.info("TensorFlow computes on {}", summary());
        if (device.startsWith("CPU") && !onednn && environment.get(SWITCH) == null) {
            LOG.warn(
                    "oneDNN is off, and networks run more slowly: {} was not set when this process"
                            + " started. Set it to 1 in its environment",
                    SWITCH);
        }
    }
}
