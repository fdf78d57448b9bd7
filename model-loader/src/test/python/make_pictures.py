"""Makes the pictures of src/test/resources/pictures and the digests of their reference crops.

    python make_pictures.py SOURCES ../resources/pictures

SOURCES holds astronaut.png, chelsea.png, coffee.png, rocket.jpg (scikit-image's sample data) and
road-720p-test1.jpg (a camera frame); see the README beside the pictures. The crops are made by
Pillow, whose version goes to pillow.txt; the same version gives the same bytes again. It must be
older than 13: since then pictures that shrink more in height than in width are resized vertically
first, which moves some values by 1.
"""

import csv
import hashlib
import io
import itertools
import pathlib
import struct
import sys
import zlib

import numpy as np
import PIL
from PIL import Image


def imagenet_size(width, height):
    """Shorter side to 256, the other in proportion."""
    shorter = min(width, height)
    return 256 * width // shorter, 256 * height // shorter


def centre(resized):
    """The centre 224x224."""
    left, top = (round((side - 224) / 2) for side in resized.size)
    return resized.crop((left, top, left + 224, top + 224))


def imagenet_crop(image):
    return centre(image.resize(imagenet_size(*image.size), Image.BILINEAR))


def stretch(image):
    return image.resize((32, 24), Image.BILINEAR)


def timm_a1(image):
    """Shorter side to floor(224 / 0.95), bicubic, as timm's resnet50.a1_in1k."""
    shorter = min(image.size)
    size = tuple(235 * side // shorter for side in image.size)
    return centre(image.resize(size, Image.BICUBIC))


RULES = {"imagenet": imagenet_crop, "stretch-32x24": stretch, "timm-a1": timm_a1}


def resize_scaled(data, size_of):
    """Decoded at 1/2, 1/4 or 1/8 if that is not smaller than what it is resized to."""
    image = Image.open(io.BytesIO(data))
    whole = image.size
    size = size_of(*whole)
    image.draft(None, size)
    ratio = max(r for r in (1, 2, 4, 8) if image.width == -(-whole[0] // r))
    box = (0, 0, whole[0] / ratio, whole[1] / ratio)
    return image.convert("RGB").resize(size, Image.BILINEAR, box=box)


SCALED_RULES = {
    "imagenet-scaled": lambda data: centre(resize_scaled(data, imagenet_size)),
    "stretch-32x24-scaled": lambda data: resize_scaled(data, lambda width, height: (32, 24)),
}


def jpeg(image, **options):
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88, **options)
    return out.getvalue()


def png(image, **options):
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True, **options)
    return out.getvalue()


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def raw_png(pixels, colour_type, interlaced):
    """A PNG that Pillow does not write: 16 bits a channel, or Adam7."""
    height, width = pixels.shape[:2]
    depth = pixels.dtype.itemsize * 8
    passes = [(0, 0, 1, 1)]
    if interlaced:
        passes = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4),
                  (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
    rows = b"".join(
        b"\0" + row.astype(row.dtype.newbyteorder(">")).tobytes()
        for top, left, down, right in passes
        for row in pixels[top::down, left::right]
        if row.size
    )
    header = struct.pack(">IIBBBBB", width, height, depth, colour_type, 0, 0, int(interlaced))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
            + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))


def without_huffman_tables(data):
    """As MJPEG cameras send it; takes a baseline file whose tables are the standard's."""
    at, out = 2, data[:2]
    while data[at + 1] != 0xDA:
        end = at + 2 + struct.unpack(">H", data[at + 2:at + 4])[0]
        if data[at + 1] != 0xC4:
            out += data[at:end]
        at = end
    return out + data[at:]


