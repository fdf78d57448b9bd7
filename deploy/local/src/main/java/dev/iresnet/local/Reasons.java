package dev.iresnet.local;

/** The sentence in a chain of exceptions. */
final class Reasons {

    private Reasons() {}

    /** Of the innermost cause, since the outer ones tell only who was calling. */
    static String of(Throwable failure) {
        Throwable reason = failure;
        while (reason.getCause() != null && reason.getCause() != reason) {
            reason = reason.getCause();
        }
        String message = reason.getMessage();
        return message == null || message.isBlank() ? reason.getClass().getName() : message.strip();
    }
}
