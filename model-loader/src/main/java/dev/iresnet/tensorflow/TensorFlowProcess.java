package dev.iresnet.tensorflow;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.proto.ConfigProto;

/**
 * The one place from which sessions take their options. The first caller settles them for the whole
 * process, because TensorFlow would ignore, or refuse, what later ones say. Thread-safe.
 */
public final class TensorFlowProcess {
    private static final Logger LOG = LoggerFactory.getLogger(TensorFlowProcess.class);

    private static @Nullable SessionOptions settled;

    private TensorFlowProcess() {}

    /**
     * Settles the options, if nobody has yet.
     *
     * @return the options in force
     */
    public static synchronized SessionOptions settle(SessionOptions wanted) {
        if (settled == null) {
            settled = wanted;
        } else if (!settled.equals(wanted)) {
            LOG.warn("This process runs TensorFlow with {}; {} comes too late", settled, wanted);
        }
        return settled;
    }

    /** The options in force, to be handed to a session; the defaults if none were settled. */
    public static synchronized ConfigProto config() {
        if (settled == null) {
            settled = SessionOptions.DEFAULT;
        }
        return settled.toProto();
    }
}
