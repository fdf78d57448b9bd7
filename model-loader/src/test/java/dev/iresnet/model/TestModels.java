package dev.iresnet.model;

import dev.iresnet.image.Preprocessing;
import dev.iresnet.model.card.ModelCard;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.card.Network;
import dev.iresnet.model.export.ModelExporter;
import dev.iresnet.model.export.SeededWeights;
import dev.iresnet.model.export.WeightSource;
import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Backbone;
import dev.iresnet.zoo.Networks;
import dev.iresnet.zoo.ReluForm;
import dev.iresnet.zoo.Stage;
import dev.iresnet.zoo.Stem;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Small networks with random weights. */
public final class TestModels {
    public static final int SIDE = 16;
    public static final Preprocessing RULE =
            new Preprocessing(
                    SIDE,
                    SIDE,
                    Preprocessing.Resize.STRETCH,
                    SIDE,
                    List.of(0.5f, 0.4f, 0.3f),
                    List.of(0.2f, 0.25f, 0.3f));

    private TestModels() {}

    public static Architecture small() {
        return Networks.named("cifar-iresnet20");
    }

    /** A network of the paper, every width an eighth, and 5 classes. */
    public static Architecture narrow(String name) {
        Backbone wide = Networks.named(name).backbone();
        List<Stage> stages =
                wide.stages().stream()
                        .map(s -> wide.style().unit().stage(s.blocks(), s.width() / 8, s.groups()))
                        .toList();
        return new Backbone(
                        new Stem(wide.stem().form(), wide.stem().width() / 8),
                        wide.style(),
                        stages,
                        wide.ending(),
                        wide.temporal())
                .classifier(5);
    }

    public static ModelCard card(Architecture architecture, ReluForm form) {
        List<String> labels =
                IntStream.range(0, architecture.classes()).mapToObj(i -> "class " + i).toList();
        return ModelCard.of(new Network(architecture, form), labels, RULE, Optional.empty());
    }

    public static ModelDirectory export(Architecture architecture, ReluForm form, Path model) {
        return ModelExporter.export(
                card(architecture, form), new LivelyWeights(architecture, 7), model);
    }

    public static ModelDirectory export(Path model) {
        return export(small(), ReluForm.PAPER, model);
    }

    public static ByteBuffer crop(long seed) {
        byte[] bytes = new byte[RULE.cropBytes()];
        new Random(seed).nextBytes(bytes);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    /** As many as asked for, each another. */
    public static List<Sample> samples(int count) {
        return IntStream.range(0, count).mapToObj(TestModels::sample).toList();
    }

    public static Sample sample(long seed) {
        return Sample.whole(crop(seed), RULE);
    }

    /** Row after row. */
    public static float[] values(List<Prediction> predictions) {
        int classes = predictions.get(0).scores().classes();
        float[] values = new float[predictions.size() * classes];
        for (int i = 0; i < predictions.size(); i++) {
            System.arraycopy(predictions.get(i).scores().values(), 0, values, i * classes, classes);
        }
        return values;
    }

    public static float[] normalized(ByteBuffer crop) {
        float[] values = new float[crop.remaining()];
        for (int i = 0; i < values.length; i++) {
            float x = (crop.get(crop.position() + i) & 0xff) / 255f;
            values[i] = (x - RULE.mean().get(i % 3)) / RULE.std().get(i % 3);
        }
        return values;
    }

    /** ||a - b|| / ||b||. */
    public static double distance(float[] a, float[] b) {
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < a.length; i++) {
            difference += Math.pow((double) a[i] - b[i], 2);
            norm += Math.pow(b[i], 2);
        }
        return Math.sqrt(difference / norm);
    }

    /** Unlike fresh weights, whose norms do nothing, these have norms that scale and shift. */
    static final class LivelyWeights implements WeightSource {
        private final SeededWeights weights;

        LivelyWeights(Architecture architecture, long seed) {
            weights = new SeededWeights(architecture, seed);
        }

        @Override
        public float[] read(String key) {
            float[] values = weights.read(key);
            if (key.contains("bn") || key.contains("downsample.2") || key.equals("fc.bias")) {
                Random random = new Random(key.hashCode());
                float floor = key.endsWith("running_var") || key.endsWith("weight") ? 0.5f : -0.5f;
                for (int i = 0; i < values.length; i++) {
                    values[i] = floor + random.nextFloat();
                }
            }
            return values;
        }
    }
}
