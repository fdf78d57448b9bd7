package dev.iresnet.chaos.reference;

import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.export.WeightSource;
import dev.iresnet.training.FirstWeights;
import java.io.IOException;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A trained network's weights with another last layer for each version: the same for equal numbers.
 * The layer is made flatter, too, so that no picture's scores are so sure that versions agree.
 */
final class VariantWeights {
    private static final float FLATTER = 0.1f;
    private static final float SHIFT = 0.3f;

    private final WeightSource trained;

    /** Reads a version of the trained model. */
    VariantWeights(ModelDirectory base) throws IOException {
        this.trained =
                FirstWeights.of(
                                base.path(),
                                new FirstWeights.Wanted(
                                        base.card().labels(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        false,
                                        0))
                        .values();
    }

    /** Those of one version. */
    WeightSource ofVersion(int version) {
        return key ->
                switch (key) {
                    case "fc.weight" -> flatter(trained.read(key));
                    case "fc.bias" ->
                            shifted(flatter(trained.read(key)), new SplittableRandom(version));
                    default -> trained.read(key);
                };
    }

    private static float[] flatter(float[] values) {
        float[] flatter = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            flatter[i] = values[i] * FLATTER;
        }
        return flatter;
    }

    private static float[] shifted(float[] values, SplittableRandom random) {
        for (int i = 0; i < values.length; i++) {
            values[i] += SHIFT * (float) (2 * random.nextDouble() - 1);
        }
        return values;
    }
}
