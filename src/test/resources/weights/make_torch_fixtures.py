"""Writes the PyTorch files of this folder: torch-module.pth holds an object and is to be refused.

    python make_torch_fixtures.py FOLDER

Needs PyTorch. The tensors are small numbers that every type here holds exactly, so that the tests
can state them.
"""

import argparse
import collections
import pathlib
import sys

import torch


def checkpoint():
    """A training run's file: tensors in nested dictionaries, and much else."""
    base = torch.arange(24, dtype=torch.float32).reshape(2, 3, 4)
    shared = torch.arange(6, dtype=torch.float32)
    state = collections.OrderedDict(
        [
            ("module.conv.weight", base),
            ("module.permuted", base.permute(2, 0, 1)),
            ("module.column", base[:, 1:3, 2]),
            ("module.tail", shared[4:]),
            ("module.half", torch.tensor([0.5, -0.0, 65504, 2.0**-24, float("inf")]).half()),
            ("module.bfloat", torch.tensor([1.5, -3.0, 2.0**100]).bfloat16().reshape(3, 1)),
            ("module.double", torch.tensor([0.1, 1e300], dtype=torch.float64)),
            ("module.parameter", torch.nn.Parameter(torch.tensor([7.0, 8.0]))),
            ("module.scalar", torch.tensor(42.0)),
            ("module.empty", torch.empty(0, 3)),
            ("module.bn.num_batches_tracked", torch.tensor(5)),
            ("module.mask", torch.tensor([True, False])),
        ]
    )
    return {
        "epoch": 90,
        "arch": "efficientnet_b0",
        "best": 77.7,
        "nothing": None,
        "big": 1 << 100,
        "args": argparse.Namespace(lr=0.1, data=pathlib.PurePosixPath("images"), sizes=[1, 2]),
        "size": base.size(),
        "device": torch.device("cpu"),
        "history": [0.5, 0.25, (1, 2, 3), {4, 5}, b"bytes"],
        "numpy": base.numpy().sum(),
        "optimizer": {"state": {0: {"exp_avg": shared[:2]}}, "param_groups": [{"params": [0]}]},
        "state_dict": state,
    }


def main(folder):
    torch.save(checkpoint(), f"{folder}/torch-zip.pth")
    torch.save(checkpoint(), f"{folder}/torch-zip-protocol-4.pth", pickle_protocol=4)
    torch.save(checkpoint(), f"{folder}/torch-legacy.pth", _use_new_zipfile_serialization=False)
    torch.save(torch.nn.Linear(2, 1), f"{folder}/torch-module.pth")
    print("PyTorch", torch.__version__)


if __name__ == "__main__":
    main(*sys.argv[1:])
