"""Names and shapes of real state dicts, and timm's configurations with the transforms that timm makes of them.

    python make_state_dicts.py

Made with torch 2.15.0, timm 1.0.31, torchvision 0.29.2, transformers 5.24.0, efficientnet_pytorch 0.7.1 and
efficientnet_lite_pytorch 0.1.0. No weights are loaded.

state_dicts.txt.gz: for each network a line "= library name", then a line "name<tab>shape" for each tensor in the order of
its state dict; shapes have commas, and tensors of integers have "-".
timm_configs.json.gz: for each published EfficientNet the config.json that timm writes, and the numbers of its transform.
torchvision_transforms.json: the numbers of torchvision's transforms.
"""

import gzip
import json
import os
import tempfile

import timm
import torch
import torchvision
import transformers
from efficientnet_lite_pytorch import EfficientNet as LiteNet
from efficientnet_pytorch import EfficientNet as LukemelasNet
from timm.models._hub import save_config_for_hf

FOLDER = os.path.dirname(os.path.abspath(__file__))
TIMM = ["tf_efficientnet_b0", "tf_efficientnet_b1", "tf_efficientnet_b5", "tf_efficientnet_lite0"]
LOOK_ALIKES = """mobilenetv2_100 mobilenetv3_large_100 mobilenetv3_small_100 mnasnet_100 semnasnet_100 spnasnet_100 efficientnet_es
efficientnet_em efficientnet_el tf_efficientnetv2_b0 tf_efficientnetv2_b3 tf_efficientnetv2_s efficientnetv2_rw_t mixnet_s mixnet_xl
tf_mixnet_l efficientnet_b1_pruned efficientnet_b2_pruned efficientnet_b3_pruned tf_efficientnet_cc_b0_4e
tf_efficientnet_cc_b1_8e test_efficientnet tinynet_a efficientnet_b0_gn efficientnet_blur_b0 fbnetc_100 resnet18 lcnet_050""".split()
TORCHVISION_LOOK_ALIKES = """mobilenet_v2 mobilenet_v3_large mobilenet_v3_small mnasnet1_0 efficientnet_v2_s efficientnet_v2_l
densenet121""".split()
HEAD = {"b0": 1280, "b1": 1280, "b5": 2048}
SCALE = {"b0": (1.0, 1.0), "b1": (1.0, 1.1), "b5": (1.6, 2.2)}


def hugging_face(name, kind):
    width, depth = SCALE[name]
    config = transformers.EfficientNetConfig(
        width_coefficient=width, depth_coefficient=depth, hidden_dim=HEAD[name], num_labels=1000)
    return kind(config)


def networks():
    for name in TIMM + LOOK_ALIKES:
        if timm.is_model(name):
            yield "timm", name, timm.create_model(name)
    for name in ["efficientnet_b0", "efficientnet_b1", "efficientnet_b5"] + TORCHVISION_LOOK_ALIKES:
        yield "torchvision", name, torchvision.models.get_model(name)
    for name in HEAD:
        yield "efficientnet_pytorch", f"efficientnet-{name}", LukemelasNet.from_name(f"efficientnet-{name}")
    yield "efficientnet_lite_pytorch", "efficientnet-lite0", LiteNet.from_name("efficientnet-lite0")
    for name in HEAD:
        yield "transformers", name, hugging_face(name, transformers.EfficientNetForImageClassification)
    yield "transformers-bare", "b0", hugging_face("b0", transformers.EfficientNetModel)
    yield "transformers", "mobilenet_v2", transformers.MobileNetV2ForImageClassification(transformers.MobileNetV2Config())


def line(name, tensor):
    shape = ",".join(map(str, tensor.shape)) if tensor.is_floating_point() else "-"
    return f"{name}\t{shape}\n"


def transform(config):
    made = timm.data.create_transform(**timm.data.resolve_data_config({}, pretrained_cfg=config))
    steps = {type(step).__name__: step for step in made.transforms}
    resize, crop, normalize = steps["Resize"], steps["CenterCrop"], steps["Normalize"]
    squash = not isinstance(resize.size, int)
    return {
        "input_size": crop.size[0],
        "resize": "squash" if squash else "shorter_side",
        "resize_to": resize.size[0] if squash else resize.size,
        "interpolation": resize.interpolation.value,
        "mean": [round(v, 6) for v in normalize.mean.tolist()],
        "std": [round(v, 6) for v in normalize.std.tolist()],
    }


def timm_configs():
    for name in timm.list_models("*efficientnet_*", pretrained=True):
        kind = name.removeprefix("tf_").split(".")[0].removeprefix("efficientnet_")
        if kind in ["b%d" % i for i in range(9)] + ["l2"] + ["lite%d" % i for i in range(5)]:
            with tempfile.NamedTemporaryFile("r", suffix=".json") as file, torch.device("meta"):
                save_config_for_hf(timm.create_model(name), file.name)
                config = json.load(file)
            yield {"name": name, "config": config, "transform": transform(config["pretrained_cfg"])}


def torchvision_transforms():
    for i in range(8):
        for weights in torchvision.models.get_model_weights(f"efficientnet_b{i}"):
            made = weights.transforms()
            yield {
                "name": f"b{i}",
                "file": weights.url.rsplit("/", 1)[1],
                "input_size": made.crop_size[0],
                "resize_to": made.resize_size[0],
                "interpolation": made.interpolation.value,
                "mean": made.mean,
                "std": made.std,
            }


def write_gz(name, text):
    with open(os.path.join(FOLDER, name), "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        file.write(text.encode())


def main():
    lines = []
    with torch.device("meta"):
        for library, name, network in networks():
            lines.append(f"= {library} {name}\n")
            lines += [line(key, tensor) for key, tensor in network.state_dict().items()]
    write_gz("state_dicts.txt.gz", "".join(lines))
    write_gz("timm_configs.json.gz", json.dumps(list(timm_configs())))
    with open(os.path.join(FOLDER, "torchvision_transforms.json"), "w") as file:
        json.dump(list(torchvision_transforms()), file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
