"""Writes small image files of every kind, and pillow.json: what Pillow makes of each.

    pip install pillow==13.0.0 scikit-image==0.26.0
    python make_fixtures.py

The pictures are crops of chelsea.png (Stefan van der Walt, CC0) from scikit-image. pillow.json maps a
name to [width, height, SHA-256 of convert("RGB")], and NAME@apply to the same after
ImageOps.exif_transpose. 16-bit gray is written as its high byte, which Pillow would clip.
"""

import hashlib
import json
import os
import struct
import zlib

import numpy as np
import skimage.data
from PIL import Image, ImageOps

here = os.path.dirname(os.path.abspath(__file__))
rgb = np.ascontiguousarray(skimage.data.chelsea()[80:127, 120:181])
cat = Image.fromarray(rgb)
gray = cat.convert("L")
expected = {}


def note(name, image):
    expected[name] = [*image.size, hashlib.sha256(image.convert("RGB").tobytes()).hexdigest()]


def save(name, image, **options):
    path = os.path.join(here, name)
    image.save(path, **options)
    note(name, Image.open(path))


def exif(orientation):
    tags = Image.Exif()
    tags[0x0112] = orientation
    return tags


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(name, color_type, depth, samples, palette=b"", extra=b""):
    """A PNG of samples [height, width, channels], each row packed without a filter."""
    height, width, channels = samples.shape
    rows = b""
    for row in samples.reshape(height, width * channels):
        if depth == 16:
            data = row.astype(">u2").tobytes()
        elif depth == 8:
            data = row.astype(np.uint8).tobytes()
        else:
            bits = ((row[:, None] >> np.arange(depth - 1, -1, -1)) & 1).astype(np.uint8)
            data = np.packbits(bits.reshape(-1)).tobytes()
        rows += b"\0" + data
    header = struct.pack(">IIBBBBB", width, height, depth, color_type, 0, 0, 0)
    with open(os.path.join(here, name), "wb") as f:
        f.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + palette + extra
                + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


for name, sampling in (("444", 0), ("422", 1), ("420", 2)):
    save(f"jpeg-{name}.jpg", cat, quality=90, subsampling=sampling)
save("jpeg-progressive.jpg", cat, quality=85, progressive=True)
save("jpeg-restart.jpg", cat, quality=85, restart_marker_blocks=2)
save("jpeg-gray.jpg", gray, quality=90)
save("jpeg-cmyk.jpg", cat.convert("CMYK"), quality=90)
save("jpeg-rgb.jpg", cat, quality=90, keep_rgb=True)
for orientation in range(1, 9):
    name = f"jpeg-exif-{orientation}.jpg"
    save(name, cat, quality=90, exif=exif(orientation))
    note(name + "@apply", ImageOps.exif_transpose(Image.open(os.path.join(here, name))))
save("png-exif-6.png", cat, exif=exif(6))
note("png-exif-6.png@apply", ImageOps.exif_transpose(Image.open(os.path.join(here, "png-exif-6.png"))))
save("webp-exif-8.webp", cat, quality=80, exif=exif(8))
note("webp-exif-8.webp@apply", ImageOps.exif_transpose(Image.open(os.path.join(here, "webp-exif-8.webp"))))

# YCCK: Adobe's transform 2. libjpeg wrote the CMYK file with transform 0; the flag is the 12th byte of APP14.
cmyk = open(os.path.join(here, "jpeg-cmyk.jpg"), "rb").read()
at = cmyk.index(b"Adobe") + 11
open(os.path.join(here, "jpeg-ycck.jpg"), "wb").write(cmyk[:at] + b"\2" + cmyk[at + 1:])
note("jpeg-ycck.jpg", Image.open(os.path.join(here, "jpeg-ycck.jpg")))