def pictures(sources):
    astronaut, chelsea, coffee, rocket = (
        Image.open(sources / name).convert("RGB")
        for name in ("astronaut.png", "chelsea.png", "coffee.png", "rocket.jpg"))
    road = Image.open(sources / "road-720p-test1.jpg").convert("RGB")
    small = astronaut.resize((160, 160), Image.LANCZOS)
    ramp = Image.linear_gradient("L").resize(small.size)
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90 degrees

    yield "photograph.jpg", jpeg(rocket)
    yield "grayscale.jpg", jpeg(chelsea.convert("L"))
    yield "progressive.jpg", jpeg(coffee, progressive=True)
    yield "cmyk.jpg", jpeg(astronaut.resize((300, 280)).convert("CMYK"))
    yield "yuv444.jpg", jpeg(chelsea, subsampling=0)
    yield "yuv422.jpg", jpeg(coffee.resize((333, 251)), subsampling=1)
    yield "rgb.jpg", jpeg(small, keep_rgb=True)
    yield "restarts.jpg", jpeg(rocket.resize((321, 243)), restart_marker_rows=1)
    yield "mjpeg.jpg", without_huffman_tables(jpeg(rocket.resize((320, 240))))
    yield "exif-turned.jpg", jpeg(coffee.resize((300, 200)), exif=exif)
    yield "camera-720p.jpg", jpeg(road)
    yield "tiny.jpg", jpeg(chelsea.resize((31, 17)))
    yield "tall.jpg", jpeg(rocket.resize((60, 900)))
    yield "dot.png", png(Image.new("RGB", (1, 1), (200, 100, 50)))
    yield "palette.png", png(coffee.resize((300, 200)).quantize(32))
    yield "palette-transparent.png", png(small.quantize(16), transparency=3)
    yield "alpha.png", png(Image.merge("RGBA", (*small.split(), ramp)))
    yield "gray-alpha.png", png(Image.merge("LA", (small.convert("L"), ramp)))
    yield "one-bit.png", png(coffee.convert("1"))
    yield "transparent-colour.png", png(small.resize((80, 80)), transparency=(0, 0, 0))
    stripes = 100 * (np.arange(90, dtype=np.uint16) % 2)[None, :, None]  # seen in the low byte only
    fine = np.asarray(small.resize((90, 70))).astype(np.uint16) * 256 + stripes
    yield "sixteen-bit.png", raw_png(fine, 2, False)
    yield "interlaced.png", raw_png(np.asarray(small.resize((101, 77))), 2, True)


def without_adobe(data):
    at = data.index(b"Adobe") - 4
    return data[:at] + data[at + 16:]


def as_ycck(data):
    """The same values, said to be YCCK."""
    at = data.index(b"Adobe") + 11
    return data[:at] + b"\2" + data[at + 1:]


def computed_pictures():
    """Need no photograph."""
    random = np.random.default_rng(3)
    y, x, channel = np.mgrid[0:37, 0:49, 0:4]
    waves = 127 + 90 * np.sin(x / (3 + channel) + y / (5 + channel) + channel)
    noisy = np.clip(waves + random.normal(0, 15, waves.shape), 0, 255).astype(np.uint8)
    inks = Image.fromarray(noisy, "CMYK")
    yield "cmyk-black.jpg", jpeg(inks)
    yield "cmyk-no-adobe.jpg", without_adobe(jpeg(inks, subsampling=2))
    yield "cmyk-progressive.jpg", jpeg(inks, progressive=True)
    yield "ycck.jpg", as_ycck(jpeg(inks, subsampling=2))
    yield "no-end.jpg", jpeg(inks.convert("RGB"), restart_marker_blocks=3)[:-2] + bytes(40)


def digest(image):
    return hashlib.sha256(image.tobytes()).hexdigest()


def main(sources, target):
    if int(PIL.__version__.split(".")[0]) >= 13:
        sys.exit(f"Pillow {PIL.__version__} resizes in another order: use 12.3")
    target.mkdir(parents=True, exist_ok=True)
    (target / "pillow.txt").write_text(f"Pillow {PIL.__version__}\n")
    with open(target / "crops.csv", "w", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["file", "rule", "sha256"])
        for name, data in itertools.chain(pictures(sources), computed_pictures()):
            (target / name).write_bytes(data)
            image = Image.open(io.BytesIO(data)).convert("RGB")
            for rule, crop in RULES.items():
                table.writerow([name, rule, digest(crop(image))])
            if name.endswith(".jpg"):
                for rule, crop in SCALED_RULES.items():
                    table.writerow([name, rule, digest(crop(data))])
            if name in ("cmyk.jpg", "tall.jpg"):
                (target / f"{name}.crop.png").write_bytes(png(imagenet_crop(image)))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
