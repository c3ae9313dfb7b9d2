"""Writes good/, bad/ and damaged/ beside this file, and what Pillow makes of each file.

    pip install "pillow==13.0.0" numpy scikit-image
    python make_fixtures.py                  (cjpeg and jpegtran of libjpeg-turbo on the path)

good/expected.csv: name, width, height, SHA-256 of Image.open(name).convert("RGB").tobytes()
                   (16-bit gray: of the high byte, where convert("RGB") clips).
bad/expected.csv:  name, the reason of the rejection.
good/transposed.csv: the same columns after ImageOps.exif_transpose.
good/reduced.csv:  name, divisor, and the same columns of each JPEG but CMYK after Image.draft to that part of its size.
damaged/expected.csv: source in good/, kind of damage, position; then "ok" and the SHA-256, or "truncated" or
                   "broken" by Pillow's message.
"""

import csv
import hashlib
import io
import os
import random
import struct
import subprocess
import tempfile
import warnings
import zlib

import numpy as np
import skimage.data
from PIL import Image, ImageOps

warnings.simplefilter("ignore")
HERE = os.path.dirname(os.path.abspath(__file__))
cat = Image.fromarray(skimage.data.chelsea()).crop((100, 40, 310, 200)).resize((61, 47), Image.LANCZOS)
cup = Image.fromarray(skimage.data.coffee()).crop((150, 50, 450, 350)).resize((64, 64), Image.LANCZOS)
suit = Image.fromarray(skimage.data.astronaut()).crop((160, 0, 320, 200)).resize((40, 50), Image.LANCZOS)
ramp = Image.fromarray((np.indices((50, 40)).sum(0) * 3 % 256).astype(np.uint8))
suit_alpha = suit.convert("RGBA")
suit_alpha.putalpha(ramp)
good, bad = {}, {}


