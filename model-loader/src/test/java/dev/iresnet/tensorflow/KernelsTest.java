package dev.iresnet.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * On what {@code /proc/cpuinfo} says of machines, cut to the flags that are looked at and a few.
 */
final class KernelsTest {

    enum Recorded {
        /** Without AVX. */
        CORE_2("Intel(R) Core(TM)2 Duo CPU P8600 @ 2.40GHz", "sse4_1"),
        /** AVX without AVX2. */
        SANDY_BRIDGE("Intel(R) Core(TM) i5-2520M CPU @ 2.50GHz", "sse4_1 sse4_2 avx"),
        ROME("AMD EPYC 7742 64-Core Processor", "sse4_1 sse4_2 avx f16c fma avx2"),
        MILAN("AMD EPYC 7763 64-Core Processor", "sse4_1 sse4_2 avx f16c fma avx2 vaes"),
        ALDER_LAKE("12th Gen Intel(R) Core(TM) i7-1260P", "sse4_1 avx f16c fma avx2 avx_vnni"),
        SKYLAKE_X(
                "Intel(R) Xeon(R) Platinum 8176 CPU @ 2.10GHz",
                "sse4_1 avx f16c fma avx2 avx512f avx512dq avx512cd avx512bw avx512vl"),
        GENOA(
                "AMD EPYC 9654 96-Core Processor",
                "sse4_1 avx fma avx2 avx512f avx512dq avx512bw avx512vl avx512_bf16 avx512_vnni"),
        SAPPHIRE_RAPIDS(
                "Intel(R) Xeon(R) Platinum 8481C CPU @ 2.70GHz",
                "sse4_1 avx fma avx2 avx512f avx512dq avx512bw avx512vl avx_vnni avx512_bf16"
                        + " avx512_vnni amx_bf16 avx512_fp16 amx_tile amx_int8");

        private final String model;
        private final String flags;

        Recorded(String model, String flags) {
            this.model = model;
            this.flags = flags;
        }

        Cpu cpu() {
            return Cpu.parse(
                    "amd64",
                    """
                    processor\t: 0
                    model\t\t: 49
                    model name\t: %s
                    flags\t\t: fpu sse2 ssse3 %s
                    bugs\t\t: sysret_ss_attrs

                    processor\t: 1
                    model name\t: another
                    flags\t\t: none
                    """
                            .formatted(model, flags));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CORE_2, SSE41",
        "SANDY_BRIDGE, AVX",
        "ROME, AVX2",
        "MILAN, AVX2",
        "ALDER_LAKE, AVX2_VNNI",
        "SKYLAKE_X, AVX512_CORE",
        "GENOA, AVX512_CORE_BF16",
        "SAPPHIRE_RAPIDS, AVX512_CORE_AMX"
    })
    void theNewestThatTheCpuHasIsUsed(Recorded recorded, Isa isa) {
        assertThat(Isa.of(recorded.cpu(), Isa.limit(Map.of()))).isEqualTo(isa);
    }

    @ParameterizedTest
    @CsvSource({
        "SAPPHIRE_RAPIDS, SSE41, SSE41",
        "SAPPHIRE_RAPIDS, avx2, AVX2",
        "SAPPHIRE_RAPIDS, AVX512_CORE_BF16, AVX512_CORE_BF16",
        "SAPPHIRE_RAPIDS, DEFAULT, AVX512_CORE_AMX",
        "SAPPHIRE_RAPIDS, ALL, AVX512_CORE_AMX",
        "SAPPHIRE_RAPIDS, unheard-of, AVX512_CORE_AMX",
        // what the CPU lacks no limit gives it
        "MILAN, AVX512_CORE_AMX, AVX2",
        "GENOA, AVX2_VNNI, AVX2"
    })
    void onednnsLimitIsKept(Recorded recorded, String limit, Isa isa) {
        assertThat(Isa.of(recorded.cpu(), Isa.limit(Map.of("ONEDNN_MAX_CPU_ISA", limit))))
                .isEqualTo(isa);
    }

    @Test
    void theOlderVariableCountsWhereTheNewerIsNotSet() {
        assertThat(Isa.limit(Map.of("DNNL_MAX_CPU_ISA", "AVX2"))).isEqualTo(Isa.AVX2);
        assertThat(
                        Isa.limit(
                                Map.of(
                                        "DNNL_MAX_CPU_ISA",
                                        "AVX2",
                                        "ONEDNN_MAX_CPU_ISA",
                                        "AVX512_CORE")))
                .isEqualTo(Isa.AVX512_CORE);
    }

    @ParameterizedTest
    @EnumSource(names = {"CORE_2", "SANDY_BRIDGE", "ROME", "MILAN", "ALDER_LAKE"})
    void bfloat16IsNotTriedWithoutAvx512(Recorded recorded) {
        assertThat(Kernels.bfloat16Lack(recorded.cpu(), Map.of()))
                .contains("it needs AVX-512, which this CPU (" + recorded.model + ") lacks");
    }

    @ParameterizedTest
    @EnumSource(names = {"SKYLAKE_X", "GENOA", "SAPPHIRE_RAPIDS"})
    void bfloat16IsTriedFromAvx512OnUnlessOnednnMayNotUseIt(Recorded recorded) {
        assertThat(Kernels.bfloat16Lack(recorded.cpu(), Map.of())).isEmpty();
        assertThat(
                        Kernels.bfloat16Lack(
                                recorded.cpu(), Map.of("ONEDNN_MAX_CPU_ISA", "AVX512_CORE")))
                .isEmpty();
        assertThat(Kernels.bfloat16Lack(recorded.cpu(), Map.of("ONEDNN_MAX_CPU_ISA", "AVX2")))
                .contains("it needs AVX-512, which ONEDNN_MAX_CPU_ISA=AVX2 rules out");
    }

    @ParameterizedTest
    @EnumSource
    void onlyACpuWithoutAvxIsRefused(Recorded recorded) {
        Optional<String> refusal = recorded.cpu().refusal();

        if (recorded == Recorded.CORE_2) {
            assertThat(refusal)
                    .contains(
                            "TensorFlow needs a CPU with AVX, which this one (Intel(R) Core(TM)2 Duo"
                                    + " CPU P8600 @ 2.40GHz) lacks; use another machine");
        } else {
            assertThat(refusal).isEmpty();
        }
    }

    @Test
    void anotherArchitectureRunsWithoutBfloat16() {
        Cpu graviton =
                Cpu.parse(
                        "aarch64",
                        """
                        processor\t: 0
                        BogoMIPS\t: 2100.00
                        Features\t: fp asimd evtstrm aes sve asimdhp bf16 i8mm
                        CPU part\t: 0xd40
                        """);

        assertThat(graviton.refusal()).isEmpty();
        assertThat(Kernels.bfloat16Lack(graviton, Map.of()))
                .contains("it needs AVX-512, which this CPU (a CPU of aarch64) lacks");
    }

    @Test
    void whereNobodyTellsTheFlagsTensorFlowIsTriedWithoutBfloat16() {
        Cpu unknown = Cpu.parse("x86_64", "");

        assertThat(unknown.refusal()).isEmpty();
        assertThat(Kernels.bfloat16Lack(unknown, Map.of())).isPresent();
    }
}
