package dev.iresnet.model.foreign;

import dev.iresnet.image.Preprocessing;
import java.util.OptionalInt;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * What a signature that takes [N,H,W,3] says of its sizes; empty where it is left open.
 *
 * @param batch N
 * @param height H
 * @param width W
 * @param classes number of a classifier's scores
 */
public record SignatureShape(
        OptionalInt batch, OptionalInt height, OptionalInt width, OptionalInt classes) {

    /** Throws an {@link IllegalArgumentException} if these are not pictures and scores. */
    static SignatureShape of(TensorInfo input, TensorInfo output) {
        SignatureShape shape = of(input);
        TensorShapeProto scores = output.getTensorShape();
        if (scores.getDimCount() != 2) {
            throw new IllegalArgumentException(
                    "the output must be scores [N,classes], it is " + text(scores));
        }
        return new SignatureShape(shape.batch, shape.height, shape.width, size(scores, 1));
    }

    /** The same of a detector, whose outputs are looked at when it runs. */
    static SignatureShape of(TensorInfo input) {
        TensorShapeProto pictures = input.getTensorShape();
        if (pictures.getDimCount() != 4 || pictures.getDim(3).getSize() != 3) {
            throw new IllegalArgumentException(
                    "the input must be pictures [N,H,W,3], channels last, it is " + text(pictures));
        }
        return new SignatureShape(
                size(pictures, 0), size(pictures, 1), size(pictures, 2), OptionalInt.empty());
    }

    /** Throws an {@link IllegalArgumentException} if crops of the rule have another size. */
    void requireSize(Preprocessing rule) {
        if (height.orElse(rule.height()) != rule.height()
                || width.orElse(rule.width()) != rule.width()) {
            throw new IllegalArgumentException(
                    "its input is %s high and %s wide, pictures are cropped to %d x %d"
                            .formatted(
                                    height.isPresent() ? height.getAsInt() : "as you like",
                                    width.isPresent() ? width.getAsInt() : "as you like",
                                    rule.height(),
                                    rule.width()));
        }
    }

    private static OptionalInt size(TensorShapeProto shape, int axis) {
        long size = shape.getDim(axis).getSize();
        if (size == 0 || size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("no tensor can be " + text(shape));
        }
        return size < 0 ? OptionalInt.empty() : OptionalInt.of((int) size);
    }

    static String text(TensorShapeProto shape) {
        return shape.getUnknownRank()
                ? "of any shape"
                : shape.getDimList().stream()
                        .map(dim -> dim.getSize() < 0 ? "?" : Long.toString(dim.getSize()))
                        .toList()
                        .toString();
    }
}
