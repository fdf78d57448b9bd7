package dev.iresnet.proving.feed;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;

/** When which camera takes a picture, one after the other. */
interface Arrivals {

    /**
     * A picture that is taken.
     *
     * @param camera number of the camera, from 0
     * @param frameNumber position in its stream, from 0
     * @param due since the feed's beginning; always zero if the feed is not paced
     */
    record Arrival(int camera, long frameNumber, Duration due) {}

    Arrival next();

    /**
     * As if very many sources sent now and then, none knowing of the others: gaps are exponential,
     * and each picture is of any camera.
     */
    final class Poisson implements Arrivals {
        private static final double NANOS = 1e9;

        private final Random random;
        private final double meanGapNanos;
        private final long[] frameNumbers;
        private double nanos;

        Poisson(FeedPlan plan, Random random) {
            this.random = random;
            this.meanGapNanos = NANOS / plan.framesPerSecond();
            this.frameNumbers = new long[plan.cameras()];
        }

        @Override
        public Arrival next() {
            nanos -= Math.log1p(-random.nextDouble()) * meanGapNanos;
            int camera = random.nextInt(frameNumbers.length);
            return new Arrival(camera, frameNumbers[camera]++, Duration.ofNanos(Math.round(nanos)));
        }
    }

    /**
     * When which camera takes a picture. All have the same period, and each a phase of its own,
     * random and fixed, so that the cameras are not synchronised but stay apart as they began:
     * after each period the same order returns.
     */
    final class Periodic implements Arrivals {
        private static final double NANOS = 1e9;

        private final double periodNanos;
        private final int[] cameras;
        private final double[] phases;
        private long index;

        Periodic(FeedPlan plan, Random random) {
            this.periodNanos = plan.isPaced() ? plan.cameras() * NANOS / plan.framesPerSecond() : 0;
            this.phases = random.doubles(plan.cameras()).map(x -> x * periodNanos).toArray();
            this.cameras =
                    IntStream.range(0, plan.cameras())
                            .boxed()
                            .sorted(Comparator.comparingDouble(camera -> phases[camera]))
                            .mapToInt(Integer::intValue)
                            .toArray();
            Arrays.sort(phases);
        }

        @Override
        public Arrival next() {
            Arrival arrival = new Arrival(camera(index), frameNumber(index), due(index));
            index++;
            return arrival;
        }

        /** Number of the camera that takes the frame of this index, both from 0. */
        int camera(long at) {
            return cameras[(int) (at % cameras.length)];
        }

        /** Position of that frame in its camera's stream, from 0. */
        long frameNumber(long at) {
            return at / cameras.length;
        }

        /**
         * When that frame is due, since the feed's beginning; always zero if the feed is not paced.
         */
        Duration due(long at) {
            double phase = phases[(int) (at % cameras.length)];
            return Duration.ofNanos(Math.round(phase + frameNumber(at) * periodNanos));
        }
    }
}
