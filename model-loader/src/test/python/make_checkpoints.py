"""Makes the checkpoints of src/test/resources/checkpoints and the logits that belong to them.

    python make_checkpoints.py ../resources/checkpoints

Needs torch, torchvision, timm and safetensors (versions go to versions.txt). The networks are
torchvision's and timm's own classes with narrow widths and seeded weights, which are rounded so that
they compress; the statistics of the norms are those of a random batch. logits.json has, by name, the
logits in float64 for input.npy and the error of PyTorch's own float32 run against them.

field/ has one set of weights, of a ResNet-18, in all the wrappers that people have.
"""

import argparse
import copy
import gzip
import io
import json
import pathlib
import sys

import numpy as np
import safetensors
import safetensors.torch
import timm
import timm.models.resnet
import torch
import torchvision
from torchvision.models import resnet as tv

OUT = pathlib.Path(sys.argv[1])
FIELD = OUT / "field"
FIELD.mkdir(parents=True, exist_ok=True)
torch.set_num_threads(1)


class Narrow(tv.ResNet):
    """torchvision's ResNet with all planes divided."""

    def __init__(self, block, layers, narrow, classes, **kwargs):
        object.__setattr__(self, "narrow", narrow)
        super().__init__(block, layers, **kwargs)
        self.fc = torch.nn.Linear(self.inplanes, classes)

    def __setattr__(self, name, value):
        if name == "inplanes" and "conv1" not in self.__dict__.get("_modules", {}):
            value //= self.narrow
        super().__setattr__(name, value)

    def _make_layer(self, block, planes, blocks, stride=1, dilate=False):
        return super()._make_layer(block, planes // self.narrow, blocks, stride, dilate)


def trained(model, channels=3, seed=7):
    """Seeded weights, rounded to steps that compress, and a random batch's statistics."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if parameter.dim() > 1:
                fan = parameter[0].numel()
                values = torch.randn(parameter.shape, generator=generator) * (2 / fan) ** 0.5
                step = 2.0 ** np.floor(np.log2((2 / fan) ** 0.5) - 3)
                parameter.copy_(torch.round(values / step) * step)
            elif name.endswith("bias"):
                parameter.copy_(torch.round(torch.randn(parameter.shape, generator=generator) * 8) / 64)
            else:
                parameter.copy_(1 + torch.round(torch.randn(parameter.shape, generator=generator) * 8) / 64)
        for module in model.modules():
            if isinstance(module, torch.nn.BatchNorm2d):
                module.momentum = None
        model.train()
        model(torch.randn((8, channels, 64, 64), generator=generator))
        for name, buffer in model.named_buffers():
            if buffer.dtype == torch.float32:
                buffer.copy_(buffer.bfloat16().float())
    return model.eval()


LOGITS = {}


def reference(name, model, image):
    with torch.no_grad():
        exact = copy.deepcopy(model).double()(image.double())
        error = (model(image).double() - exact).norm() / exact.norm()
    LOGITS[name] = {"float32Error": error.item(), "logits": exact.tolist()}


def pack(path, data):
    # no name and no time, so that equal files are equal
    with open(str(path) + ".gz", "wb") as out:
        with gzip.GzipFile(filename="", mode="wb", fileobj=out, compresslevel=9, mtime=0) as zipped:
            zipped.write(data)


def saved(value, **options):
    out = io.BytesIO()
    torch.save(value, out, **options)
    return out.getvalue()


def networks(image):
    b, w = tv.Bottleneck, {}
    w["resnext50_32x4d"] = Narrow(b, [3, 4, 6, 3], 16, 10, groups=4, width_per_group=32)
    w["resnext101_32x8d"] = Narrow(b, [3, 4, 23, 3], 32, 10, groups=2, width_per_group=128)
    w["resnext101_64x4d"] = Narrow(b, [3, 4, 23, 3], 32, 10, groups=4, width_per_group=64)
    w["wide_resnet50_2"] = Narrow(b, [3, 4, 6, 3], 16, 10, width_per_group=128)
    w["wide_resnet101_2"] = Narrow(b, [3, 4, 23, 3], 32, 10, width_per_group=128)
    t = timm.models.resnet
    for depth, block, layers in (
        (18, t.BasicBlock, [2, 2, 2, 2]),
        (34, t.BasicBlock, [3, 4, 6, 3]),
        (50, t.Bottleneck, [3, 4, 6, 3]),
        (101, t.Bottleneck, [3, 4, 23, 3]),
        (152, t.Bottleneck, [3, 8, 36, 3]),
    ):
        w[f"timm-resnet{depth}"] = t.ResNet(block, layers, num_classes=10, channels=(2, 4, 8, 16))
    for name, model in w.items():
        reference(name, trained(model), image)
        if name.startswith("timm"):
            args = argparse.Namespace(model=name[5:], lr=0.1)
            data = saved({"epoch": 3, "arch": name[5:], "state_dict": model.state_dict(), "version": 2, "args": args})
        else:
            data = saved(model.state_dict())
        pack(OUT / f"{name}.pth", data)
    deep = t.ResNet(t.Bottleneck, [1, 1, 1, 1], num_classes=10, channels=(2, 4, 8, 16),
                    stem_type="deep", stem_width=4, avg_down=True)
    pack(OUT / "timm-resnet50d.pth", saved(trained(deep).state_dict()))
    return w


def same_keys(image):
    """ResNet-50s that compute something else from the same keys."""
    model = trained(Narrow(tv.Bottleneck, [3, 4, 6, 3], 16, 10))
    pack(OUT / "resnet50.pth", saved(model.state_dict()))
    reference("resnet50", model, image)
    v1 = copy.deepcopy(model)
    for layer in (v1.layer2, v1.layer3, v1.layer4):
        layer[0].conv1.stride, layer[0].conv2.stride = (2, 2), (1, 1)
    reference("resnet50-v1", v1, image)
    dilated = copy.deepcopy(model)
    dilated.layer4[0].conv2.stride = dilated.layer4[0].downsample[0].stride = (1, 1)
    for block in dilated.layer4[1:]:
        block.conv2.dilation = block.conv2.padding = (2, 2)
    reference("resnet50-dilated", dilated, image)
    unpooled = copy.deepcopy(model)
    unpooled.maxpool = torch.nn.Identity()
    reference("resnet50-without-pool", unpooled, image)


def field(image):
    model = trained(Narrow(tv.BasicBlock, [2, 2, 2, 2], 32, 10))
    state = model.state_dict()
    reference("field", model, image)
    put = lambda name, value, **options: pack(FIELD / name, saved(value, **options))
    behind = lambda prefix: {prefix + key: value for key, value in state.items()}
    args = argparse.Namespace(lr=0.1, device=torch.device("cpu"), size=torch.Size([3]), tags={"a"})
    optimizer = torch.optim.SGD(model.parameters(), 0.1, momentum=0.9)

    put("plain.pth", state)
    put("stream.pth", state, _use_new_zipfile_serialization=False)
    put("compile-of-ddp.pth", behind("_orig_mod.module."))
    put("lightning-like.ckpt", {
        "epoch": 3, "global_step": 10, "pytorch-lightning_version": "2.5.0",
        "state_dict": {**behind("model."), "criterion.weight": torch.ones(10)},
        "loops": {"fit_loop": {"state_dict": {}}},
        "callbacks": {"ModelCheckpoint{'monitor': None}": {"best_model_score": torch.tensor(0.5)}},
        "optimizer_states": [optimizer.state_dict()], "lr_schedulers": [],
        "hparams_name": "kwargs", "hyper_parameters": {"args": args, "rng": np.random.default_rng(1)},
    })
    put("torchvision-train.pth", {"model": state, "optimizer": optimizer.state_dict(), "epoch": 3,
                                  "lr_scheduler": {"gamma": 0.1}, "args": args})
    sequential = copy.deepcopy(model)
    sequential.fc = torch.nn.Sequential(torch.nn.Dropout(0.2), model.fc)
    put("fc-sequential.pth", sequential.state_dict())
    put("averaged.pth", torch.optim.swa_utils.AveragedModel(model).state_dict())
    put("net-acc.pth", {"net": behind("module."), "acc": np.float64(93.5), "epoch": 3})
    other = trained(Narrow(tv.BasicBlock, [2, 2, 2, 2], 32, 10), seed=8)
    put("model-and-ema.pth", {"model_ema": {"n_averaged": torch.tensor(3), **{
        "module." + key: value for key, value in other.state_dict().items()}}, "model": state})
    children = torch.nn.Sequential(*list(model.children())[:-1])
    put("children.ckpt", {"state_dict": {
        **{"feature_extractor." + key: value for key, value in children.state_dict().items()},
        "classifier.weight": state["fc.weight"], "classifier.bias": state["fc.bias"]}})
    for pad in range(256):
        data = safetensors.torch.save(state, {"format": "pt", "pad": "x" * pad})
        # headers are padded to 8 bytes: 128 modulo 256 is one length in 32
        if data[0] == 0x80:
            pack(FIELD / "header-0x80.safetensors", data)
            break
    script = io.BytesIO()
    torch.jit.save(torch.jit.script(model), script)
    pack(FIELD / "torchscript.pt", script.getvalue())
    put("whole-model.pth", torch.nn.Sequential(model.conv1))

    one = trained(Narrow(tv.BasicBlock, [2, 2, 2, 2], 32, 1))
    put("one-class.pth", one.state_dict())
    reference("one-class", one, image)
    grey = Narrow(tv.BasicBlock, [2, 2, 2, 2], 32, 10)
    grey.conv1 = torch.nn.Conv2d(1, 2, 7, 2, 3, bias=False)
    put("one-channel.pth", trained(grey, channels=1).state_dict())
    reference("one-channel", grey, image[:, :1])


def main():
    image = torch.randn((2, 3, 61, 48), generator=torch.Generator().manual_seed(1))
    image = torch.round(image * 16) / 16
    np.save(OUT / "input.npy", image.numpy())
    np.save(OUT / "input-grey.npy", image[:, :1].numpy())
    networks(image)
    same_keys(image)
    field(image)
    (OUT / "logits.json").write_text(json.dumps(LOGITS, indent=1) + "\n")
    (OUT / "versions.txt").write_text(
        f"torch {torch.__version__}\ntorchvision {torchvision.__version__}\n"
        f"timm {timm.__version__}\nsafetensors {safetensors.__version__}\n")


main()
