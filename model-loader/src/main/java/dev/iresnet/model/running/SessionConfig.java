package dev.iresnet.model.running;

import dev.iresnet.model.Precision;
import dev.iresnet.model.Task;
import dev.iresnet.tensorflow.Fusion;
import dev.iresnet.tensorflow.Kernels;
import dev.iresnet.tensorflow.TensorFlowProcess;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;

/** Options of the sessions of this package, over those of the process. */
public final class SessionConfig {
    private SessionConfig() {}

    /** TensorFlow may rewrite the graph of a classifier, and change types on the way. */
    public static ConfigProto rewriting(Precision precision) {
        return rewriting(precision, Task.CLASSIFICATION);
    }

    /** The same for a model's task. */
    public static ConfigProto rewriting(Precision precision, Task task) {
        RewriterConfig.Builder rewriter = RewriterConfig.newBuilder();
        Kernels kernels = Kernels.inUse();
        // without oneDNN it would fuse convolutions in groups, too, which then do not run; over
        // the sums of a network for clips it stumbles, and says so on standard error
        if (task == Task.VIDEO_CLASSIFICATION
                || (kernels.device().startsWith("CPU") && !kernels.has(Fusion.GROUPED_CONV))) {
            rewriter.setRemapping(RewriterConfig.Toggle.OFF);
        }
        switch (precision) {
            case FLOAT32 -> {}
            case BFLOAT16 -> rewriter.setAutoMixedPrecisionOnednnBfloat16(RewriterConfig.Toggle.ON);
            case FLOAT16 -> rewriter.setAutoMixedPrecision(RewriterConfig.Toggle.ON);
        }
        return TensorFlowProcess.config().toBuilder()
                .setGraphOptions(GraphOptions.newBuilder().setRewriteOptions(rewriter))
                .build();
    }
}
