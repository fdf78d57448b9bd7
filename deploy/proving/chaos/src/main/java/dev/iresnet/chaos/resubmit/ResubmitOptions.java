package dev.iresnet.chaos.resubmit;

/**
 * What a run is to be.
 *
 * @param times that the job is cancelled and submitted again
 * @param warmUp of those, after which nothing may grow any more
 * @param frames that are answered between a submission and its cancellation, at least
 * @param ratePerSecond at which frames come all the while
 */
record ResubmitOptions(int times, int warmUp, int frames, double ratePerSecond) {
    private static final int LEAST_MEASURED = 5;

    ResubmitOptions {
        if (times - warmUp < LEAST_MEASURED || warmUp < 0) {
            throw new IllegalArgumentException(
                    "--times must be at least %d more than --warm-up, got %d and %d"
                            .formatted(LEAST_MEASURED, times, warmUp));
        }
        if (frames < 1 || ratePerSecond <= 0) {
            throw new IllegalArgumentException(
                    "--frames must be 1 or more and --rate above 0, got %d and %s"
                            .formatted(frames, ratePerSecond));
        }
    }
}
