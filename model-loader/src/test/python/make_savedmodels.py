"""Makes the small SavedModels of Keras 3 and TensorFlow 2 that the tests import.

    pip install tensorflow-cpu==2.18.1 keras
    python make_savedmodels.py ../resources/savedmodels

Each directory has the SavedModel, images (`input.npy`, float32 [6,H,W,3] of whole numbers 0..255) and what
TensorFlow gave for them (`probabilities.npy`, float32 [6,classes]); those that are to be refused have only the graph.
"""

import pathlib
import shutil
import sys

import keras
import numpy as np
import tensorflow as tf

SIDE = 8
CLASSES = 5


def pixels():
    return np.random.default_rng(3).integers(0, 256, (6, SIDE, SIDE, 3)).astype(np.float32)


def net(image, head):
    x = keras.layers.Conv2D(6, 3, padding="same", use_bias=False)(image)
    x = keras.layers.BatchNormalization()(x)
    x = keras.layers.ReLU()(x)
    y = keras.layers.SeparableConv2D(6, 3, padding="same")(x)
    x = keras.layers.GlobalAveragePooling2D()(keras.layers.add([x, y]))
    return keras.layers.Dense(CLASSES, activation=head)(x)


def lively(model):
    """Norms that scale and shift, unlike fresh ones."""
    random = np.random.default_rng(5)
    model.set_weights([w + random.uniform(0, 0.8, w.shape).astype(np.float32) for w in model.get_weights()])
    return model


def write(folder, images, probabilities):
    shutil.rmtree(folder / "assets", ignore_errors=True)
    (folder / "fingerprint.pb").unlink(missing_ok=True)
    np.save(folder / "input.npy", images)
    np.save(folder / "probabilities.npy", np.asarray(probabilities, np.float32))


def float_input(folder):
    image = keras.Input((SIDE, SIDE, 3))
    model = lively(keras.Model(image, net(image, "softmax")))
    model.export(folder, verbose=False)
    write(folder, pixels(), model(pixels() / 255))


def byte_input(folder):
    image = keras.Input((SIDE, SIDE, 3), batch_size=1, dtype="uint8")
    scaled = keras.layers.Rescaling(1 / 127.5, offset=-1)(image)
    model = lively(keras.Model(image, net(scaled, None)))
    archive = keras.export.ExportArchive()
    archive.track(model)
    # model.export would leave the batch size open
    archive.add_endpoint("serving_default", model.call, [tf.TensorSpec((1, SIDE, SIDE, 3), tf.uint8, "image")])
    archive.write_out(folder, verbose=False)
    rows = [tf.nn.softmax(model(pixels()[i : i + 1].astype(np.uint8))) for i in range(len(pixels()))]
    write(folder, pixels(), np.concatenate(rows))


class Plain(tf.Module):
    """Signatures of one's own, sizes left open, an output that is no Softmax."""

    def __init__(self):
        super().__init__()
        random = np.random.default_rng(7)
        self.filters = tf.Variable(random.normal(0, 0.4, (3, 3, 3, 4)).astype(np.float32))
        self.dense = tf.Variable(random.normal(0, 1, (4, CLASSES)).astype(np.float32))

    @tf.function(input_signature=[tf.TensorSpec([None, None, None, 3], tf.float32, "pictures")])
    def classify(self, pictures):
        x = tf.nn.relu(tf.nn.conv2d(pictures, self.filters, 2, "SAME"))
        return {"scores": tf.reduce_mean(x, [1, 2]) @ self.dense}

    @tf.function(input_signature=[tf.TensorSpec([None, None, None, 3], tf.float32, "pictures")])
    def features(self, pictures):
        return {"features": tf.nn.conv2d(pictures, self.filters, 2, "SAME")}


def plain(folder):
    module = Plain()
    tf.saved_model.save(
        module, folder, {"classify": module.classify, "features": module.features}
    )
    normalized = (pixels() / 255 - [0.5, 0.4, 0.3]) / [0.2, 0.25, 0.3]
    scores = module.classify(tf.constant(normalized, tf.float32))["scores"]
    write(folder, pixels(), tf.nn.softmax(scores))


