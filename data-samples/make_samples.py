#!/usr/bin/env python3
# /// script
# requires-python = ">=3.11"
# dependencies = [
#     "matplotlib==3.11.2",
#     "pillow==13.0.0",
#     "scikit-image==0.26.0",
#     "scikit-learn==1.9.1",
# ]
# ///
"""Makes images/ from pictures inside public Python packages, without the network.

Writes nothing unless every file has the SHA-256 that SOURCES.md gives for it.
Run it with the packages above installed, or with a runner that reads the block above.
"""

import hashlib
import io
import re
import sys
from importlib.util import find_spec
from pathlib import Path

from PIL import Image

HERE = Path(__file__).resolve().parent

CAMERA = ("skimage", "data/camera.png")
CHELSEA = ("skimage", "data/chelsea.png")
COFFEE = ("skimage", "data/coffee.png")
ASTRONAUT = ("skimage", "data/astronaut.png")
RETINA = ("skimage", "data/retina.jpg")
ROCKET = ("skimage", "data/rocket.jpg")
CHINA = ("sklearn", "datasets/images/china.jpg")
FLOWER = ("sklearn", "datasets/images/flower.jpg")
HOPPER = ("matplotlib", "mpl-data/sample_data/grace_hopper.jpg")

NOT_FOUND_PAGE = b"""<!DOCTYPE html>
<html lang="en">
  <head><title>404 Not Found</title></head>
  <body><p>A download saved this page in place of the picture.</p></body>
</html>
"""


def original(source):
    package, file = source
    return (Path(find_spec(package).origin).parent / file).read_bytes()


def picture(source):
    return Image.open(io.BytesIO(original(source)))


def crop(source, left, top, width, height):
    return picture(source).crop((left, top, left + width, top + height))


def encoded(image, image_format, **options):
    file = io.BytesIO()
    image.save(file, image_format, **options)
    return file.getvalue()


def samples():
    retina = picture(RETINA).resize((700, 700), Image.Resampling.LANCZOS)
    rocket = original(ROCKET)
    return {
        "china.jpg": original(CHINA),
        "flower.jpg": original(FLOWER),
        "rocket.jpg": rocket,
        "chelsea.png": original(CHELSEA),
        "camera.png": original(CAMERA),
        "camera-gray.jpg": encoded(picture(CAMERA), "JPEG", quality=90),
        "café noir.jpg": encoded(picture(COFFEE), "JPEG", quality=90, progressive=True),
        "grace-hopper.webp": encoded(crop(HOPPER, 0, 22, 512, 512), "WEBP", quality=90),
        "helmet.webp": encoded(crop(ASTRONAUT, 230, 280, 242, 232), "WEBP", lossless=True),
        "space-shuttle.png": encoded(crop(ASTRONAUT, 300, 0, 212, 300), "PNG"),
        "lakeside.gif": encoded(crop(CHINA, 384, 64, 256, 341).quantize(256), "GIF"),
        "tile-roof.tif": encoded(crop(CHINA, 117, 257, 170, 170), "TIFF", compression="tiff_lzw"),
        "retina.jpg": encoded(retina, "JPEG", quality=90, progressive=True),
        "truncated.jpg": rocket[: len(rocket) // 2],
        "not-an-image.jpg": NOT_FOUND_PAGE,
        "empty.png": b"",
    }


def digests():
    table = (HERE / "SOURCES.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^\| `([^`]+)` \|.*\| `([0-9a-f]{64})` \|$", table, re.MULTILINE))


def main():
    made = samples()
    found = {name: hashlib.sha256(content).hexdigest() for name, content in made.items()}
    expected = digests()
    for name in sorted(found.keys() | expected.keys()):
        if found.get(name) != expected.get(name):
            print(f"{name}: made {found.get(name)}, SOURCES.md has {expected.get(name)}")
    if found != expected:
        sys.exit("nothing written: the pictures or an encoder differ from those of SOURCES.md")
    for name, content in made.items():
        (HERE / "images" / name).write_bytes(content)
    print(f"{len(made)} files, {sum(map(len, made.values()))} bytes, all as in SOURCES.md")


if __name__ == "__main__":
    main()
