package dev.iresnet.model.running;

import dev.iresnet.model.Precision;
import dev.iresnet.tensorflow.Fusion;
import dev.iresnet.tensorflow.Kernels;
import dev.iresnet.tensorflow.TensorFlowProcess;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;

/** Options of the sessions of this package, over those of the process. */
public final class SessionConfig {
    private SessionConfig() {}

    /** TensorFlow may rewrite the graph, and change types on the way. */
    public static ConfigProto rewriting(Precision precision) {
        RewriterConfig.Builder rewriter = RewriterConfig.newBuilder();
        Kernels kernels = Kernels.inUse();
        if (kernels.device().startsWith("CPU") && !kernels.has(Fusion.GROUPED_CONV)) {
            // without oneDNN it would fuse convolutions in groups, too, which then do not run
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
