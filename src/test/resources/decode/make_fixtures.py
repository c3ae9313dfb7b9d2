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


# Adam7: first column, first row, step of columns, step of rows of each pass.
ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


def packed(samples, depth):
    """Rows of samples [height, width, channels], each without a filter."""
    rows = b""
    for row in samples.reshape(samples.shape[0], -1):
        if depth == 16:
            data = row.astype(">u2").tobytes()
        elif depth == 8:
            data = row.astype(np.uint8).tobytes()
        else:
            bits = ((row[:, None] >> np.arange(depth - 1, -1, -1)) & 1).astype(np.uint8)
            data = np.packbits(bits.reshape(-1)).tobytes()
        rows += b"\0" + data
    return rows


def png(name, color_type, depth, samples, palette=b"", extra=b"", interlaced=False):
    """A PNG of samples [height, width, channels]."""
    height, width, _ = samples.shape
    passes = ADAM7 if interlaced else ((0, 0, 1, 1),)
    rows = b"".join(packed(samples[y::dy, x::dx], depth) for x, y, dx, dy in passes)
    header = struct.pack(">IIBBBBB", width, height, depth, color_type, 0, 0, int(interlaced))
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
wide = plane * 251 + 17
alpha = (np.indices(plane.shape).sum(0) * 3 % 256)[:, :, None]
colors = chunk(b"PLTE", np.linspace(0, 255, 48).astype(np.uint8).tobytes())
for interlaced in (False, True):
    ending = "-interlaced.png" if interlaced else ".png"
    for depth in (1, 2, 4, 8):
        name = f"png-gray-{depth}{ending}"
        png(name, 0, depth, (plane >> (8 - depth))[:, :, None], interlaced=interlaced)
        note(name, Image.open(os.path.join(here, name)))
        name = f"png-palette-{depth}{ending}"
        png(name, 3, depth, (plane >> 4 if depth == 8 else plane >> (8 - depth))[:, :, None],
            colors, chunk(b"tRNS", b"\0\x80"), interlaced)
        note(name, Image.open(os.path.join(here, name)))
    png(f"png-gray-16{ending}", 0, 16, wide[:, :, None], interlaced=interlaced)
    note(f"png-gray-16{ending}", Image.fromarray((wide >> 8).astype(np.uint8)))
    for name, color_type, samples in (
        ("rgb", 2, rgb.astype(int)),
        ("gray-alpha", 4, np.concatenate([plane[:, :, None], alpha], 2)),
        ("rgba", 6, np.concatenate([rgb.astype(int), alpha], 2)),
    ):
        for depth in (8, 16):
            file = f"png-{name}-{depth}{ending}"
            png(file, color_type, depth, samples if depth == 8 else samples * 257, interlaced=interlaced)
            note(file, Image.open(os.path.join(here, file)))
for name, color_type, samples, color in (
    ("gray", 0, plane[:, :, None], struct.pack(">H", plane[9, 9])),
    ("rgb", 2, rgb.astype(int), struct.pack(">3H", *rgb[9, 9])),
):
    png(f"png-{name}-transparent.png", color_type, 8, samples, extra=chunk(b"tRNS", color))
    note(f"png-{name}-transparent.png", Image.open(os.path.join(here, f"png-{name}-transparent.png")))

# Indices past the palette.
png("png-palette-short.png", 3, 8, (plane >> 3)[:, :, None], colors)
note("png-palette-short.png", Image.open(os.path.join(here, "png-palette-short.png")))
save("gif-palette-short.gif", cat.quantize(250))
data = open(os.path.join(here, "gif-palette-short.gif"), "rb").read()
data = data[:10] + bytes([data[10] & 0xF8 | 4]) + data[11:13 + 3 * 32] + data[13 + 3 * 256:]
open(os.path.join(here, "gif-palette-short.gif"), "wb").write(data)
note("gif-palette-short.gif", Image.open(os.path.join(here, "gif-palette-short.gif")))

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
# 4 bits: two indices a byte, rows from the bottom, each filled to 4 bytes.
indices = np.pad((plane >> 4).astype(np.uint8), ((0, 0), (0, 3)))[::-1]
rows = (indices[:, ::2] << 4 | indices[:, 1::2]).tobytes()
header = struct.pack("<IiiHHIIiiII", 40, cat.width, cat.height, 1, 4, 0, len(rows), 2835, 2835, 16, 0)
ramp = b"".join(bytes((17 * i, 255 - 17 * i, 7 * i, 0)) for i in range(16))
with open(os.path.join(here, "bmp-4.bmp"), "wb") as f:
    f.write(struct.pack("<2sIHHI", b"BM", 118 + len(rows), 0, 0, 118) + header + ramp + rows)
