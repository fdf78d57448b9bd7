package dev.iresnet.local;

/** The sentence in an exception. */
final class Reasons {

    private Reasons() {}

    /** Of the innermost cause, since the outer ones tell only who was calling. */
    static String of(Throwable failure) {
        Throwable reason = failure;
        while (reason.getCause() != null && reason.getCause() != reason) {
            reason = reason.getCause();
        }
        return sentence(reason);
    }

    /** Of the exception itself. */
    static String sentence(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank()
                ? failure.getClass().getName()
                : message.strip();
    }
}
