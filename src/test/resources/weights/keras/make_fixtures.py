"""Writes the HDF5 fixtures beside it; h5py 3 and numpy.

types.h5 holds every float type that Keras files use, and what must be left alone:
a string, an integer, a link. The other files are to be refused: chunked.h5; unwritten.h5, which
claims 4 GiB; shared.h5, where six names share 16 KiB, more than four times the file; endless.h5, a group that holds itself; doubling.h5, where each of 14 groups holds the
one before it three times; cycle.h5, whose first B-tree is its own child; and attribute.h5, where a
group's name claims 2 GiB of numbers.
"""

from pathlib import Path

import h5py
import numpy as np

HERE = Path(__file__).parent
COUNT = np.arange(24, dtype=np.float32).reshape(2, 3, 4) / 4 - 1

with h5py.File(HERE / "types.h5", "w") as f:
    f.create_dataset("half", data=COUNT.astype("<f2"))
    f.create_dataset("single", data=COUNT.astype("<f4"))
    space = h5py.h5s.create_simple(COUNT.shape)
    compact = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    compact.set_layout(h5py.h5d.COMPACT)
    h5py.h5d.create(f.id, b"compact", h5py.h5t.IEEE_F32LE, space, compact).write(h5py.h5s.ALL, h5py.h5s.ALL, COUNT)
    f.create_dataset("double", data=COUNT.astype("<f8"))
    f.create_dataset("big_endian", data=COUNT.astype(">f4"))
    f.create_dataset("scalar", data=np.float32(0.5))
    f.create_dataset("empty", data=np.zeros((0, 3), np.float32))
    f.create_dataset("quadruple", data=np.zeros(2, np.longdouble))
    f.create_dataset("count", data=np.int64(7))
    f.create_dataset("json", data="{}")
    fixed = f.create_group("fixed")
    fixed.attrs["name"] = np.bytes_("fixed length")
    f.create_group("variable").attrs["name"] = "variable length"
    f.create_group("none").create_dataset("single", data=COUNT)
    f["none"].attrs["name"] = 3
    f["link"] = h5py.SoftLink("/single")
    f["elsewhere"] = h5py.ExternalLink("elsewhere.h5", "/single")
    f.attrs["layer_names"] = np.array(["fixed", "variable"], dtype="S")

with h5py.File(HERE / "chunked.h5", "w") as f:
    f.create_dataset("zipped", data=COUNT, chunks=(2, 2, 3), compression="gzip")

with h5py.File(HERE / "unwritten.h5", "w") as f:
    f.create_dataset("huge", shape=(1 << 20, 1 << 10), dtype=np.float32)

with h5py.File(HERE / "shared.h5", "w") as f:
    f.create_dataset("a", data=np.arange(4096, dtype=np.float32))
    for name in "bcdef":
        f[name] = f["a"]

with h5py.File(HERE / "endless.h5", "w") as f:
    group = f.create_group("layers")
    group["layers"] = group

with h5py.File(HERE / "doubling.h5", "w") as f:
    inner = f.create_group("0")
    for depth in range(1, 15):
        outer = f.create_group(str(depth))
        for name in "abc":
            outer[name] = inner
        inner = outer

with h5py.File(HERE / "cycle.h5", "w") as f:
    f.create_dataset("single", data=COUNT)
tree = bytearray((HERE / "cycle.h5").read_bytes())
node = tree.index(b"TREE")
tree[node + 5] = 1  # level: its children are nodes
tree[node + 32 : node + 40] = node.to_bytes(8, "little")  # the first of them
(HERE / "cycle.h5").write_bytes(tree)

with h5py.File(HERE / "attribute.h5", "w") as f:
    f.create_group("group").attrs["name"] = np.arange(7, dtype=np.float32)
attribute = bytearray((HERE / "attribute.h5").read_bytes())
dimension = attribute.index((7).to_bytes(8, "little"), attribute.index(b"name"))
attribute[dimension : dimension + 8] = (1 << 29).to_bytes(8, "little")
(HERE / "attribute.h5").write_bytes(attribute)
