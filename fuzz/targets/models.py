"""Parts of models from elsewhere: skops, UBJ, bundle.json, ONNX, contributions of a team."""

from __future__ import annotations

import hashlib
import json
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from fuzz.mutation.documents import archive, deep, json_tree
from fuzz.outcome import Broken
from fuzz.seeds import models
from fuzz.target import Target
from genre_desktop.ml.drift import reference
from genre_desktop.ml.features.encoder.encoder import Encoder
from genre_desktop.ml.models import bundle, numpy_inference
from genre_desktop.ml.registry.shared import contribution


def bundle_document(path: Path) -> str:
    """Load a bundle with this ``bundle.json`` beside valid parts, both ways, and predict."""
    folder = _bundle_folder()
    (folder / bundle.FILE).write_bytes(path.read_bytes())
    bundle.read(folder)
    return " ".join(_predicted(bundle.load(folder, light=light)) for light in (True, False))


def novelty(path: Path) -> str:
    """Load a bundle with this summary of the training rows, whose hash is right."""
    return _with_part("novelty.json", path.read_bytes())


def skops_part(path: Path) -> str:
    """Build a scikit-learn part as a bundle does, and evaluate it."""
    data = path.read_bytes()
    found = []
    for light in (True, False):
        part = bundle._build_part(data, "part.skops", light, numpy_inference.head)
        found.append(type(part).__name__ if _evaluates(part) else "not evaluated")
    return " ".join(found)


def booster(path: Path) -> str:
    """Build XGBoost's trees with NumPy, and with XGBoost as a bundle does, and evaluate them."""
    data = path.read_bytes()
    found = []
    for light in (True, False):
        part = bundle._build_part(data, "part.ubj", light, numpy_inference.head)
        found.append(type(part).__name__ if _evaluates(part) else "not evaluated")
    return " ".join(found)


def encoder(path: Path) -> str:
    """Load an encoder whose digest is right, and evaluate it."""
    loaded = Encoder.load(path, hashlib.sha256(path.read_bytes()).hexdigest())
    found = loaded.encode(np.zeros((1, 187, 96), np.float32))
    return f"encoded {found.logits.shape}"


def drift_sketch(path: Path) -> str:
    """Read a reference for drift checks."""
    found = reference.load(path)
    return f"{found.raw.shape[1] if found.raw.ndim == 2 else found.raw.ndim} columns"


def contributed(path: Path) -> str:
    """Read a contribution whose digest is right."""
    found = contribution.read(path, hashlib.sha256(path.read_bytes()).hexdigest())
    if not all(
        np.isfinite(clip.features[:, :10]).all() or np.isnan(clip.features).any() for clip in found.clips
    ):
        raise Broken("a contribution with infinite features")
    return f"{len(found.clips)} clips"


@cache
def _bundle_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="genre-fuzz-bundle-"))
    for name, data in models.bundle_files().items():
        (folder / name).write_bytes(data)
    return folder


def _with_part(name: str, data: bytes) -> str:
    folder = _bundle_folder()
    document = json.loads(models.bundle_files()[bundle.FILE])
    document["files"][name] = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    (folder / bundle.FILE).write_text(json.dumps(document), "utf-8")
    (folder / name).write_bytes(data)
    return _predicted(bundle.load(folder, light=True))


def _predicted(model: Any) -> str:
    rows, _ = models.rows()
    probabilities = model.predict_proba(rows[:3])
    if probabilities.shape != (3, len(model.classes)):
        raise Broken("probabilities of another shape than the classes")
    return "finite" if np.isfinite(probabilities).all() else "not finite"


def _evaluates(part: Any) -> bool:
    """Evaluate a part; what it raises makes a bundle unreadable, since each is tried on its own rows."""
    rows, _ = models.rows()
    try:
        part.predict_proba(rows[:3])
    except Exception:  # as in bundle.load
        return False
    return True


TARGETS = (
    Target(
        "bundle", "`bundle.json` beside valid parts", lambda: {"bundle.json": models.bundle_files()["bundle.json"]},
        bundle_document, (json_tree, json_tree, deep), instrumented=("genre_desktop.ml.models",),
    ),
    Target(
        "novelty", "`novelty.json` of a bundle", lambda: {"novelty.json": models.bundle_files()["novelty.json"]},
        novelty, (json_tree, json_tree, deep), instrumented=("genre_desktop.ml.models",),
    ),
    Target(
        "skops", "skops parts of a bundle, built and evaluated", models.skops_parts, skops_part, (archive, archive),
        instrumented=("genre_desktop.ml.models", "skops"),
    ),
    Target("ubj", "UBJ parts of a bundle, built and evaluated", models.boosters, booster, instrumented=("genre_desktop.ml.models",)),
    Target("onnx", "ONNX encoder, loaded and evaluated", models.encoders, encoder),
    Target("sketch", "references of drift checks (npz)", models.sketches, drift_sketch, (archive,), instrumented=("genre_desktop.ml.drift.reference",)),
    Target("contribution", "contributions of a team (npz)", models.contributions, contributed, (archive,), instrumented=("genre_desktop.ml.registry.shared.contribution",)),
)  # fmt: skip
