package dev.iresnet.cli;

import dev.iresnet.tensorflow.TensorFlowProcess;
import dev.iresnet.weights.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.SessionFunction;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/**
 * Normalised images with the logits that a model should give for them.
 *
 * @param images [N, 3, H, W], as PyTorch takes them
 * @param logits [N, classes]
 */
record Expectation(NpyArray images, NpyArray logits) {
    /** Relative error from which on two networks are not the same. */
    static final double TOLERANCE = 1e-3;

    Expectation {
        Shape in = images.shape();
        Shape out = logits.shape();
        if (in.rank() != 4 || in.dim(1) != 3 || out.rank() != 2 || in.dim(0) != out.dim(0)) {
            throw new IllegalArgumentException(
                    "--expect takes normalised images [N, 3, H, W] and logits [N, classes], got "
                            + in
                            + " and "
                            + out);
        }
    }

    static Expectation read(Path images, Path logits) throws IOException {
        return new Expectation(NpyArray.read(images), NpyArray.read(logits));
    }

    /** {@code ||y - logits|| / ||logits||} of a model through its {@code normalized} signature. */
    double error(Path version) {
        int classes = logits.shape().dim(1);
        double difference = 0;
        double norm = 0;
        try (SavedModelBundle model =
                SavedModelBundle.loader(version.toString())
                        .withTags("serve")
                        .withConfigProto(TensorFlowProcess.config())
                        .load()) {
            SessionFunction function = model.function("normalized");
            for (int row = 0; row < logits.shape().dim(0); row++) {
                float[] output = run(function, row);
                for (int i = 0; i < classes; i++) {
                    double expected = logits.values()[row * classes + i];
                    difference += Math.pow(i < output.length ? output[i] - expected : expected, 2);
                    norm += expected * expected;
                }
            }
        }
        return Math.sqrt(difference / norm);
    }

    private float[] run(SessionFunction function, int row) {
        int height = images.shape().dim(2);
        int width = images.shape().dim(3);
        try (TFloat32 image =
                        TFloat32.tensorOf(
                                org.tensorflow.ndarray.Shape.of(1, height, width, 3),
                                DataBuffers.of(channelsLast(row, height * width)));
                Result result = function.call(Map.of("image", image))) {
            TFloat32 output = (TFloat32) result.get("logits").orElseThrow();
            float[] values = new float[(int) output.shape().size()];
            output.copyTo(DataBuffers.of(values, false, false));
            return values;
        }
    }

    private float[] channelsLast(int row, int pixels) {
        float[] image = new float[3 * pixels];
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < pixels; i++) {
                image[3 * i + c] = (float) images.values()[(row * 3 + c) * pixels + i];
            }
        }
        return image;
    }
}
