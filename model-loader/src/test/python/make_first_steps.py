"""Makes src/test/resources/golden-training/*.first-step.json: what one step of training has to give.

    python make_first_steps.py ../resources/golden-training

Needs torch and numpy. Of a detector and of a network for clips, at an eighth of the usual width: the loss of
a batch, in training mode, the gradient of every parameter, and the running statistics afterwards, in
float64; and the error of the gradients in PyTorch's own float32 run. Weights and pixels follow from a formula (noise), which
the tests compute, too. Of each array the file has its L2 norm and its products with vectors of random signs,
by the same formula: on average, products differ by as much as the arrays.

Written from the papers (iResNet; SSD in NVIDIA's sizes), not from the Java code.
"""

import json
import pathlib
import sys
import zlib

import numpy as np
import torch
import torch.nn.functional as F

OUT = pathlib.Path(sys.argv[1])
WIDTH = 8
PRODUCTS = 4
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
torch.set_num_threads(1)


def noise(name, count):
    """32 bits for each index: the name's checksum and the index, mixed as MurmurHash3 ends."""
    h = (np.arange(count, dtype=np.uint64) * 0x9E3779B1 + zlib.crc32(name.encode())) & 0xFFFFFFFF
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        h ^= h >> shift
        h = h * factor & 0xFFFFFFFF
    return h ^ h >> 16


def weights(key, shape):
    """Of convolutions and dense layers within He's bound. Biases keep most of what ReLUs see away from 0."""
    x = (noise(key, int(np.prod(shape))) >> 8) / 2.0**23 - 1
    if len(shape) > 1:
        x = x * np.sqrt(6 / np.prod(shape[1:]))
    elif key.endswith((".weight", ".running_var")):
        x = x / 4 + 1
    else:
        x = x / 4 + np.where(x < 0, -2, 2)
    return x.astype(np.float32).reshape(shape)


