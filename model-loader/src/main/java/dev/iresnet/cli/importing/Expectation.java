package dev.iresnet.cli.importing;

import dev.iresnet.model.Task;
import dev.iresnet.model.card.ModelDirectory;
import dev.iresnet.model.loading.PlainModel;
import dev.iresnet.weights.CheckpointException;
import dev.iresnet.weights.TensorShape;
import java.io.IOException;
import java.nio.file.Path;
import org.tensorflow.ndarray.Shape;

/**
 * Normalised images with the logits that a model should give for them.
 *
 * @param images [N, 3, H, W], as PyTorch takes them; [N, 1, H, W] of grey ones; clips [N, 3, T, H,
 *     W]
 * @param logits [N, classes]; of a detector offsets and logits, [N, 4 + classes, boxes]
 */
public record Expectation(NpyArray images, NpyArray logits) {
    /** Relative error from which on two networks are not the same. */
    static final double TOLERANCE = 1e-3;

    public Expectation {
        TensorShape in = images.shape();
        TensorShape out = logits.shape();
        if ((in.rank() != 4 && in.rank() != 5)
                || (in.dim(1) != 3 && in.dim(1) != 1)
                || (out.rank() != 2 && out.rank() != 3)
                || in.dim(0) != out.dim(0)) {
            throw new IllegalArgumentException(
                    "--expect takes normalised images [N, 3, H, W], or clips [N, 3, T, H, W], and"
                            + " logits [N, classes], of a detector [N, 4 + classes, boxes], got "
                            + in
                            + " and "
                            + out);
        }
    }

    public static Expectation read(Path images, Path logits) throws IOException {
        return new Expectation(NpyArray.read(images), NpyArray.read(logits));
    }

    /** {@code ||y - logits|| / ||logits||} of a model through its {@code normalized} signature. */
    public double error(ModelDirectory version) {
        int classes = Math.toIntExact(logits.shape().elements() / logits.shape().dim(0));
        Task task = version.card().task();
        TensorShape in = images.shape();
        if ((in.rank() == 5) != (task == Task.VIDEO_CLASSIFICATION)) {
            throw new CheckpointException(
                    "--expect gives %s, and the network is one for %s: pictures are [N, 3, H, W], clips [N, 3, T, H, W]"
                            .formatted(in, task));
        }
        Shape one = one(in);
        int pixels = Math.toIntExact(one.size() / 3);
        double difference = 0;
        double norm = 0;
        try (PlainModel model = PlainModel.open(version)) {
            for (int row = 0; row < logits.shape().dim(0); row++) {
                float[] image = channelsLast(row, pixels);
                float[] output =
                        task == Task.DETECTION
                                ? model.rawDetections(image, in.dim(2), in.dim(3))
                                : model.logits(image, one);
                // of a network of one output the first is a constant, see ServedWeights
                int first = classes == 1 && output.length == 2 ? 1 : 0;
                for (int i = 0; i < classes; i++) {
                    double expected = logits.values()[row * classes + i];
                    int at = first + i;
                    difference +=
                            Math.pow(at < output.length ? output[at] - expected : expected, 2);
                    norm += expected * expected;
                }
            }
        }
        return Math.sqrt(difference / norm);
    }

    /** Of one image or clip, as the model takes it. */
    private static Shape one(TensorShape images) {
        return images.rank() == 5
                ? Shape.of(1, images.dim(2), images.dim(3), images.dim(4), 3)
                : Shape.of(1, images.dim(2), images.dim(3), 3);
    }

    private float[] channelsLast(int row, int pixels) {
        int channels = images.shape().dim(1);
        float[] image = new float[3 * pixels];
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < pixels; i++) {
                int plane = row * channels + c % channels;
                image[3 * i + c] = (float) images.values()[plane * pixels + i];
            }
        }
        return image;
    }
}
