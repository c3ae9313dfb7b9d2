"""Writes efficientnet-lite0.safetensors from efficientnet-lite0-57934424.pth, without loss.

    python convert_lite0.py efficientnet-lite0-57934424.pth efficientnet-lite0.safetensors

The checkpoint is the legacy (pre-zip) torch.save format: pickles of a magic number, a protocol
number, system facts, the state dict and the storage keys, then each storage as an int64 count and
its little-endian elements. The names become timm's, sorted; num_batches_tracked is dropped; no
element changes. Needs NumPy and safetensors, not torch.
"""

import collections
import hashlib
import pickle
import re
import sys

import numpy as np
from safetensors import safe_open
from safetensors.numpy import save_file

SHA256 = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"
REPEATS = [1, 2, 2, 3, 3, 4, 1]
DTYPES = {"FloatStorage": np.dtype("<f4"), "LongStorage": np.dtype("<i8")}


class Unpickler(pickle.Unpickler):
    """Knows the three names that the file uses, and no other."""

    def find_class(self, module, name):
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return lambda storage, offset, shape, strides, *_: (storage, offset, shape, strides)
        if (module, name) == ("collections", "OrderedDict"):
            return collections.OrderedDict
        if module == "torch" and name in DTYPES:
            return DTYPES[name]
        raise pickle.UnpicklingError(f"{module}.{name}")

    def persistent_load(self, pid):
        kind, dtype, key, _, count, view = pid
        assert kind == "storage" and view is None
        return key, dtype, count


def read(path):
    """The tensors of a legacy checkpoint, by the names in the file."""
    with open(path, "rb") as file:
        assert pickle.load(file) == 0x1950A86A20F9469CFC6C
        assert pickle.load(file) == 1001
        assert pickle.load(file)["little_endian"]
        state = Unpickler(file).load()
        keys = pickle.load(file)
        dtypes = {storage[0]: storage[1] for storage, *_ in state.values()}
        storages = {}
        for key in keys:
            count = int.from_bytes(file.read(8), "little")
            storages[key] = np.frombuffer(file.read(count * dtypes[key].itemsize), dtypes[key])
        assert not file.read(1)
    tensors = {}
    for name, (storage, offset, shape, strides) in state.items():
        size = storage[1].itemsize
        view = np.ndarray(
            shape, storage[1], storages[storage[0]], offset * size, [s * size for s in strides]
        )
        # Convolutions are stored in TensorFlow's axis order, with strides that permute them.
        tensors[name] = np.array(view, order="C")
    return tensors


def canonical(name):
    """efficientnet_pytorch's name -> timm's. Blocks are numbered through, there; here by stage."""
    name = re.sub(r"^_conv_(stem|head)\.", r"conv_\1.", name)
    name = re.sub(r"^_bn0\.", "bn1.", re.sub(r"^_bn1\.", "bn2.", name))
    name = name.replace("_fc.", "classifier.")
    block = re.match(r"_blocks\.(\d+)\.(\w+)\.(\w+)$", name)
    if not block:
        return name
    index, part, kind = int(block[1]), block[2], block[3]
    stage = 0
    while index >= REPEATS[stage]:
        index -= REPEATS[stage]
        stage += 1
    # The first stage does not expand: its projection is conv_pw, and its norms are one lower.
    expands = stage > 0
    part = {
        "_expand_conv": "conv_pw",
        "_bn0": "bn1",
        "_depthwise_conv": "conv_dw",
        "_bn1": "bn2" if expands else "bn1",
        "_project_conv": "conv_pwl" if expands else "conv_pw",
        "_bn2": "bn3" if expands else "bn2",
    }[part]
    return f"blocks.{stage}.{index}.{part}.{kind}"


def main(source, target):
    digest = hashlib.sha256(open(source, "rb").read()).hexdigest()
    assert digest == SHA256, digest
    tensors = {
        canonical(name): array
        for name, array in read(source).items()
        if not name.endswith("num_batches_tracked")
    }
    assert all(array.dtype == np.float32 for array in tensors.values())
    save_file({name: tensors[name] for name in sorted(tensors)}, target)
    with safe_open(target, "np") as file:
        assert sorted(file.keys()) == sorted(tensors)
        for name, array in tensors.items():
            assert file.get_tensor(name).tobytes() == array.tobytes(), name
    print(f"{len(tensors)} tensors, {sum(a.size for a in tensors.values())} numbers, bit for bit")


if __name__ == "__main__":
    main(*sys.argv[1:])
