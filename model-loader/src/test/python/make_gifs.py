"""Makes random animated GIFs, and the digests of the frames that Pillow 13.0 gives of them.

Usage: make_gifs.py FOLDER COUNT. The files of FrameReaderTest are twelve of 2,000, chosen so that
each way of clearing a frame, palettes, transparency and interlacing are among them.
"""
import hashlib, io, random, struct, sys
from pathlib import Path
from PIL import Image, ImageSequence

def lzw(indices, bits):
    # every code plain: a clear code often enough that codes never grow
    clear, size = 1 << bits, bits + 1
    out, acc, n = bytearray(), 0, 0
    def emit(code):
        nonlocal acc, n
        acc |= code << n; n += size
        while n >= 8:
            out.append(acc & 255); acc >>= 8; n -= 8
    left = 0
    for i in indices:
        if left == 0:
            emit(clear); left = (1 << bits) - 2
        emit(i); left -= 1
    emit(clear + 1)
    if n: out.append(acc & 255)
    data = bytes([bits])
    for at in range(0, len(out), 255):
        part = out[at:at + 255]
        data += bytes([len(part)]) + bytes(part)
    return data + b"\0"

def interlaced(rows):
    h = len(rows)
    order = list(range(0, h, 8)) + list(range(4, h, 8)) + list(range(2, h, 4)) + list(range(1, h, 2))
    return [rows[y] for y in order]

def gif(r):
    w, h, bits = r.randint(5, 23), r.randint(5, 19), r.choice([2, 3, 4])
    palette = lambda: bytes(r.randrange(256) for _ in range(3 << bits))
    has_global = r.random() < .8
    out = b"GIF89a" + struct.pack("<HHBBB", w, h, (128 if has_global else 0) | (bits - 1), r.randrange(1 << bits), 0)
    if has_global: out += palette()
    for k in range(r.randint(2, 6)):
        transparent = r.random() < .5
        if r.random() < .9:
            out += b"!\xf9\4" + struct.pack("<BHB", r.choice([0, 1, 2, 3]) << 2 | transparent, r.randint(2, 9), r.randrange(1 << bits)) + b"\0"
        if k == 0 and r.random() < .6: x, y, fw, fh = 0, 0, w, h
        else:
            x, y = r.randrange(w), r.randrange(h)
            fw, fh = r.randint(1, w - x), r.randint(1, h - y)
        local, inter = not has_global or r.random() < .3, fh > 4 and r.random() < .3
        out += b"," + struct.pack("<HHHHB", x, y, fw, fh, (128 if local else 0) | (64 if inter else 0) | (bits - 1))
        if local: out += palette()
        rows = [[r.randrange(1 << bits) for _ in range(fw)] for _ in range(fh)]
        out += lzw([v for row in (interlaced(rows) if inter else rows) for v in row], bits)
    return out + b";"

folder = Path(sys.argv[1]); folder.mkdir(parents=True, exist_ok=True)
for seed in range(int(sys.argv[2])):
    data = gif(random.Random(seed))
    frames = [f.convert("RGB").tobytes() for f in ImageSequence.Iterator(Image.open(io.BytesIO(data)))]
    (folder / f"{seed}.gif").write_bytes(data)
    (folder / f"{seed}.txt").write_text(hashlib.sha256(b"".join(frames)).hexdigest() + f" {len(frames)}\n")
