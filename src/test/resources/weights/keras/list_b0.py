"""Writes b0.txt: Keras' name, Keras 3's path and the canonical name of every tensor of B0.

list_b0.py LEGACY KERAS3 SYNTHETIC

LEGACY holds EfficientNetB0 of Keras 3, legacy weights, its tensors set to synthetic ones with
which it computes what timm does; KERAS3 any EfficientNetB0 as .weights.h5; SYNTHETIC is a
safetensors file of the same tensors by canonical names. Equal values are the same tensor.
"""

import sys
from pathlib import Path

import h5py
import numpy as np
from safetensors.numpy import load_file

legacy, keras3, synthetic = sys.argv[1:]
canonical = {tensor.sum(dtype=np.float64).round(4): name for name, tensor in load_file(synthetic).items()}
order = {"mean": 0, "variance": 1, "gamma": 0, "beta": 1, "moving_mean": 2, "moving_variance": 3}
groups = {}
with h5py.File(keras3) as f:
    for group in f["layers"].values():
        groups[group["vars"].attrs["name"]] = group["vars"].name.lstrip("/")
lines = []
with h5py.File(legacy) as f:
    for layer, group in f.items():
        for name in group.attrs["weight_names"]:
            weight = name.split("/")[-1]
            total = group[name][()].sum(dtype=np.float64).round(4)
            if layer != "normalization":
                position = order.get(weight, int(weight == "bias"))
                lines.append(f"{layer}/{weight} {groups[layer]}/{position} {canonical[total]}\n")
Path(__file__).with_name("b0.txt").write_text("".join(sorted(lines)))
