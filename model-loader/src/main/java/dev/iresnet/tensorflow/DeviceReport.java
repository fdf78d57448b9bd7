package dev.iresnet.tensorflow;

import org.tensorflow.TensorFlow;

/**
 * Says which TensorFlow this is and where it computes. An installer runs it: that TensorFlow's
 * native library suits the machine is shown before a job needs it, and JavaCPP has unpacked it into
 * {@code org.bytedeco.javacpp.cachedir}. Needs nothing besides TensorFlow, its libraries and SLF4J.
 */
public final class DeviceReport {

    private DeviceReport() {}

    /** Prints one line, such as {@code TensorFlow 2.18.0 on CPU:0}. */
    public static void main(String[] arguments) {
        System.out.println(
                "TensorFlow " + TensorFlow.version() + " on " + TensorFlowProcess.device());
    }
}
