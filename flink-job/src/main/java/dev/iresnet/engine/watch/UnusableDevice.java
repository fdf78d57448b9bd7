package dev.iresnet.engine.watch;

import dev.iresnet.model.ModelDescription;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Errors after which this process can use its GPU no more. CUDA's documentation says of them that
 * the context is in an inconsistent state, that all further work returns the same error, and that
 * the process must be ended to go on: a new engine in the same process would meet the same error
 * for ever. TensorFlow has no error code for them. It hands on their names of CUDA's driver ({@code
 * CUDA_ERROR_ILLEGAL_ADDRESS}) or runtime ({@code cudaErrorIllegalAddress}), or only the text that
 * CUDA has for them, in the message of an internal error. Out of memory is none of them.
 */
public final class UnusableDevice {
    private static final int LONGEST_CHAIN = 16;

    /** Of the driver with underscores, of the runtime without. */
    private static final String NAMES =
            "CUDA_?ERROR_?(?:DEINITIALIZED|CUDART_?UNLOADING|NO_?DEVICE|DEVICE_?UNAVAILABLE"
                    + "|DEVICES_?UNAVAILABLE|CONTEXT_?IS_?DESTROYED|ECC_?UNCORRECTABLE"
                    + "|NVLINK_?UNCORRECTABLE|ILLEGAL_?ADDRESS|ILLEGAL_?INSTRUCTION"
                    + "|MISALIGNED_?ADDRESS|INVALID_?ADDRESS_?SPACE|INVALID_?PC"
                    + "|HARDWARE_?STACK_?ERROR|ASSERT|LAUNCH_?TIMEOUT|LAUNCH_?FAILED"
                    + "|LAUNCH_?FAILURE|EXTERNAL_?DEVICE|SYSTEM_?NOT_?READY|CONTAINED"
                    + "|MPS_?CLIENT_?TERMINATED|UNKNOWN)\\b";

    /** CUDA's own texts, and TensorFlow's. */
    private static final String TEXTS =
            "illegal memory access was encountered|illegal instruction was encountered"
                    + "|unspecified launch failure|launch timed out and was terminated"
                    + "|device-side assert triggered|hardware stack error|misaligned address"
                    + "|operation not supported on global/shared address space"
                    + "|invalid program counter|uncorrectable ECC error|uncorrectable NVLink error"
                    + "|context is destroyed|GPU sync failed|Unexpected Event status"
                    // libraries' word for a kernel that crashed
                    + "|(?:CUDNN|CUBLAS|CUFFT)_STATUS_(?:EXECUTION_FAILED|MAPPING_ERROR)";

    private static final Pattern SIGN =
            Pattern.compile("(?:" + NAMES + "|" + TEXTS + ")", Pattern.CASE_INSENSITIVE);

    private UnusableDevice() {}

    /** What in an error says that the device is unusable from now on; empty if nothing does. */
    public static Optional<String> sign(Throwable error) {
        @Nullable Throwable cause = error;
        for (int i = 0; i < LONGEST_CHAIN && cause != null; i++) {
            var found = SIGN.matcher(String.valueOf(cause.getMessage()));
            if (found.find()) {
                return Optional.of(found.group());
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    /** For the log, before the process ends. */
    public static String report(String sign, ModelDescription model, Throwable error) {
        return """
        The device cannot be used by this process any more ("%s"), and a new engine could \
        not use it either. So this process is halted with all that runs in it, exit code \
        %d; in a local cluster that is the whole cluster. Model %s version %d. Look for \
        trouble with the device or its driver (dmesg, XID errors). If it began with this \
        version of the model, write the number of the version before it into PINNED. The \
        error: %s\
        """
                .formatted(sign, Halt.EXIT_CODE, model.name(), model.version(), error);
    }
}