note("bmp-4.bmp", Image.open(os.path.join(here, "bmp-4.bmp")))
save("bmp-8.bmp", cat.quantize(200))
data = bytearray(open(os.path.join(here, "bmp-8.bmp"), "rb").read())
data[-20:] = range(236, 256)
open(os.path.join(here, "bmp-palette-short.bmp"), "wb").write(data)
note("bmp-palette-short.bmp", Image.open(os.path.join(here, "bmp-palette-short.bmp")))
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


def tiff(name, order, samples):
    """An uncompressed TIFF of one strip, written in a byte order."""
    height, width, bands = samples.shape
    data = samples.astype(samples.dtype.newbyteorder(order)).tobytes()
    bits = 8 * samples.itemsize
    at = 8 + 2 + 12 * 10 + 4  # behind the directory: bits of each sample, then the strip
    tags = ((256, 4, 1, width), (257, 4, 1, height), (258, 3, bands, at if bands > 2 else bits),
            (259, 3, 1, 1), (262, 3, 1, 2 if bands > 2 else 1), (273, 4, 1, at + 8),
            (277, 3, 1, bands), (278, 4, 1, height), (279, 4, 1, len(data)), (284, 3, 1, 1))
    with open(os.path.join(here, name), "wb") as f:
        f.write((b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "IH", 8, len(tags)))
        for tag, kind, count, value in tags:
            short = kind == 3 and count == 1
            f.write(struct.pack(order + ("HHIHH" if short else "HHII"), tag, kind, count,
                                *((value, 0) if short else (value,))))
        f.write(struct.pack(order + "I4H", 0, bits, bits, bits, 0) + data)


for name, order in (("little", "<"), ("big", ">")):
    for kind, samples in (("rgb", rgb), ("gray", plane[:, :, None].astype(np.uint8))):
        tiff(f"tiff-{kind}-{name}-endian.tif", order, samples)
        note(f"tiff-{kind}-{name}-endian.tif", Image.open(os.path.join(here, f"tiff-{kind}-{name}-endian.tif")))
    tiff(f"tiff-gray-16-{name}-endian.tif", order, wide[:, :, None].astype(np.uint16))
    note(f"tiff-gray-16-{name}-endian.tif", Image.fromarray((wide >> 8).astype(np.uint8)))
    tiff(f"tiff-rgb-16-{name}-endian.tif", order, rgb.astype(np.uint16) * 257)
    note(f"tiff-rgb-16-{name}-endian.tif", Image.open(os.path.join(here, f"tiff-rgb-16-{name}-endian.tif")))
Image.fromarray(plane[:9, :9].astype(np.float32)).save(os.path.join(here, "bad-tiff-float.tif"))
save("tiff-cmyk.tif", cat.convert("CMYK"))
save("tiff-gray-inverted.tif", gray, tiffinfo={262: 0})
save("webp-lossy.webp", cat, quality=80)
save("webp-lossless.webp", cat, lossless=True)
save("webp-alpha.webp", Image.fromarray(np.concatenate([rgb, alpha.astype(np.uint8)], 2)), quality=85)
save("webp-animated.webp", cat, save_all=True, append_images=[cat.transpose(Image.Transpose.ROTATE_180)], quality=80)
json.dump(expected, open(os.path.join(here, "pillow.json"), "w"), indent=1, sort_keys=True)
