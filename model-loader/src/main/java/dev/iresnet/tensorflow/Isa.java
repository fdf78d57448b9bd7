package dev.iresnet.tensorflow;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Instruction sets of x86 by oneDNN's names for them, from the oldest to the newest. Source:
 * oneDNN, "CPU Dispatcher Control".
 */
public enum Isa {
    /** No vectors that oneDNN knows, or another architecture. */
    NONE,
    SSE41("sse4_1"),
    AVX("avx"),
    AVX2("avx2"),
    AVX2_VNNI("avx2", "avx_vnni"),
    AVX2_VNNI_2("avx2", "avx_vnni", "avx_vnni_int8", "avx_ne_convert"),
    AVX512_CORE("avx512f", "avx512bw", "avx512dq", "avx512vl"),
    AVX512_CORE_VNNI(AVX512_CORE, "avx512_vnni"),
    AVX512_CORE_BF16(AVX512_CORE_VNNI, "avx512_bf16"),
    AVX512_CORE_FP16(AVX512_CORE_BF16, "avx512_fp16"),
    AVX10_1_512(AVX512_CORE_FP16, "avx10"),
    AVX512_CORE_AMX(AVX512_CORE_FP16, "amx_tile", "amx_int8", "amx_bf16"),
    AVX10_1_512_AMX(AVX512_CORE_AMX, "avx10"),
    AVX512_CORE_AMX_FP16(AVX512_CORE_AMX, "amx_fp16"),
    AVX10_1_512_AMX_FP16(AVX512_CORE_AMX_FP16, "avx10");

    @SuppressWarnings("ImmutableEnumChecker") // it is a copy that cannot be changed
    private final Set<String> flags;

    Isa(String... flags) {
        this.flags = Set.of(flags);
    }

    Isa(Isa base, String... flags) {
        this.flags = Set.copyOf(Stream.concat(base.flags.stream(), Arrays.stream(flags)).toList());
    }

    /** The newest that a CPU has and oneDNN may use. */
    static Isa of(Cpu cpu, Isa limit) {
        return cpu.x86()
                ? Arrays.stream(values())
                        .filter(isa -> isa.compareTo(limit) <= 0 && cpu.has(isa.flags))
                        .reduce(NONE, (older, newer) -> newer)
                : NONE;
    }

    /**
     * What the environment lets oneDNN use. Its older variable counts where the newer is not set;
     * names that oneDNN does not know limit nothing.
     */
    static Isa limit(Map<String, String> environment) {
        return Stream.of("ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA")
                .flatMap(name -> Optional.ofNullable(environment.get(name)).stream())
                .findFirst()
                .flatMap(Isa::named)
                .orElse(AVX10_1_512_AMX_FP16);
    }

    private static Optional<Isa> named(String name) {
        return Arrays.stream(values())
                .filter(isa -> isa != NONE)
                .filter(isa -> isa.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst();
    }
}
