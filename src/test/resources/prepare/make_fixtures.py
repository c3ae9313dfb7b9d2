"""Writes crops.csv: what Pillow and torch's arithmetic make of images that a formula generates.

    pip install "pillow>=13" numpy
    python make_fixtures.py

A line is one image and one preprocessing, with the SHA-256 of the 8-bit crop [size, size, 3] RGB
and of the normalised tensor [3, size, size], float32, little-endian. GeneratedImage.java has the
same formulas.
"""

import csv
import hashlib
import itertools
from pathlib import Path

import numpy as np
from PIL import Image

Image.MAX_IMAGE_PIXELS = None
ANTIALIASED = ["BILINEAR", "BICUBIC"]
NORMALIZATIONS = {
    "half": (255, (0.5, 0.5, 0.5), (0.5, 0.5, 0.5)),
    "imagenet": (255, (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)),
    "byte": (1, (127.0, 127.0, 127.0), (128.0, 128.0, 128.0)),
}


def scramble(n):
    """A 32-bit integer hash of uint32 values."""
    n = n * np.uint32(0x9E3779B1)
    n ^= n >> np.uint32(15)
    n = n * np.uint32(0x85EBCA77)
    n ^= n >> np.uint32(13)
    return n


def image(content, width, height):
    y, x, c = np.indices((height, width, 3), dtype=np.uint32, sparse=True)
    index = (y * np.uint32(width) + x) * np.uint32(3) + c
    if content == "noise":
        values = scramble(index) & np.uint32(255)
    elif content == "extremes":
        values = (scramble(index) & np.uint32(1)) * np.uint32(255)
    elif content == "gradient":
        values = ((c + 1) * x + (3 - c) * y) & np.uint32(255)
    elif content == "blocks":
        values = scramble((y // 7 * np.uint32(9973) + x // 5) * np.uint32(3) + c) & np.uint32(255)
    return Image.fromarray(np.broadcast_to(values, (height, width, 3)).astype(np.uint8))


def crop(picture, size, resize, target, interpolation):
    """torchvision's Resize and CenterCrop."""
    width, height = picture.size
    if resize == "SQUASH":
        new = (target, target)
    elif width <= height:
        new = (target, int(target * height / width))
    else:
        new = (int(target * width / height), target)
    picture = picture.resize(new, Image.Resampling[interpolation])
    left, top = (int(round((n - size) / 2.0)) for n in new)
    return np.asarray(picture.crop((left, top, left + size, top + size)))


def normalized(pixels, name):
    divisor, mean, std = NORMALIZATIONS[name]
    values = pixels.astype(np.float32) / np.float32(divisor)
    values = (values - np.asarray(mean, np.float32)) / np.asarray(std, np.float32)
    return np.ascontiguousarray(values.transpose(2, 0, 1)).astype("<f4")


# (width, height), crop size, resize, target
CASES = [
    ((500, 375), 224, "SHORTER_SIDE", 256),
    ((375, 500), 224, "SHORTER_SIDE", 256),
    ((256, 256), 224, "SHORTER_SIDE", 256),
    ((257, 255), 224, "SHORTER_SIDE", 256),
    ((341, 256), 224, "SHORTER_SIDE", 256),
    ((333, 257), 224, "SHORTER_SIDE", 257),
    ((437, 299), 240, "SHORTER_SIDE", 275),
    ((640, 480), 260, "SHORTER_SIDE", 298),
    ((640, 480), 300, "SHORTER_SIDE", 331),
    ((1024, 683), 380, "SHORTER_SIDE", 411),
    ((1280, 721), 600, "SHORTER_SIDE", 633),
    ((40, 30), 224, "SHORTER_SIDE", 256),
    ((7, 5), 63, "SHORTER_SIDE", 70),
    ((3, 2), 5, "SHORTER_SIDE", 5),
    ((1, 1), 224, "SHORTER_SIDE", 256),
    ((1, 1), 1, "SHORTER_SIDE", 1),
    ((2, 1), 1, "SHORTER_SIDE", 2),
    ((2000, 100), 224, "SHORTER_SIDE", 256),
    ((100, 2000), 224, "SHORTER_SIDE", 256),
    ((5000, 1), 17, "SHORTER_SIDE", 20),
    ((1, 5000), 17, "SHORTER_SIDE", 20),
    ((60000, 1), 7, "SHORTER_SIDE", 8),
    ((4000, 3000), 224, "SHORTER_SIDE", 256),
    ((3001, 4003), 224, "SHORTER_SIDE", 256),
    ((500, 375), 224, "SQUASH", 224),
    ((375, 500), 224, "SQUASH", 256),
    ((31, 700), 97, "SQUASH", 97),
    ((60000, 1), 224, "SQUASH", 224),
    ((3, 60000), 32, "SQUASH", 33),
    ((300, 540), 60, "SQUASH", 60),
    ((300, 541), 60, "SQUASH", 60),
    ((20, 50), 97, "SQUASH", 97),
    ((290, 701), 130, "SHORTER_SIDE", 140),
    ((60001, 2), 30, "SQUASH", 31),
]


def cases(interpolations):
    for size, side, resize, target in CASES:
        pixels = size[0] * size[1]
        contents = ["noise"] if pixels > 2e6 else ["noise", "extremes", "gradient", "blocks"]
        for interpolation in interpolations:
            for content in contents:
                yield content, size, side, resize, target, interpolation


with Path(__file__).with_name("crops.csv").open("w", newline="") as file:
    out = csv.writer(file, lineterminator="\n")
    out.writerow(
        "content width height size resize target interpolation normalization crop tensor".split()
    )
    for number, (content, size, side, resize, target, interpolation) in enumerate(
        itertools.chain(cases(ANTIALIASED), cases(["NEAREST"]))
    ):
        pixels = crop(image(content, *size), side, resize, target, interpolation)
        name = list(NORMALIZATIONS)[number % len(NORMALIZATIONS)]
        digests = [
            hashlib.sha256(a.tobytes()).hexdigest() for a in (pixels, normalized(pixels, name))
        ]
        out.writerow([content, *size, side, resize, target, interpolation, name, *digests])