def encoded(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def tool(data, *command):
    return subprocess.run(command, input=data, stdout=subprocess.PIPE, check=True).stdout


def exif(orientation):
    e = Image.Exif()
    e[0x0112] = orientation
    return e


# ---- JPEG
def jpeg(image, **options):
    return encoded(image, "JPEG", **{"quality": 88, **options})


def without_segment(data, marker):
    at = data.index(bytes([0xFF, marker]))
    return data[:at] + data[at + 2 + struct.unpack(">H", data[at + 2 : at + 4])[0] :]


ppm = encoded(cat, "PPM")
for name, sample in {"444": "1x1", "422": "2x1", "420": "2x2", "440": "1x2", "411": "4x1", "410": "4x2", "441": "1x4"}.items():
    good[f"jpeg-{name}.jpg"] = tool(ppm, "cjpeg", "-quality", "88", "-sample", sample)
good["jpeg-luma-subsampled.jpg"] = tool(ppm, "cjpeg", "-quality", "88", "-sample", "1x1,2x2,2x2")
good["jpeg-uneven.jpg"] = tool(ppm, "cjpeg", "-quality", "88", "-sample", "2x2,2x1,1x1")
good["jpeg-progressive.jpg"] = jpeg(cat, progressive=True)
good["jpeg-progressive-444.jpg"] = jpeg(cat, progressive=True, subsampling=0)
good["jpeg-restart.jpg"] = jpeg(cup, restart_marker_blocks=2)
at = good["jpeg-restart.jpg"].index(b"\xff\xd2") - 20
good["jpeg-restart-after-odd-marker.jpg"] = good["jpeg-restart.jpg"][:at] + b"\xff\x8c" + good["jpeg-restart.jpg"][at + 2 :]
good["jpeg-optimized.jpg"] = jpeg(cup, optimize=True)
good["jpeg-quality-5.jpg"] = jpeg(cup, quality=5)
good["jpeg-one-pixel.jpg"] = jpeg(cup.crop((0, 0, 1, 1)))
good["jpeg-17x3.jpg"] = jpeg(cup.crop((0, 0, 17, 3)))
good["jpeg-gray.jpg"] = jpeg(cat.convert("L"))
good["jpeg-gray-progressive.jpg"] = jpeg(cat.convert("L"), progressive=True)
good["jpeg-gray-sampling-2x2.jpg"] = tool(encoded(cat.convert("L"), "PPM"), "cjpeg", "-sample", "2x2")
good["jpeg-cmyk.jpg"] = jpeg(cat.convert("CMYK"))
good["jpeg-cmyk-ink.jpg"] = jpeg(Image.fromarray(np.random.default_rng(1).integers(0, 256, (12, 12, 4), np.uint8), "CMYK").resize((48, 48), Image.BICUBIC), quality=97)
good["jpeg-cmyk-no-adobe.jpg"] = without_segment(good["jpeg-cmyk.jpg"], 0xEE)
good["jpeg-cmyk-420.jpg"] = jpeg(cat.convert("CMYK"), subsampling=2)
good["jpeg-cmyk-progressive.jpg"] = jpeg(cat.convert("CMYK"), progressive=True)
for name in ("cmyk", "cmyk-ink", "cmyk-420"):
    good[f"jpeg-{name.replace('cmyk', 'ycck')}.jpg"] = good[f"jpeg-{name}.jpg"].replace(b"Adobe\0d\0\0\0\0\0", b"Adobe\0d\0\0\0\0\2")
good["jpeg-rgb-adobe.jpg"] = tool(ppm, "cjpeg", "-quality", "88", "-rgb")
good["jpeg-rgb-by-component-names.jpg"] = without_segment(good["jpeg-rgb-adobe.jpg"], 0xEE)
good["jpeg-no-jfif.jpg"] = without_segment(good["jpeg-444.jpg"], 0xE0)
good["jpeg-no-jfif-420.jpg"] = without_segment(good["jpeg-420.jpg"], 0xE0)
good["jpeg-components-0-1-2.jpg"] = good["jpeg-no-jfif.jpg"].replace(b"\1\x11\0\2\x11\1\3\x11\1", b"\0\x11\0\1\x11\1\2\x11\1").replace(b"\x03\x01\x00\x02\x11\x03\x11", b"\x03\x00\x00\x01\x11\x02\x11")
good["jpeg-adobe-ycc.jpg"] = good["jpeg-rgb-by-component-names.jpg"][:2] + b"\xff\xee\0\x0eAdobe\0d\0\0\0\0\1" + good["jpeg-rgb-by-component-names.jpg"][2:]
good["jpeg-jfif-and-adobe-rgb.jpg"] = good["jpeg-444.jpg"][:2] + b"\xff\xee\0\x0eAdobe\0d\0\0\0\0\0" + good["jpeg-444.jpg"][2:]
good["jpeg-arithmetic.jpg"] = tool(good["jpeg-420.jpg"], "jpegtran", "-arithmetic")
scans = os.path.join(tempfile.mkdtemp(), "scans")
open(scans, "w").write("0,1,2: 0-0, 0, 1;\n0: 1-5, 0, 2;\n1: 1-63, 0, 1;\n2: 1-63, 0, 1;\n")
good["jpeg-progressive-rough.jpg"] = tool(good["jpeg-420.jpg"], "jpegtran", "-scans", scans)
good["jpeg-icc.jpg"] = jpeg(cat, icc_profile=b"\0" * 200)
for o in range(1, 9):
    good[f"jpeg-orientation-{o}.jpg"] = jpeg(suit, quality=70, exif=exif(o))
whole = good["jpeg-420.jpg"]
good["jpeg-trailing-bytes.jpg"] = whole + b"\0after the end" * 10
good["jpeg-unknown-segment.jpg"] = whole[:2] + b"\xff\xe5\x00\x10" + b"x" * 14 + whole[2:]
good["jpeg-fill-bytes.jpg"] = whole[:2] + b"\xff\xff\xff" + whole[2:]
good["jpeg-comment.jpg"] = whole[:2] + b"\xff\xfe\x00\x04\xff\xd9" + whole[2:]
good["jpeg-no-end-padded.jpg"] = whole[:-2] + b"\0" * 64

# ---- PNG
SIGNATURE = b"\x89PNG\r\n\x1a\n"
PASSES = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def rows(samples, depth):
    """Packed rows of [height, width, channels], each with a filter chosen by its number."""
    if depth == 16:
        packed = samples.astype(">u2").reshape(len(samples), -1).view(np.uint8)
    elif depth == 8:
        packed = samples.astype(np.uint8).reshape(len(samples), -1)
    else:
        bits = (samples.reshape(len(samples), -1)[..., None] >> np.arange(depth - 1, -1, -1)) & 1
        packed = np.packbits(bits.reshape(len(samples), -1).astype(np.uint8), axis=1)
    bpp = max(1, depth * samples.shape[2] // 8)
    out, above = b"", np.zeros(packed.shape[1], np.int32)
    for y, row in enumerate(packed.astype(np.int32)):
        left = np.concatenate([np.zeros(bpp, np.int32), row])[: len(row)]
        corner = np.concatenate([np.zeros(bpp, np.int32), above])[: len(row)]
        pa, pb, pc = abs(above - corner), abs(left - corner), abs(left + above - 2 * corner)
        paeth = np.where((pa <= pb) & (pa <= pc), left, np.where(pb <= pc, above, corner))
        predictor = [0, left, above, (left + above) // 2, paeth][y % 5]
        out += bytes([y % 5]) + ((row - predictor) % 256).astype(np.uint8).tobytes()
        above = row
    return out


def png(samples, depth, colour, extra=b"", interlaced=False, idat=None, split=0):
    height, width = samples.shape[:2]
    if interlaced:
        raw = b"".join(rows(samples[y::dy, x::dx], depth) for x, y, dx, dy in PASSES if samples[y::dy, x::dx].size)
    else:
        raw = rows(samples, depth)
    data = zlib.compress(raw, 9) if idat is None else idat(raw)
    parts = [data[i : i + split] for i in range(0, len(data), split)] if split else [data]
    return (SIGNATURE + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced)) + extra
            + b"".join(chunk(b"IDAT", p) for p in parts) + chunk(b"IEND", b""))


rgb16 = np.asarray(cat).astype(np.uint32) * 257 ^ np.random.default_rng(2).integers(0, 256, (47, 61, 3), np.uint32)
gray16 = rgb16[:, :, 1:2]
alpha16 = np.random.default_rng(3).integers(0, 65536, (47, 61, 1), np.uint32)
palette = np.random.default_rng(4).integers(0, 256, (256, 3), np.uint8)
for interlaced in (False, True):
    suffix = "-interlaced.png" if interlaced else ".png"
    for depth in (1, 2, 4, 8, 16):
        good[f"png-gray-{depth}{suffix}"] = png(gray16 >> (16 - depth), depth, 0, interlaced=interlaced)
    for depth in (1, 2, 4, 8):
        plte = chunk(b"PLTE", palette[: 1 << depth].tobytes())
        good[f"png-palette-{depth}{suffix}"] = png(gray16 >> (16 - depth), depth, 3, plte, interlaced)
    for depth in (8, 16):
        good[f"png-rgb-{depth}{suffix}"] = png(rgb16 >> (16 - depth), depth, 2, interlaced=interlaced)
        good[f"png-gray-alpha-{depth}{suffix}"] = png(np.concatenate([gray16, alpha16], 2) >> (16 - depth), depth, 4, interlaced=interlaced)
        good[f"png-rgba-{depth}{suffix}"] = png(np.concatenate([rgb16, alpha16], 2) >> (16 - depth), depth, 6, interlaced=interlaced)
g4, g8 = gray16 >> 12, gray16 >> 8
for width in (1, 2, 3, 5, 9):
    good[f"png-interlaced-{width}-wide.png"] = png(rgb16[:3, :width] >> 8, 8, 2, interlaced=True)
good["png-palette-transparent.png"] = png(g4, 4, 3, chunk(b"PLTE", palette[:16].tobytes()) + chunk(b"tRNS", bytes(range(0, 256, 16))))
good["png-palette-short.png"] = png(g4, 4, 3, chunk(b"PLTE", palette[:5].tobytes()))
good["png-palette-missing.png"] = png(g4, 4, 3)
good["png-gray-transparent.png"] = png(g8, 8, 0, chunk(b"tRNS", b"\0\x40"))
good["png-rgb-transparent.png"] = png(rgb16 >> 8, 8, 2, chunk(b"tRNS", b"\0\1\0\2\0\3"))
good["png-many-idat.png"] = png(g8, 8, 0, split=7)
good["png-gamma.png"] = png(g8, 8, 0, chunk(b"gAMA", struct.pack(">I", 100000)))
good["png-unknown-chunk.png"] = png(g8, 8, 0, chunk(b"vpAg", b"12345678"))
good["png-no-iend.png"] = png(g8, 8, 0)[:-12]
good["png-trailing-bytes.png"] = png(g8, 8, 0) + b"after the end"
good["png-wrong-idat-crc.png"] = png(g8, 8, 0)[:-16] + b"\0\0\0\0" + chunk(b"IEND", b"")
good["png-zlib-ends-early.png"] = png(g8, 8, 0, idat=lambda raw: zlib.compress(raw[: 62 * 20]))
good["png-zlib-goes-on.png"] = png(g8, 8, 0, idat=lambda raw: zlib.compress(raw + b"more"))
good["png-one-pixel.png"] = png(rgb16[:1, :1] >> 8, 8, 2)
good["png-animated.png"] = encoded(cat, "PNG", save_all=True, append_images=[cat.rotate(180)])
good["png-orientation-6.png"] = encoded(suit, "PNG", exif=exif(6))

# ---- GIF
few = cat.quantize(32)


def gif(screen, frame, samples, bits=5, local=None, control=b"", interlaced=False, glob=True, data=None):
    """One frame of [height, width] indices, LZW made of clear codes and literals only."""
    size = bits + 1
    codes, out = [], 0
    for i, s in enumerate(samples.reshape(-1)):
        if i % ((1 << bits) - 2) == 0:
            codes.append(1 << bits)
        codes.append(int(s))
    codes.append((1 << bits) + 1)
    for i, c in enumerate(codes):
        out |= c << (i * size)
    packed = out.to_bytes((len(codes) * size + 7) // 8, "little") if data is None else data
    blocks = b"".join(bytes([len(packed[i : i + 255])]) + packed[i : i + 255] for i in range(0, len(packed), 255))
    flags = (0x80 | (bits - 1) if local is not None else 0) | (0x40 if interlaced else 0)
    return (b"GIF89a" + struct.pack("<HHBBB", *screen, (0x80 if glob else 0) | (bits - 1), 2, 0)
            + (palette[: 1 << bits].tobytes() if glob else b"") + control + b"," + struct.pack("<HHHHB", *frame, flags)
            + (local or b"") + bytes([bits]) + blocks + b"\0;")


index = np.asarray(few)[:20, :30]
interlace = np.concatenate([index[0::8], index[4::8], index[2::4], index[1::2]])
control = b"!\xf9\4\1\0\0\x07\0"
good["gif-plain.gif"] = encoded(few, "GIF")
good["gif-256.gif"] = encoded(cup.quantize(256), "GIF")
good["gif-gray.gif"] = encoded(cat.convert("L"), "GIF")
good["gif-bilevel.gif"] = encoded(cat.convert("1"), "GIF")
good["gif-interlaced.gif"] = encoded(few, "GIF", interlace=1)
good["gif-animated.gif"] = encoded(few, "GIF", save_all=True, append_images=[few.rotate(180)], duration=100)
good["gif-transparent.gif"] = encoded(few, "GIF", transparency=3)
good["gif-offset-frame.gif"] = gif((50, 40), (7, 9, 30, 20), index)
good["gif-offset-frame-transparent.gif"] = gif((50, 40), (7, 9, 30, 20), index, control=control)
good["gif-frame-larger-than-screen.gif"] = gif((10, 8), (3, 5, 30, 20), index)
good["gif-frame-taller-than-screen.gif"] = gif((60, 8), (3, 5, 30, 20), index, control=control)
good["gif-local-palette.gif"] = gif((30, 20), (0, 0, 30, 20), index, local=palette[100:132].tobytes())
good["gif-no-global-palette.gif"] = gif((30, 20), (0, 0, 30, 20), index, local=palette[100:132].tobytes(), glob=False)
good["gif-no-palette.gif"] = gif((30, 20), (0, 0, 30, 20), index, glob=False)
good["gif-ramp-palette.gif"] = gif((30, 20), (0, 0, 30, 20), index, local=bytes(i // 3 for i in range(96)), glob=False)
good["gif-interlaced-odd.gif"] = gif((30, 20), (0, 0, 30, 20), interlace, interlaced=True)
good["gif-index-out-of-palette.gif"] = gif((30, 20), (0, 0, 30, 20), index).replace(palette[:32].tobytes(), palette[:8].tobytes()).replace(struct.pack("<HHB", 30, 20, 0x84), struct.pack("<HHB", 30, 20, 0x82))
good["gif-no-trailer.gif"] = gif((30, 20), (0, 0, 30, 20), index)[:-1]
good["gif-comment.gif"] = gif((30, 20), (0, 0, 30, 20), index, control=b"!\xfe\3abc\2de\0" + control)
good["gif-87a.gif"] = b"GIF87a" + gif((30, 20), (0, 0, 30, 20), index)[6:]

# ---- BMP


def bmp(width, height, bits, data, colours=b"", compression=0, header=40, masks=b"", used=0):
    if header == 12:
        info = struct.pack("<IHHHH", 12, width, height, 1, bits)
    else:
        info = struct.pack("<IiiHHIIiiII", header, width, height, 1, bits, compression, len(data), 0, 0, used, 0)
        info = info + masks + b"\0" * max(0, header - 40 - len(masks))
    offset = 14 + len(info) + len(colours)
    return b"BM" + struct.pack("<IHHI", offset + len(data), 0, 0, offset) + info + colours + data


def bmp_rows(samples, bits, flip=True):
    packed = samples.reshape(len(samples), -1)
    if bits < 8:
        packed = np.packbits(((packed[..., None] >> np.arange(bits - 1, -1, -1)) & 1).reshape(len(samples), -1).astype(np.uint8), axis=1)
    packed = np.pad(packed.astype(np.uint8), ((0, 0), (0, -packed.shape[1] % 4)))
    return (packed[::-1] if flip else packed).tobytes()


bgrx = np.concatenate([palette[:, ::-1], np.zeros((256, 1), np.uint8)], 1)
c = np.asarray(cat)
for bits in (1, 4, 8):
    good[f"bmp-{bits}.bmp"] = bmp(61, 47, bits, bmp_rows(gray16 >> (16 - bits), bits), bgrx[: 1 << bits].tobytes())
good["bmp-8-few-colours.bmp"] = bmp(61, 47, 8, bmp_rows(gray16 >> 12, 8), bgrx[:5].tobytes(), used=5)
good["bmp-8-gray.bmp"] = encoded(cat.convert("L"), "BMP")
good["bmp-1-gray.bmp"] = encoded(cat.convert("1"), "BMP")
r5, g5, g6, b5 = c[..., 0].astype(np.uint16) >> 3, c[..., 1].astype(np.uint16) >> 3, c[..., 1].astype(np.uint16) >> 2, c[..., 2].astype(np.uint16) >> 3
p555, p565 = (r5 << 10 | g5 << 5 | b5).astype("<u2"), (r5 << 11 | g6 << 5 | b5).astype("<u2")
good["bmp-16-555.bmp"] = bmp(61, 47, 16, bmp_rows(p555.view(np.uint8).reshape(47, -1), 8))
good["bmp-16-565.bmp"] = bmp(61, 47, 16, bmp_rows(p565.view(np.uint8).reshape(47, -1), 8), compression=3, masks=struct.pack("<III", 0xF800, 0x7E0, 0x1F))
good["bmp-24.bmp"] = encoded(cat, "BMP")
good["bmp-24-top-down.bmp"] = bmp(61, -47, 24, bmp_rows(c[..., ::-1], 8, False))
good["bmp-24-core.bmp"] = bmp(61, 47, 24, bmp_rows(c[..., ::-1], 8), header=12)
good["bmp-8-core.bmp"] = bmp(61, 47, 8, bmp_rows(gray16 >> 8, 8), palette[:, ::-1].tobytes(), header=12)
x = np.concatenate([c[..., ::-1], np.full((47, 61, 1), 90, np.uint8)], 2)
good["bmp-32.bmp"] = bmp(61, 47, 32, bmp_rows(x, 8))
good["bmp-32-alpha-v4.bmp"] = bmp(61, 47, 32, bmp_rows(x, 8), compression=3, header=108, masks=struct.pack("<IIII", 0xFF0000, 0xFF00, 0xFF, 0xFF000000))
good["bmp-32-rgba-v5.bmp"] = bmp(61, 47, 32, bmp_rows(x, 8), compression=3, header=124, masks=struct.pack("<IIII", 0xFF, 0xFF00, 0xFF0000, 0xFF000000))
good["bmp-32-xbgr.bmp"] = bmp(61, 47, 32, bmp_rows(x, 8), compression=3, header=56, masks=struct.pack("<IIII", 0xFF000000, 0xFF0000, 0xFF00, 0))
good["bmp-32-bgxr.bmp"] = bmp(61, 47, 32, bmp_rows(x, 8), compression=3, header=56, masks=struct.pack("<IIII", 0xFF000000, 0xFF00, 0xFF, 0))


def rle8(samples):
    out = b""
    for row in samples[::-1]:
        at = 0
        while at < len(row):
            run = 1
            while at + run < len(row) and run < 255 and row[at + run] == row[at]:
                run += 1
            if run == 1 and at + 5 <= len(row):
                out += bytes([0, 5]) + row[at : at + 5].tobytes() + b"\0"
                at += 5
            else:
                out += bytes([run, row[at]])
                at += run
        out += b"\0\0"
    return out + b"\0\1"


def rle4(samples):
    return b"".join(b"".join(bytes([len(r[i : i + 2]), r[i] << 4 | r[min(i + 1, len(r) - 1)]]) for i in range(0, len(r), 2)) + b"\0\0" for r in samples[::-1]) + b"\0\1"


posters = (gray16[..., 0] >> 13 << 2).astype(np.uint8)
good["bmp-rle8.bmp"] = bmp(61, 47, 8, rle8(posters), bgrx.tobytes(), compression=1)
good["bmp-rle8-delta.bmp"] = bmp(8, 4, 8, b"\5\x09\0\2\3\1\x08\7\0\0\x08\3\0\1", bgrx.tobytes(), compression=1)
good["bmp-rle4.bmp"] = bmp(61, 47, 4, rle4(posters >> 2), bgrx[:16].tobytes(), compression=2)
good["bmp-rle4-absolute.bmp"] = bmp(8, 2, 4, b"\0\5\x12\x34\x50\0\3\6\0\0\0\4\x12\x34\4\x56\0\1", bgrx[:16].tobytes(), compression=2)

# ---- TIFF


def tiff(samples, bits, photometric, big=False, extra_tags=(), compress=None, compression=1, strip=None, planar=1):
    """[height, width, channels] in strips; tags are (tag, type, values)."""
    end = ">" if big else "<"
    height, width, channels = samples.shape
    strip = strip or height
    planes = [samples[..., i : i + 1] for i in range(channels)] if planar == 2 else [samples]
    strips = []
    for plane in planes:
        for y in range(0, height, strip):
            part = plane[y : y + strip].reshape(len(plane[y : y + strip]), -1)
            if bits == 16:
                raw = part.astype(end + "u2").tobytes()
            elif bits == 8:
                raw = part.astype(np.uint8).tobytes()
            else:
                raw = np.packbits(((part[..., None] >> np.arange(bits - 1, -1, -1)) & 1).reshape(len(part), -1).astype(np.uint8), axis=1).tobytes()
            strips.append(compress(raw) if compress else raw)
    body, offsets = b"", []
    for s in strips:
        offsets.append(8 + len(body))
        body += s + b"\0" * (len(s) % 2)
    tags = [(256, 3, [width]), (257, 3, [height]), (258, 3, [bits] * channels), (259, 3, [compression]), (262, 3, [photometric]),
            (273, 4, offsets), (277, 3, [channels]), (278, 3, [strip]), (279, 4, [len(s) for s in strips]), (284, 3, [planar])]
    tags = sorted(tags + list(extra_tags))
    at = 8 + len(body)
    directory, values = struct.pack(end + "H", len(tags)), b""
    for tag, kind, numbers in tags:
        data = struct.pack(end + ("H" if kind == 3 else "I") * len(numbers), *numbers)
        directory += struct.pack(end + "HHI", tag, kind, len(numbers))
        if len(data) <= 4:
            directory += data.ljust(4, b"\0")
        else:
            directory += struct.pack(end + "I", at + 2 + 12 * len(tags) + 4 + len(values))
            values += data + b"\0" * (len(data) % 2)
    return (b"MM\0*" if big else b"II*\0") + struct.pack(end + "I", at) + body + directory + b"\0\0\0\0" + values


def tiled(samples, side=32):
    """As tiff(), in deflated tiles."""
    height, width, channels = samples.shape
    padded = np.pad(samples, ((0, -height % side), (0, -width % side), (0, 0)))
    tiles = [zlib.compress(padded[y : y + side, x : x + side].tobytes()) for y in range(0, height, side) for x in range(0, width, side)]
    body, offsets = b"", []
    for t in tiles:
        offsets.append(8 + len(body))
        body += t + b"\0" * (len(t) % 2)
    numbers = [(256, 3, [width]), (257, 3, [height]), (258, 3, [8] * channels), (259, 3, [8]), (262, 3, [2]), (277, 3, [channels]),
               (322, 3, [side]), (323, 3, [side]), (324, 4, offsets), (325, 4, [len(t) for t in tiles])]
    at = 8 + len(body)
    directory, values = struct.pack("<H", len(numbers)), b""
    for tag, kind, items in numbers:
        data = struct.pack("<" + ("H" if kind == 3 else "I") * len(items), *items)
        if len(data) > 4:
            values, data = values + data, struct.pack("<I", at + 6 + 12 * len(numbers) + len(values))
        directory += struct.pack("<HHI", tag, kind, len(items)) + data.ljust(4, b"\0")
    return b"II*\0" + struct.pack("<I", at) + body + directory + b"\0\0\0\0" + values


def deflate(raw):
    return zlib.compress(raw, 9)


def predicted(width, channels):
    def encode(raw):
        a = np.frombuffer(raw, np.uint8).reshape(-1, width, channels).astype(np.int32)
        a[:, 1:] -= a[:, :-1].copy()
        return zlib.compress((a % 256).astype(np.uint8).tobytes(), 9)
    return encode


for name, options in {"lzw": {"compression": "tiff_lzw"}, "deflate": {"compression": "tiff_adobe_deflate"}, "packbits": {"compression": "packbits"},
                      "raw": {}, "jpeg": {"compression": "jpeg"}}.items():
    good[f"tiff-{name}.tif"] = encoded(cat, "TIFF", **options)
good["tiff-jpeg-gray.tif"] = encoded(cat.convert("L"), "TIFF", compression="jpeg")
good["tiff-jpeg-rgb.tif"] = tiff(c, 8, 2, compress=lambda raw: good["jpeg-rgb-by-component-names.jpg"], compression=7)
good["tiff-fill-order.tif"] = tiff(gray16 >> 15, 1, 1, extra_tags=[(266, 3, [2])])
good["tiff-tiled.tif"] = tiled(c)
good["tiff-old-deflate.tif"] = tiff(c, 8, 2, compress=deflate, compression=32946)
good["tiff-multi-page.tif"] = encoded(cat.copy(), "TIFF", save_all=True, append_images=[cup.copy()], compression="tiff_lzw")
for name in ("group3", "group4", "tiff_ccitt"):
    good[f"tiff-{name.replace('tiff_', '')}.tif"] = encoded(cat.convert("1"), "TIFF", compression=name)
for big in (False, True):
    order = "big" if big else "little"
    for bits in (1, 2, 4, 8, 16):
        good[f"tiff-gray-{bits}-{order}.tif"] = tiff(gray16 >> (16 - bits), bits, 1, big)
        if bits < 16:
            good[f"tiff-white-is-zero-{bits}-{order}.tif"] = tiff(gray16 >> (16 - bits), bits, 0, big)
    for bits in (1, 2, 4, 8):
        colours = (palette[: 1 << bits].astype(int) * 257).T.reshape(-1).tolist()
        good[f"tiff-palette-{bits}-{order}.tif"] = tiff(gray16 >> (16 - bits), bits, 3, big, [(320, 3, colours)])
    good[f"tiff-rgb-16-{order}.tif"] = tiff(rgb16, 16, 2, big, strip=10)
    good[f"tiff-rgb-16-deflate-{order}.tif"] = tiff(rgb16, 16, 2, big, strip=10, compress=deflate, compression=8)
    good[f"tiff-gray-16-deflate-{order}.tif"] = tiff(gray16, 16, 1, big, compress=deflate, compression=8)
    good[f"tiff-rgba-{order}.tif"] = tiff(np.concatenate([rgb16, alpha16], 2) >> 8, 8, 2, big, [(338, 3, [2])])
    good[f"tiff-rgb-premultiplied-{order}.tif"] = tiff(np.concatenate([rgb16 * 200 // 255, alpha16 // 2 + 32767], 2) >> 8, 8, 2, big, [(338, 3, [1])])
    good[f"tiff-rgbx-{order}.tif"] = tiff(np.concatenate([rgb16, alpha16], 2) >> 8, 8, 2, big, [(338, 3, [0])])
    good[f"tiff-rgba-16-{order}.tif"] = tiff(np.concatenate([rgb16, alpha16], 2), 16, 2, big, [(338, 3, [2])])
    good[f"tiff-gray-alpha-{order}.tif"] = tiff(np.concatenate([gray16, alpha16], 2) >> 8, 8, 1, big, [(338, 3, [2])])
    good[f"tiff-cmyk-{order}.tif"] = tiff(np.concatenate([rgb16, alpha16], 2) >> 8, 8, 5, big, [(332, 3, [1])])
good["tiff-cmyk-lzw.tif"] = encoded(cat.convert("CMYK"), "TIFF", compression="tiff_lzw")
good["tiff-planar.tif"] = tiff(c, 8, 2, planar=2)
good["tiff-planar-deflate.tif"] = tiff(c, 8, 2, planar=2, strip=16, compress=deflate, compression=8)
good["tiff-predictor.tif"] = tiff(c, 8, 2, strip=16, compress=predicted(61, 3), compression=8, extra_tags=[(317, 3, [2])])
good["tiff-rgb-no-strip-counts.tif"] = tiff(c, 8, 2).replace(struct.pack("<HHI", 279, 4, 1), struct.pack("<HHI", 280, 4, 1))
for o in (3, 6):
    good[f"tiff-orientation-{o}.tif"] = tiff(np.asarray(suit), 8, 2, extra_tags=[(274, 3, [o])])

# ---- WebP
good["webp-lossy.webp"] = encoded(cat, "WEBP", quality=80)
good["webp-lossless.webp"] = encoded(cat, "WEBP", lossless=True)
good["webp-alpha.webp"] = encoded(suit_alpha, "WEBP", quality=85)
good["webp-lossless-alpha.webp"] = encoded(suit_alpha, "WEBP", lossless=True)
good["webp-lossless-alpha-exact.webp"] = encoded(suit_alpha, "WEBP", lossless=True, exact=True)
good["webp-animated.webp"] = encoded(cat, "WEBP", save_all=True, append_images=[cat.rotate(180)], quality=80)
small = Image.new("RGBA", (40, 50))
small.paste(suit.crop((5, 5, 20, 20)), (12, 20))
good["webp-animated-offset-alpha.webp"] = encoded(small, "WEBP", save_all=True, append_images=[suit_alpha], quality=80, minimize_size=True)
good["webp-orientation-6.webp"] = encoded(suit, "WEBP", quality=80, exif=exif(6).tobytes())
good["webp-one-pixel.webp"] = encoded(cat.crop((0, 0, 1, 1)), "WEBP")

# ---- Bad files
half = whole[: len(whole) * 2 // 3]
r = png(rgb16 >> 8, 8, 2)
big_png = SIGNATURE + chunk(b"IHDR", struct.pack(">IIBBBBB", 60000, 60000, 1, 0, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(bytes(7501 * 20))) + chunk(b"IEND", b"")
bad.update({
    "empty.jpg": (b"", "empty"),
    "two-bytes.jpg": (b"\xff\xd8", "truncated"),
    "text.jpg": (b"this is not an image\n" * 5, "unknown_format"),
    "page.png": (b"<!DOCTYPE html><html><body>404</body></html>", "unknown_format"),
    "zeros.bin": (b"\0" * 64, "unknown_format"),
    "vector.svg": (b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "unsupported_format"),
    "vector-prolog.svg": (b'<?xml version="1.0"?>\n<!-- x -->\n<svg width="9" height="9"/>', "unsupported_format"),
    "photo.heic": (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(20), "unsupported_format"),
    "photo.avif": (b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1miaf" + bytes(20), "unsupported_format"),
    "photo.jp2": (b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(20), "unsupported_format"),
    "photo.jxl": (b"\xff\x0a" + bytes(20), "unsupported_format"),
    "drawing.psd": (b"8BPS\0\1" + bytes(20), "unsupported_format"),
    "paper.pdf": (b"%PDF-1.7\n" + bytes(20), "unsupported_format"),
    "icon.ico": (b"\0\0\1\0\1\0\x10\x10\0\0\1\0\x20\0" + bytes(20), "unsupported_format"),
    "big.tif": (b"II+\0\x08\0\0\0" + bytes(20), "unsupported_format"),
    "jpeg-header-only.jpg": (whole[:100], "truncated"),
    "jpeg-truncated.jpg": (half, "truncated"),
    "jpeg-no-end-marker.jpg": (whole[:-2], "truncated"),
    "jpeg-progressive-truncated.jpg": (good["jpeg-progressive.jpg"][:-200], "truncated"),
    "jpeg-cmyk-truncated.jpg": (good["jpeg-cmyk.jpg"][:-200], "truncated"),
    "jpeg-12-bit.jpg": (whole.replace(b"\xff\xc0\0\x11\x08", b"\xff\xc0\0\x11\x0c"), "unsupported_format"),
    "jpeg-two-components.jpg": (b"\xff\xd8\xff\xc0\0\x0e\x08\0\x10\0\x10\2\1\x11\0\2\x11\0" + whole[-300:], "unsupported_format"),
    "jpeg-zero-width.jpg": (whole.replace(b"\xff\xc0\0\x11\x08\0\x2f\0\x3d", b"\xff\xc0\0\x11\x08\0\x2f\0\0"), "corrupt"),
    "jpeg-unsupported-marker.jpg": (whole[:2] + b"\xff\x02" + whole[2:], "corrupt"),
    "jpeg-unsupported-marker-after-scan.jpg": (whole[:-2] + b"\xff\x02" + whole[-2:], "corrupt"),
    "jpeg-second-frame.jpg": (whole[:-2] + b"\xff\xc0\0\x11\x08\0\x2f\0\x3d\3\1\x22\0\2\x11\1\3\x11\1" + whole[-2:], "corrupt"),
    "jpeg-no-huffman-code.jpg": (whole.replace(b"\xff\xda", b"\xff\xc4\0\x04\0\0\xff\xda", 1), "corrupt"),
    "png-truncated.png": (r[: len(r) // 2], "truncated"),
    "png-header-only.png": (r[:20], "truncated"),
    "png-no-idat.png": (SIGNATURE + chunk(b"IHDR", struct.pack(">IIBBBBB", 4, 4, 8, 2, 0, 0, 0)) + chunk(b"IEND", b""), "corrupt"),
    "png-zero-width.png": (SIGNATURE + chunk(b"IHDR", struct.pack(">IIBBBBB", 0, 10, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b""), "corrupt"),
    "png-broken-zlib.png": (png(g8, 8, 0, idat=lambda raw: zlib.compress(raw)[:200] + b"\xff" * 200), "corrupt"),
    "png-wrong-header-checksum.png": (r.replace(chunk(b"IHDR", struct.pack(">IIBBBBB", 61, 47, 8, 2, 0, 0, 0))[-4:], b"abcd", 1), "corrupt"),
    "png-wrong-adler.png": (png(g8, 8, 0, idat=lambda raw: zlib.compress(raw)[:-4] + b"\0\0\0\0"), "corrupt"),
    "png-text-cut-after-the-image.png": (png(g8, 8, 0)[:-12] + chunk(b"tEXt", b"Comment\0" + b"x" * 40)[:-20], "truncated"),
    "png-unknown-filter.png": (png(g8, 8, 0, idat=lambda raw: zlib.compress(b"\7" + raw[1:])), "corrupt"),
    "png-impossible-depth.png": (SIGNATURE + chunk(b"IHDR", struct.pack(">IIBBBBB", 4, 4, 4, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(bytes(99))) + chunk(b"IEND", b""), "corrupt"),
    "png-bomb-60000x60000.png": (big_png, "too_many_pixels"),
    "gif-bomb-65535x65535.gif": (b"GIF89a" + struct.pack("<HH", 65535, 65535) + b"\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0" + struct.pack("<HH", 65535, 65535) + b"\0\2\2D\1\0;", "too_many_pixels"),
    "gif-frame-bomb.gif": (b"GIF89a" + struct.pack("<HH", 5, 5) + b"\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0" + struct.pack("<HH", 65535, 65535) + b"\0\2\2D\1\0;", "too_many_pixels"),
    "gif-truncated.gif": (good["gif-plain.gif"][:-300], "truncated"),
    "gif-no-frame.gif": (b"GIF89a\1\0\1\0\0\0\0;", "corrupt"),
    "gif-broken-code.gif": (gif((30, 20), (0, 0, 30, 20), index, data=b"\x20\xff\xff\xff\xff\xff"), "corrupt"),
    "gif-code-size.gif": (gif((30, 20), (0, 0, 30, 20), index).replace(b"\0\5\xff", b"\0\x0d\xff"), "corrupt"),
    "bmp-truncated.bmp": (good["bmp-24.bmp"][:-400], "truncated"),
    "bmp-rle8-truncated.bmp": (good["bmp-rle8.bmp"][:-400], "truncated"),
    "bmp-rle8-ends-early.bmp": (bmp(8, 4, 8, b"\x05\x09\0\1", bgrx.tobytes(), compression=1), "corrupt"),
    "bmp-header-only.bmp": (good["bmp-24.bmp"][:30], "truncated"),
    "bmp-png-inside.bmp": (bmp(4, 4, 24, bytes(48), compression=5), "unsupported_format"),
    "bmp-odd-masks.bmp": (bmp(4, 4, 16, bytes(48), compression=3, masks=struct.pack("<III", 0xF00, 0xF0, 0xF)), "unsupported_format"),
    "tiff-no-directory.tif": (tiff(c, 8, 2)[:3000], "truncated"),
    "tiff-raw-truncated.tif": (good["tiff-raw.tif"][:3000], "truncated"),
    "tiff-header-only.tif": (b"II*\0", "truncated"),
    "tiff-float.tif": (encoded(cat.convert("F"), "TIFF"), "unsupported_format"),
    "webp-truncated.webp": (good["webp-lossy.webp"][:-200], "truncated"),
    "webp-lossless-truncated.webp": (good["webp-lossless.webp"][:-200], "truncated"),
    "webp-header-only.webp": (good["webp-lossy.webp"][:14], "truncated"),
})


def pillow_rgb(data):
    image = Image.open(io.BytesIO(data))
    if image.mode.startswith("I;16"):
        return image.size, (np.asarray(image).astype(np.uint32) >> 8).astype(np.uint8).repeat(3).tobytes()
    image = image.convert("RGB")
    return image.size, image.tobytes()


def pillow_verdict(data):
    """ok, truncated, or broken, and the SHA-256."""
    try:
        return "ok", hashlib.sha256(pillow_rgb(data)[1]).hexdigest()
    except Exception as e:
        return ("truncated" if "truncated" in str(e).lower() else "broken"), f"{type(e).__name__}: {e}"


def damaged(data, kind, at):
    """The four kinds of damage, as the test does them."""
    if kind == "cut":
        return data[:at]
    if kind == "flip":
        return data[:at] + bytes([data[at] ^ 1 << at % 8]) + data[at + 1 :]
    if kind == "zeros":
        return data[:at] + bytes(len(data) - at)
    return data[:at] + data[at + 16 :]


def write_damaged():
    """Of each source cuts, flipped bits, zeros to the end and holes of 16 bytes, by a fixed seed."""
    draw = random.Random(20)
    os.makedirs(os.path.join(HERE, "damaged"), exist_ok=True)
    sources = ["jpeg-420.jpg", "jpeg-444.jpg", "jpeg-422.jpg", "jpeg-progressive.jpg", "jpeg-restart.jpg", "jpeg-gray.jpg", "jpeg-optimized.jpg",
               "jpeg-rgb-adobe.jpg", "jpeg-cmyk.jpg", "jpeg-ycck-420.jpg", "png-rgb-8.png", "png-palette-4.png", "png-gray-16-interlaced.png",
               "png-many-idat.png", "gif-plain.gif", "gif-interlaced.gif", "bmp-24.bmp", "bmp-rle8.bmp", "tiff-lzw.tif", "tiff-raw.tif",
               "webp-lossy.webp", "webp-lossless.webp"]
    with open(os.path.join(HERE, "damaged", "expected.csv"), "w", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        for source in sources:
            data = good[source]
            places = [("cut", int(len(data) * share)) for share in (0.3, 0.6, 0.9)] + [("cut", len(data) - 1)]
            places += [("flip", draw.randrange(len(data))) for _ in range(8)]
            places += [("zeros", draw.randrange(len(data) // 2, len(data))) for _ in range(2)]
            places += [("hole", draw.randrange(len(data) - 16)) for _ in range(2)]
            for kind, at in places:
                verdict, detail = pillow_verdict(damaged(data, kind, at))
                out.writerow([source, kind, at, verdict, detail if verdict == "ok" else ""])


def write_transposed():
    with open(os.path.join(HERE, "good", "transposed.csv"), "w", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        for name in good:
            if "orientation" in name:
                image = ImageOps.exif_transpose(Image.open(io.BytesIO(good[name]))).convert("RGB")
                out.writerow([name, *image.size, hashlib.sha256(image.tobytes()).hexdigest()])


def write_reduced():
    with open(os.path.join(HERE, "good", "reduced.csv"), "w", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        for name in sorted(n for n in os.listdir(os.path.join(HERE, "good")) if n.endswith(".jpg")):
            for divisor in (2, 4, 8):
                image = Image.open(os.path.join(HERE, "good", name))
                width, height = image.size
                if image.mode == "CMYK" or min(width, height) < divisor:
                    continue
                image.draft("RGB" if image.mode == "RGB" else "L", (width // divisor, height // divisor))
                image = image.convert("RGB")
                assert image.size == (-(-width // divisor), -(-height // divisor)), (name, image.size)
                out.writerow([name, divisor, *image.size, hashlib.sha256(image.tobytes()).hexdigest()])


def main():
    for folder in ("good", "bad"):
        os.makedirs(os.path.join(HERE, folder), exist_ok=True)
        for old in os.listdir(os.path.join(HERE, folder)):
            os.remove(os.path.join(HERE, folder, old))
    with open(os.path.join(HERE, "good", "expected.csv"), "w", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        for name, data in good.items():
            open(os.path.join(HERE, "good", name), "wb").write(data)
            try:
                size, pixels = pillow_rgb(data)
            except Exception as e:
                print("PILLOW REFUSES", name, type(e).__name__, e)
                continue
            out.writerow([name, *size, hashlib.sha256(pixels).hexdigest()])
    with open(os.path.join(HERE, "bad", "expected.csv"), "w", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        for name, (data, reason) in bad.items():
            open(os.path.join(HERE, "bad", name), "wb").write(data)
            verdict = pillow_verdict(data)
            print(f"{name:32s} {reason!s:20s} {verdict[0]:10s} {verdict[1]}")
            out.writerow([name, reason])
    write_damaged()
    write_transposed()
    write_reduced()


if __name__ == "__main__":
    main()
