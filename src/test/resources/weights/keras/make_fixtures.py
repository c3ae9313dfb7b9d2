"""Writes the HDF5 fixtures beside it; h5py 3 and numpy.

types.h5 holds every float type and layout that Keras files use, and what must be left alone:
a string, an integer, a link.
"""

from pathlib import Path

import h5py
import numpy as np

HERE = Path(__file__).parent
COUNT = np.arange(24, dtype=np.float32).reshape(2, 3, 4) / 4 - 1

with h5py.File(HERE / "types.h5", "w") as f:
    f.create_dataset("half", data=COUNT.astype("<f2"))
    f.create_dataset("single", data=COUNT.astype("<f4"))
    f.create_dataset("double", data=COUNT.astype("<f8"))
    f.create_dataset("big_endian", data=COUNT.astype(">f4"))
    f.create_dataset("chunked", data=COUNT, chunks=(1, 2, 4))
    f.create_dataset("zipped", data=COUNT, chunks=(2, 2, 3), compression="gzip", shuffle=True)
    f.create_dataset("scalar", data=np.float32(0.5))
    f.create_dataset("empty", data=np.zeros((0, 3), np.float32))
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
