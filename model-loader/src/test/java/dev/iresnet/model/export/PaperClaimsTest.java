package dev.iresnet.model.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.model.TestModels;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.loading.PlainModel;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Backbone;
import dev.iresnet.zoo.BlockOrder;
import dev.iresnet.zoo.BlockStyle;
import dev.iresnet.zoo.ReluForm;
import dev.iresnet.zoo.Shortcut;
import dev.iresnet.zoo.Stage;
import dev.iresnet.zoo.Stem;
import dev.iresnet.zoo.Unit;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the paper says of its parts, seen in running networks. */
class PaperClaimsTest {
    private static final int SIDE = 8;

    @TempDir Path folder;

    @Test
    void aStridedShortcutNeverLooksAtThreeQuartersOfTheActivations() {
        boolean[][] seen = seenByTheShortcut(Shortcut.STRIDED);

        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                assertThat(seen[y][x]).isEqualTo(y % 2 == 0 && x % 2 == 0);
            }
        }
    }

    @Test
    void aPooledShortcutLooksAtAllOfThem() {
        for (boolean[] row : seenByTheShortcut(Shortcut.POOLED)) {
            assertThat(row).containsOnly(true);
        }
    }

    /** Which pixels change the output when residual branches add nothing. */
    private boolean[][] seenByTheShortcut(Shortcut shortcut) {
        Architecture network =
                new Backbone(
                                new Stem(Stem.Form.CIFAR, 3),
                                new BlockStyle(Unit.BASIC, BlockOrder.STAGED, shortcut),
                                List.of(new Stage(2, 3, 1, 3), new Stage(2, 6, 1, 6)))
                        .classifier(2);
        SeededWeights random = new SeededWeights(network, 5);
        WeightSource shortcutsOnly =
                key -> {
                    float[] values = random.read(key);
                    if (key.equals("conv1.weight")) {
                        passThrough(values);
                    } else if (key.matches("layer.*conv\\d\\.weight")) {
                        Arrays.fill(values, 0);
                    }
                    return values;
                };
        ModelDirectory directory =
                ModelExporter.export(
                        TestModels.card(network, ReluForm.PAPER), shortcutsOnly, folder);
        try (PlainModel model = PlainModel.open(directory)) {
            float[] image = new float[SIDE * SIDE * 3];
            Arrays.fill(image, 1);
            float[] before = model.logits(image, 1, SIDE, SIDE);
            boolean[][] seen = new boolean[SIDE][SIDE];
            for (int at = 0; at < SIDE * SIDE; at++) {
                float[] changed = image.clone();
                changed[at * 3] = 2;
                float[] after = model.logits(changed, 1, SIDE, SIDE);
                seen[at / SIDE][at % SIDE] = !Arrays.equals(after, before);
            }
            return seen;
        }
    }

    /** A 3x3 convolution of 3 channels that copies them. */
    private static void passThrough(float[] values) {
        Arrays.fill(values, 0);
        for (int channel = 0; channel < 3; channel++) {
            values[(channel * 3 + channel) * 9 + 4] = 1;
        }
    }
}