class Layers:
    """Makes weights where they are first used, and keeps them."""

    def __init__(self, dtype, form):
        self.dtype, self.form = dtype, form
        self.parameters, self.running = {}, {}

    def tensor(self, kept, key, *shape):
        kept[key] = torch.tensor(weights(key, shape), dtype=self.dtype)
        return kept[key]

    def parameter(self, key, *shape):
        return self.tensor(self.parameters, key, *shape).requires_grad_()

    def conv(self, key, x, filters, kernel, stride=1, padding=None, bias=False):
        dims = x.dim() - 2
        weight = self.parameter(key + ".weight", filters, x.shape[1], *[kernel] * dims)
        convolve = F.conv3d if dims == 3 else F.conv2d
        return convolve(x, weight, self.parameter(key + ".bias", filters) if bias else None, stride,
                        kernel // 2 if padding is None else padding)

    def norm(self, key, x):
        mean, variance = (self.tensor(self.running, f"{key}.running_{s}", x.shape[1]) for s in ("mean", "var"))
        weight, bias = (self.parameter(f"{key}.{s}", x.shape[1]) for s in ("weight", "bias"))
        return F.batch_norm(x, mean, variance, weight, bias, True, 0.1, 1e-5)

    def block(self, name, x, convs, stride, index, last):
        y = x
        if index > 0:
            y = F.relu(x if index == 1 else self.norm(name + ".bn0", x))
        if index == 0:
            shortcut = x
        else:
            # the authors' ReLU is in place on what is also the shortcut
            shortcut = y if index == 1 and self.form == "AUTHORS" else x
        for k, (filters, kernel, s) in enumerate(convs, 1):
            if k > 1:
                y = F.relu(self.norm(f"{name}.bn{k - 1}", y))
            y = self.conv(f"{name}.conv{k}", y, filters, kernel, s)
        closing = f"{name}.bn{len(convs)}"
        if index == 0:
            return self.projection(name + ".downsample.", x, y.shape[1], stride) + self.norm(closing, y)
        total = shortcut + y
        return F.relu(self.norm(closing, total)) if last else total

    def projection(self, name, x, filters, stride):
        at = 0
        if stride > 1:
            x = (F.max_pool3d if x.dim() == 5 else F.max_pool2d)(x, 3, stride, 1)
            at = 1
        if x.shape[1] == filters:
            return x
        return self.norm(f"{name}{at + 1}", self.conv(f"{name}{at}", x, filters, 1))

    def backbone(self, x, blocks, bottleneck, strides):
        stem = (1, 2, 2) if x.dim() == 5 else 2
        x = F.relu(self.norm("bn1", self.conv("conv1", x, WIDTH, 7, stem)))
        for stage, (count, stride) in enumerate(zip(blocks, strides)):
            width = WIDTH << stage
            for i in range(count):
                s = stride if i == 0 else 1
                convs = [(width, 3, s), (width, 3, 1)]
                if bottleneck:
                    convs = [(width, 1, 1), (width, 3, s), (4 * width, 1, 1)]
                x = self.block(f"layer{stage + 1}.{i}", x, convs, s, i, i == count - 1)
        return x


def normalised(pixels, dtype):
    x = torch.tensor(pixels.astype(np.float64)).movedim(-1, 1)
    shape = (1, 3) + (1,) * (x.dim() - 2)
    return ((x / 255 - torch.tensor(MEAN, dtype=torch.float64).view(shape))
            / torch.tensor(STD, dtype=torch.float64).view(shape)).to(dtype)


def pixels(declared):
    """By seeds with which weights that are moved by 2e-6 change the gradients by 1e-4 at most.

    A ReLU or a pool that rounding switches would hide a real difference.
    """
    shape = declared["shape"]
    return (noise(f"pictures {declared['seed']}", int(np.prod(shape))) & 255).reshape(shape)


# ---- a network for clips

CLIPS = {"network": "iresnet3d50", "form": "PAPER", "seed": 22, "shape": [4, 8, 48, 48, 3], "classes": 5,
         "labels": [2, 0, 4, 2], "smoothing": 0.1}


def clips(dtype):
    nn = Layers(dtype, CLIPS["form"])
    x = nn.backbone(normalised(pixels(CLIPS), dtype), (3, 4, 6, 3), True, (2, 2, 2, 2))
    features = x.mean((2, 3, 4))
    logits = F.linear(features, nn.parameter("fc.weight", CLIPS["classes"], features.shape[1]),
                      nn.parameter("fc.bias", CLIPS["classes"]))
    return nn, F.cross_entropy(logits, torch.tensor(CLIPS["labels"]), label_smoothing=CLIPS["smoothing"])


# ---- a detector

# objects of a picture: class, left, top, right, bottom; something for each map, and a picture without any
OBJECTS = [[[0, 0.03, 0.05, 0.95, 0.9], [2, 0.61, 0.12, 0.68, 0.2], [3, 0.1, 0.6, 0.42, 0.95]],
           [[1, 0.2, 0.3, 0.71, 0.78]],
           [],
           [[3, 0.05, 0.1, 0.2, 0.243], [3, 0.15, 0.12, 0.31, 0.27], [0, 0.3, 0.25, 0.97, 0.98]]]
DETECTOR = {"network": "ssd300-iresnet18", "form": "AUTHORS", "seed": 2, "shape": [4, 300, 300, 3], "classes": 4,
            "objects": OBJECTS}

MAPS = ((38, 8, 21, 45, (2,)), (19, 16, 45, 99, (2, 3)), (10, 32, 99, 153, (2, 3)), (5, 64, 153, 207, (2, 3)),
        (3, 100, 207, 261, (2,)), (1, 300, 261, 315, (2,)))
EXTRAS = ((32, 64, 2, 1), (32, 64, 2, 1), (16, 32, 2, 1), (16, 32, 1, 0), (16, 16, 1, 0))


def default_boxes():
    """Centre, width and height, in the order map, kind, row, column."""
    boxes = []
    for cells, step, scale, following, ratios in MAPS:
        between = np.sqrt(scale * following)
        sizes = [(scale, scale), (between, between)]
        for ratio in ratios:
            long, short = scale * np.sqrt(ratio), scale / np.sqrt(ratio)
            sizes += [(long, short), (short, long)]
        for width, height in sizes:
            for row in range(cells):
                for column in range(cells):
                    boxes.append(((column + 0.5) * step, (row + 0.5) * step, width, height))
    return np.clip(np.array(boxes) / 300, 0, 1)


def edges(boxes):
    return np.concatenate([boxes[:, :2] - boxes[:, 2:] / 2, boxes[:, :2] + boxes[:, 2:] / 2], 1)


def overlaps(objects, defaults):
    """Intersection over union, [objects, boxes]."""
    a, b = objects[:, None], edges(defaults)[None]
    sides = np.clip(np.minimum(a[..., 2:], b[..., 2:]) - np.maximum(a[..., :2], b[..., :2]), 0, None)
    both = sides.prod(-1)
    return both / ((a[..., 2:] - a[..., :2]).prod(-1) + (b[..., 2:] - b[..., :2]).prod(-1) - both)


def targets(objects, defaults):
    """Class (0: background) and offsets of each default box."""
    labels, offsets = np.zeros(len(defaults), int), np.zeros((4, len(defaults)))
    if not objects:
        return labels, offsets
    corners = np.array([box for _, *box in objects])
    share = overlaps(corners, defaults)
    own = share.argmax(1)
    # where neither rounding nor a rule for conflicts can decide
    assert len(set(own)) == len(own)
    assert np.abs(share - 0.5).min() > 1e-6
    best, found = share.argmax(0), share.max(0)
    best[own], found[own] = np.arange(len(own)), 1
    positive = found > 0.5
    labels[positive] = np.array([c for c, *_ in objects])[best[positive]] + 1
    sizes = corners[best, 2:] - corners[best, :2]
    centres = (corners[best, 2:] + corners[best, :2]) / 2
    offsets[:2] = ((centres - defaults[:, :2]) / defaults[:, 2:] / 0.1).T
    offsets[2:] = (np.log(sizes / defaults[:, 2:]) / 0.2).T
    return labels, offsets


def detector(dtype):
    nn = Layers(dtype, DETECTOR["form"])
    x = nn.backbone(normalised(pixels(DETECTOR), dtype), (2, 2, 2), False, (2, 2, 1))
    maps = [x]
    for k, (squeeze, filters, stride, padding) in enumerate(EXTRAS):
        name = f"additional_blocks.{k}."
        x = F.relu(nn.norm(name + "1", nn.conv(name + "0", x, squeeze, 1)))
        x = F.relu(nn.norm(name + "4", nn.conv(name + "3", x, filters, 3, stride, padding)))
        maps.append(x)
    count = len(DETECTOR["objects"])
    outputs = []
    for head, size in (("loc", 4), ("conf", DETECTOR["classes"] + 1)):
        each = [nn.conv(f"{head}.{k}", y, size * (2 + 2 * len(MAPS[k][4])), 3, bias=True).reshape(count, size, -1)
                for k, y in enumerate(maps)]
        outputs.append(torch.cat(each, 2))
    return nn, multibox(*outputs)


def multibox(offsets, logits):
    defaults = default_boxes()
    wanted = [targets(objects, defaults) for objects in DETECTOR["objects"]]
    labels = torch.tensor(np.stack([label for label, _ in wanted]))
    goals = torch.tensor(np.stack([goal for _, goal in wanted]), dtype=offsets.dtype)
    cells = np.cumsum([0] + [m[0] ** 2 * (2 + 2 * len(m[4])) for m in MAPS])
    assert all((labels[:, a:b] > 0).any() for a, b in zip(cells, cells[1:]))
    entropy = F.cross_entropy(logits, labels, reduction="none")
    places = F.smooth_l1_loss(offsets, goals, reduction="none").sum(1)
    losses = []
    for label, cost, place in zip(labels, entropy, places):
        positive = label > 0
        if not positive.any():
            losses.append(torch.zeros((), dtype=offsets.dtype))
            continue
        order = cost[~positive].sort(descending=True).values
        most = 3 * int(positive.sum())
        # the choice must not hang on rounding
        assert (order[most - 1] - order[most]) / order[most] > 1e-5
        losses.append((place[positive].sum() + cost[positive].sum() + order[:most].sum()) / positive.sum())
    return torch.stack(losses).mean()


# ---- what is told of both

def summary(key, values):
    values = values.detach().double().numpy().ravel()
    signs = [1 - 2.0 * (noise(f"{key}:{k}", values.size) >> 31) for k in range(PRODUCTS)]
    return [np.linalg.norm(values)] + [np.dot(values, sign) for sign in signs]


def step(network, dtype):
    nn, loss = network(dtype)
    loss.backward()
    return {"loss": loss.item(),
            "gradients": {key: summary(key, value.grad) for key, value in nn.parameters.items()},
            "statistics": {key: summary(key, value) for key, value in nn.running.items()}}


def error(exact, other):
    a, b = (np.array(list(d.values())) for d in (exact, other))
    return np.linalg.norm(a - b) / np.linalg.norm(a)


def main():
    for declared, network in ((CLIPS, clips), (DETECTOR, detector)):
        exact, single = step(network, torch.float64), step(network, torch.float32)
        told = {"torch": torch.__version__.split("+")[0], **declared, "loss": exact["loss"],
                "gradientError32": error(exact["gradients"], single["gradients"])}
        lines = [f" {json.dumps(key)}: {json.dumps(value)}" for key, value in told.items()]
        for what in ("gradients", "statistics"):
            rows = [f'  "{key}": [{", ".join(f"{x:.8g}" for x in row)}]' for key, row in exact[what].items()]
            lines.append(f' "{what}": {{\n' + ",\n".join(rows) + "\n }")
        (OUT / f"{declared['network']}.first-step.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


main()
