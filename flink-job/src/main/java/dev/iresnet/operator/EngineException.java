package dev.iresnet.operator;

/**
 * The engine failed while it labelled, or one that was to replace it could not be made. Flink
 * restarts the job, which gets a new engine; how often is for {@link
 * dev.iresnet.inference.EngineRegistry} to say.
 */
final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