# An end marker in the middle of the scan: Pillow takes it, and the rest stays as libjpeg fills it.
whole = open(os.path.join(here, "jpeg-444.jpg"), "rb").read()
open(os.path.join(here, "jpeg-early-end.jpg"), "wb").write(whole[: len(whole) // 2] + b"\xff\xd9")
note("jpeg-early-end.jpg", Image.open(os.path.join(here, "jpeg-early-end.jpg")))

plane = rgb[:, :, 1].astype(int)
for depth in (1, 2, 4, 8):
    png(f"png-gray-{depth}.png", 0, depth, (plane >> (8 - depth))[:, :, None])
    note(f"png-gray-{depth}.png", Image.open(os.path.join(here, f"png-gray-{depth}.png")))
wide = plane * 251 + 17
png("png-gray-16.png", 0, 16, wide[:, :, None])
note("png-gray-16.png", Image.fromarray((wide >> 8).astype(np.uint8)))
colors = np.linspace(0, 255, 48).astype(np.uint8).tobytes()
for depth in (1, 2, 4, 8):
    name = f"png-palette-{depth}.png"
    png(name, 3, depth, (plane >> 4 if depth == 8 else plane >> (8 - depth))[:, :, None],
        chunk(b"PLTE", colors), chunk(b"tRNS", b"\0\x80"))
    note(name, Image.open(os.path.join(here, name)))
alpha = (np.indices(plane.shape).sum(0) * 3 % 256)[:, :, None]
for name, color_type, samples in (
    ("rgb", 2, rgb.astype(int)),
    ("gray-alpha", 4, np.concatenate([plane[:, :, None], alpha], 2)),
    ("rgba", 6, np.concatenate([rgb.astype(int), alpha], 2)),
):
    for depth in (8, 16):
        file = f"png-{name}-{depth}.png"
        png(file, color_type, depth, samples if depth == 8 else samples * 257)
        note(file, Image.open(os.path.join(here, file)))

save("gif-transparent.gif", cat.quantize(32), transparency=3)
frames = [cat.quantize(16), cat.rotate(90).resize(cat.size).quantize(16)]
save("gif-animated.gif", frames[0], save_all=True, append_images=frames[1:], duration=50)
# A frame smaller than its logical screen: move the first frame of a still GIF.
small = cat.crop((0, 0, 40, 30)).quantize(16)
for name, options in (("gif-offset.gif", {}), ("gif-offset-transparent.gif", {"transparency": 5})):
    path = os.path.join(here, name)
    small.save(path, **options)
    data = bytearray(open(path, "rb").read())
    at = data.index(b"\x2c\0\0\0\0\x28\0\x1e\0")
    data[6:10] = struct.pack("<HH", 61, 47)
    data[at + 1:at + 5] = struct.pack("<HH", 9, 7)
    open(path, "wb").write(data)
    note(name, Image.open(path))

save("bmp-1.bmp", gray.convert("1"))
save("bmp-8.bmp", cat.quantize(200))
save("bmp-24.bmp", cat)
save("bmp-32.bmp", cat.convert("RGBA"))
for compression in ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits"):
    save(f"tiff-{compression.replace('tiff_', '')}.tif", cat, compression=compression)
save("tiff-gray.tif", gray)
save("tiff-bilevel.tif", gray.convert("1"), compression="group4")
save("tiff-palette.tif", cat.quantize(64))
save("tiff-rgba.tif", Image.fromarray(np.concatenate([rgb, alpha.astype(np.uint8)], 2)))
save("tiff-pages.tif", cat, save_all=True, append_images=[gray])
save("tiff-jpeg.tif", cat, compression="jpeg")
save("webp-lossy.webp", cat, quality=80)
save("webp-lossless.webp", cat, lossless=True)
save("webp-alpha.webp", Image.fromarray(np.concatenate([rgb, alpha.astype(np.uint8)], 2)), quality=85)
save("webp-animated.webp", cat, save_all=True, append_images=[cat.transpose(Image.Transpose.ROTATE_180)], quality=80)
json.dump(expected, open(os.path.join(here, "pillow.json"), "w"), indent=1, sort_keys=True)
