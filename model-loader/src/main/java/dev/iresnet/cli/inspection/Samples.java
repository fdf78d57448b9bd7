package dev.iresnet.cli.inspection;

import dev.iresnet.cli.option.Failures;
import dev.iresnet.cli.picture.PictureBatches;
import dev.iresnet.cli.picture.PictureFile;
import dev.iresnet.image.JpegDecoding;
import dev.iresnet.model.ModelDescription;
import dev.iresnet.model.Sample;
import java.util.List;
import java.util.function.Consumer;

/** The inputs on which a network is run to inspect it. */
interface Samples {
    int BATCH = 8;

    /** What they are, as text for users; known once they were handed on. */
    String text();

    /** Hands all of them on, at most {@value #BATCH} at a time, in the same order each time. */
    void forEach(Consumer<List<Sample>> consumer);

    /** The user's own. */
    static Samples pictures(List<PictureFile> files, ModelDescription model, Failures failures) {
        return new Samples() {
            // a picture that fails is named once, however often the pictures are read
            private boolean named;
            private int accepted;

            @Override
            public String text() {
                return accepted + (accepted == 1 ? " picture" : " pictures");
            }

            @Override
            public void forEach(Consumer<List<Sample>> consumer) {
                Failures told = named ? Failures.unheard() : failures;
                named = true;
                accepted = 0;
                new PictureBatches(model, JpegDecoding.EXACT, BATCH, told)
                        .forEach(
                                files,
                                (batch, samples) -> {
                                    accepted += samples.size();
                                    consumer.accept(samples);
                                });
            }
        };
    }

    /** Noise over the whole range of values, the same each time. */
    static Samples noise(ModelDescription model, int count, long seed) {
        return new Samples() {
            @Override
            public String text() {
                return model.clip().isPresent()
                        ? "%d clips of noise (seed %d)".formatted(count, seed)
                        : "%d pictures of noise (seed %d; --images takes real ones)"
                                .formatted(count, seed);
            }

            @Override
            public void forEach(Consumer<List<Sample>> consumer) {
                List<Sample> noise = Sample.noise(model, seed).limit(count).toList();
                for (int from = 0; from < count; from += BATCH) {
                    consumer.accept(noise.subList(from, Math.min(count, from + BATCH)));
                }
            }
        };
    }
}
