"""The music encoder in the registry: a model of its own, in MLflow's ``onnx`` flavour, named by its digest.

A version of the genre model that needs an encoder has its digest in the tag ``encoder``. The shipped encoder is
registered once per home, so that models stay usable with the program's next encoder. Finding one imports no MLflow.
"""

from __future__ import annotations

import hashlib
import platform
import shutil
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from genre_desktop.core.disk.sync import sync_folder, sync_tree
from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import Home, make_folder, shipped
from genre_desktop.ml.features.encoder.identity import BANDS, DIGEST, EMBEDDING, PATCH_FRAMES
from genre_desktop.ml.registry import alias_snapshot, cleanup, mlflow_flavor, storage
from genre_desktop.ml.registry.alias_snapshot import AliasSnapshot

if TYPE_CHECKING:
    from mlflow import MlflowClient

MODEL = "music-encoder"
"""Name of the registered model."""
FILE = "model.onnx"
"""The network inside an MLflow model, as MLflow itself names it."""
TAG = "encoder"
"""Tag of versions of the genre model: digest of the encoder that they need."""
_NOTES = ("MODEL_CARD.md", "LICENSE")
_OLDEST_ONNX = "1.10.0"
"""First release of ``onnx`` that knows the operators of the network (opset 15)."""


def shipped_file() -> Path:
    """Return the path of the shipped encoder."""
    return shipped("models", "encoder", "musicnn.onnx")


def find(home: Home, digest: str = DIGEST) -> Path:
    """Return the file of an encoder: an intact one in the registry, else the shipped one.

    Where no copy is intact, the path of one is returned nevertheless, for :meth:`.Encoder.load` to say what is
    wrong with it. Reads the file; takes about 10 ms.

    Raises
    ------
    AppError
        ``encoder-missing`` when neither the registry nor the program has an encoder with this digest.
    """
    snapshot = alias_snapshot.last(home)
    folder = snapshot.encoders.get(digest) if snapshot else None
    paths = [home.root / folder / FILE] if folder else []
    if digest == DIGEST:
        paths.append(shipped_file())
    if not paths:
        raise AppError("encoder-missing/unknown", digest=digest[:12])
    return next((path for path in paths if _is_intact(path, digest)), paths[-1])


def incomplete(home: Home, snapshot: AliasSnapshot) -> bool:
    """Return True when the registry lacks an intact copy of the shipped encoder, which :func:`store` can make."""
    folder = snapshot.encoders.get(DIGEST)
    if folder is not None and _is_intact(home.root / folder / FILE, DIGEST):
        return False
    return _is_intact(shipped_file(), DIGEST)


def store(home: Home, client: MlflowClient) -> None:
    """Register the shipped encoder, or replace the lost or damaged files of its version.

    Call under the registry's lock. After a crash the next call completes it.
    """
    name = f"{MODEL}-{DIGEST[:16]}"
    staging = home.registry / cleanup.INCOMING / uuid.uuid4().hex
    target = home.registry / storage.ARTIFACTS / name
    try:
        _package(staging)
        shutil.rmtree(target, ignore_errors=True)
        make_folder(target.parent)
        sync_tree(staging, home.registry)
        staging.rename(target)
        sync_folder(target.parent)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    if DIGEST in folders(home, client):
        return
    if not client.search_registered_models(f"name = '{MODEL}'"):
        client.create_registered_model(
            MODEL, description="Predicts listener tags from three seconds of audio."
        )
    client.create_model_version(
        MODEL, source=f"{storage.artifact_root(home)}/{name}", tags={"digest": DIGEST, "family": "MusiCNN"}
    )


def folders(home: Home, client: MlflowClient) -> dict[str, str]:
    """Return the folder of each registered encoder by digest, relative to the home, as in the snapshot."""
    root = storage.artifact_root(home)
    return {
        version.tags.get("digest", ""): f"{home.registry.name}/{storage.ARTIFACTS}/"
        + unquote(str(version.source).removeprefix(root + "/"))
        for version in client.search_model_versions(f"name = '{MODEL}'")
    }


def _is_intact(path: Path, digest: str) -> bool:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == digest
    except OSError:
        return False


def _package(target: Path) -> None:
    """Write the MLflow model folder ``target`` around the shipped encoder.

    ``mlflow.onnx.save_model`` is not used: it imports ``onnx``, which the program does not need.
    """
    from mlflow.models import Model

    target.mkdir(parents=True)
    shutil.copyfile(shipped_file(), target / FILE)
    for note in _NOTES:
        shutil.copyfile(shipped_file().with_name(note), target / note)
    versions = mlflow_flavor.environment()
    requirements = [f"onnx>={_OLDEST_ONNX}", *(f"{n}=={versions[n]}" for n in ("onnxruntime", "numpy"))]
    (target / "requirements.txt").write_text("\n".join(requirements) + "\n", "utf-8")
    model = Model(signature=_signature(), metadata={"digest": DIGEST, "licence": "ISC"})
    model.add_flavor(
        "onnx",
        onnx_version=_OLDEST_ONNX,
        data=FILE,
        providers=["CPUExecutionProvider"],
        onnx_session_options={"intra_op_num_threads": 1, "inter_op_num_threads": 1},
        code=None,
    )
    model.add_flavor(
        "python_function",
        loader_module="mlflow.onnx",
        data=FILE,
        python_version=platform.python_version(),
        env={"virtualenv": "requirements.txt"},
    )
    model.save(target / "MLmodel")


def _signature() -> Any:
    import numpy as np
    from mlflow.models import ModelSignature
    from mlflow.types import Schema, TensorSpec

    from genre_desktop.core.music_tags import ENCODER_TAGS

    def tensor(name: str, *shape: int) -> Any:
        return TensorSpec(np.dtype(np.float32), (-1, *shape), name)

    return ModelSignature(
        inputs=Schema([tensor("patches", PATCH_FRAMES, BANDS)]),
        outputs=Schema([tensor("logits", len(ENCODER_TAGS)), tensor("embedding", EMBEDDING)]),
    )
