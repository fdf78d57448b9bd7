package dev.iresnet.engine.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UnusableDeviceTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "failed to query event: CUDA_ERROR_ILLEGAL_ADDRESS: an illegal memory access was"
                        + " encountered",
                "could not synchronize on CUDA context: CUDA_ERROR_LAUNCH_FAILED: unspecified"
                        + " launch failure",
                "failed to enqueue async memcpy from device to host: CUDA_ERROR_ECC_UNCORRECTABLE",
                "INTERNAL: CUDA error: CUDA_ERROR_MISALIGNED_ADDRESS",
                "Failed to launch: cudaErrorIllegalInstruction",
                "cudaErrorLaunchFailure",
                "CUDA_ERROR_UNKNOWN: unknown error",
                "CUDA_ERROR_NO_DEVICE: no CUDA-capable device is detected",
                "GPU sync failed",
                "[[{{node conv1}}]] unspecified launch failure",
                "device-side assert triggered",
                "CUBLAS_STATUS_EXECUTION_FAILED"
            })
    void knowsWhatNoNewEngineMends(String message) {
        RuntimeException error = new IllegalStateException(message);
        assertThat(UnusableDevice.sign(error)).isPresent();
        assertThat(UnusableDevice.sign(new IllegalStateException("a batch failed", error)))
                .as("as a cause")
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CUDA_ERROR_OUT_OF_MEMORY: out of memory",
                "failed to allocate memory: cudaErrorMemoryAllocation",
                "CUDNN_STATUS_ALLOC_FAILED",
                "CUDNN_STATUS_NOT_SUPPORTED",
                "CUDA_ERROR_NOT_SUPPORTED: operation not supported",
                "OOM when allocating tensor with shape[32,256,56,56]",
                "Fusion is not implemented: [BiasAdd,Add]"
            })
    void takesNothingElseForIt(String message) {
        assertThat(UnusableDevice.sign(new IllegalStateException(message))).isEmpty();
    }

    @Test
    void standsAChainWithoutAnEnd() {
        IOException inner = new IOException("inner");
        IOException outer = new IOException("outer", inner);
        inner.initCause(outer);
        assertThat(UnusableDevice.sign(outer)).isEmpty();
    }
}