class Detector(tf.Module):
    """As the Object Detection API exports: bytes of any size, one by one, boxes that it chose itself."""

    def __init__(self):
        super().__init__()
        random = np.random.default_rng(11)
        self.filters = tf.Variable(random.normal(0, 0.3, (4, 4, 3, 8)).astype(np.float32))
        self.boxes = tf.Variable(random.normal(0, 0.5, (3, 3, 8, 4)).astype(np.float32))
        self.classes = tf.Variable(random.normal(0, 0.7, (3, 3, 8, CLASSES + 1)).astype(np.float32))

    @tf.function(input_signature=[tf.TensorSpec([1, None, None, 3], tf.uint8, "input_tensor")])
    def __call__(self, input_tensor):
        pixels = tf.cast(input_tensor, tf.float32) / 127.5 - 1
        x = tf.image.resize(pixels, [16, 16])
        x = tf.nn.relu(tf.nn.conv2d(x, self.filters, 4, "SAME"))
        offsets = tf.reshape(tf.nn.conv2d(x, self.boxes, 1, "SAME"), [1, 16, 4])
        scores = tf.reshape(tf.nn.conv2d(x, self.classes, 1, "SAME"), [1, 16, CLASSES + 1])
        scores = tf.sigmoid(scores)[:, :, 1:]
        cells = tf.stack(tf.meshgrid(tf.range(4.0), tf.range(4.0), indexing="ij"), -1)
        centre = (tf.reshape(cells, [1, 16, 2]) + 0.5) / 4 + 0.1 * offsets[:, :, :2]
        half = 0.2 * tf.exp(0.2 * offsets[:, :, 2:])
        boxes = tf.concat([centre - half, centre + half], -1)
        kept = tf.image.combined_non_max_suppression(
            boxes[:, :, tf.newaxis], scores, 5, 10, iou_threshold=0.6, score_threshold=0.3
        )
        return {
            "detection_boxes": kept.nmsed_boxes,
            "detection_scores": kept.nmsed_scores,
            "detection_classes": kept.nmsed_classes + 1,
            "num_detections": tf.cast(kept.valid_detections, tf.float32),
            "raw_detection_boxes": boxes,
            "raw_detection_scores": scores,
        }


def detector(folder):
    """What it finds in input.npy, uint8, is kept as rows of picture, class, score, box (y, x, y, x)."""
    module = Detector()
    tf.saved_model.save(module, folder, {"serving_default": module.__call__})
    pictures = np.random.default_rng(13).integers(0, 256, (3, 24, 16, 3)).astype(np.uint8)
    rows = []
    for number, picture in enumerate(pictures):
        found = module(picture[np.newaxis])
        for i in range(int(found["num_detections"][0])):
            of = [number, found["detection_classes"][0, i], found["detection_scores"][0, i]]
            rows.append(np.concatenate([of, found["detection_boxes"][0, i]]))
    write(folder, pictures.astype(np.float32), [])
    (folder / "probabilities.npy").unlink()
    np.save(folder / "detections.npy", np.asarray(rows, np.float32))


class ReadsFile(tf.Module):
    @tf.function(input_signature=[tf.TensorSpec([None, SIDE, SIDE, 3], tf.float32)])
    def __call__(self, x):
        length = tf.strings.length(tf.io.read_file("/etc/hostname"))
        return tf.reduce_mean(x, [1, 2]) + tf.cast(length, tf.float32)


class CallsPython(tf.Module):
    @tf.function(input_signature=[tf.TensorSpec([None, SIDE, SIDE, 3], tf.float32)])
    def __call__(self, x):
        y = tf.py_function(lambda t: t, [x], tf.float32)
        return tf.reduce_mean(tf.ensure_shape(y, [None, SIDE, SIDE, 3]), [1, 2])


class NamesFile(tf.Module):
    """In an attribute: the operation opens it when it is loaded, before any picture."""

    @tf.function(input_signature=[tf.TensorSpec([None, SIDE, SIDE, 3], tf.float32)])
    def __call__(self, x):
        bytes_ = tf.fill([tf.shape(x)[0]], "")
        _, values = tf.raw_ops.DecodeProtoV2(
            bytes=bytes_,
            message_type="tensorflow.Message",
            field_names=["field"],
            output_types=[tf.float32],
            descriptor_source="/etc/hostname",
        )
        return tf.reduce_mean(x, [1, 2]) + tf.reduce_sum(values[0])


class Augments(tf.Module):
    """Random between input and output; what it trains with lies beside."""

    def __init__(self):
        super().__init__()
        self.scale = tf.Variable(1.0)

    @tf.function(input_signature=[tf.TensorSpec([None, SIDE, SIDE, 3], tf.float32)])
    def __call__(self, x):
        return self.scale * tf.reduce_mean(tf.image.random_brightness(x, 0.2), [1, 2])

    @tf.function(input_signature=[tf.TensorSpec([None, SIDE, SIDE, 3], tf.float32)])
    def plain(self, x):
        return {"scores": self.scale * tf.reduce_mean(x, [1, 2])}


def augments(folder):
    module = Augments()
    signatures = {"serving_default": module.__call__, "plain": module.plain}
    refused(module, folder, signatures)


def refused(module, folder, signatures=None):
    tf.saved_model.save(module, folder, signatures or {"serving_default": module.__call__})
    shutil.rmtree(folder / "assets", ignore_errors=True)
    (folder / "fingerprint.pb").unlink(missing_ok=True)


def main():
    root = pathlib.Path(sys.argv[1])
    shutil.rmtree(root, ignore_errors=True)
    keras.utils.set_random_seed(1)
    float_input(root / "keras-float")
    byte_input(root / "keras-bytes")
    plain(root / "module")
    detector(root / "detector")
    refused(ReadsFile(), root / "reads-file")
    refused(CallsPython(), root / "calls-python")
    refused(NamesFile(), root / "names-file")
    augments(root / "augments")


if __name__ == "__main__":
    main()
