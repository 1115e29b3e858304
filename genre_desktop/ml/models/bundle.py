"""The app's own model format: an ensemble stored without pickle, verified before use.

A bundle is a folder with ``bundle.json`` and the parts it names: scikit-learn parts as
skops files built only from :mod:`genre_desktop.ml.models.skops_allowlist`'s list, XGBoost as UBJ, the
novelty summary as JSON. ``bundle.json`` holds the SHA-256 and size of every part, and the
digest of a bundle is the SHA-256 of ``bundle.json`` itself. Other files are never opened.
"""

from __future__ import annotations

import errno
import hashlib
import json
import logging
import re
import shutil
import uuid
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np

from genre_desktop.core.disk.sync import sync_folder, sync_tree
from genre_desktop.core.errors import AppError
from genre_desktop.core.own_files.damage import is_other_kind
from genre_desktop.core.own_files.reader import UnreadableFile, parse_json, read_bytes
from genre_desktop.core.paths import make_folder
from genre_desktop.ml.models import booster_check, numpy_inference, skops_allowlist
from genre_desktop.ml.models.ensemble import Member, Model
from genre_desktop.ml.models.novelty import Novelty

__all__ = ["EXHAUSTED", "FILE", "Member", "Model", "copy", "digest_of", "load", "read", "save", "verify"]

FILE = "bundle.json"
FORMAT = 1
MAX_FILE = 128 * 1024 * 1024
"""Bytes; larger parts are refused, unread."""
MAX_DEPTH = 3
"""How many models may be nested through ``base``."""
EXHAUSTED = "model-missing/exhausted"
"""Problem of a model that cannot be opened because this process has too much open; it may well be sound."""
_EXHAUSTED = {errno.EMFILE, errno.ENFILE, errno.ENOMEM}
_PART = re.compile(r"[a-z0-9][a-z0-9._-]*\.(skops|ubj|json)")
_BASE = "base"
_TOLERANCE = 1e-3
log = logging.getLogger(__name__)


def save(model: Model, folder: Path) -> str:
    """Write a model atomically and return the digest of the bundle.

    The stored model is read back and must predict the same as the one in memory.

    Raises
    ------
    AppError
        ``model-type`` for parts outside the allowlist, ``model-answers`` when the copy differs,
        ``not-a-bundle`` when ``folder`` exists and holds something else.
    """
    folder = Path(folder)
    if folder.exists() and any(folder.iterdir()) and not (folder / FILE).is_file():
        raise AppError("not-a-bundle", folder=str(folder))
    make_folder(folder.parent)
    temporary = folder.parent / f".{folder.name}.{uuid.uuid4().hex[:8]}"
    try:
        digest = _write(model, temporary)
        load(temporary, digest, any_version=True)
        sync_tree(temporary, folder.parent)
        _swap(temporary, folder)
        sync_folder(folder.parent)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return digest


def load(folder: Path, digest: str | None = None, *, any_version: bool = False, light: bool = False) -> Model:
    """Load a model after verifying every file.

    Parameters
    ----------
    digest:
        The registered digest; ``None`` checks the bundle against itself only.
    any_version:
        Also load models of another feature version (for inspection, not for prediction).
    light:
        Evaluate the parts that :mod:`.numpy_inference` supports with NumPy alone; such a model
        cannot be saved or trained further.

    Raises
    ------
    AppError
        ``model-missing``, ``model-truncated``, ``model-digest``, ``model-type``,
        ``model-unreadable``, ``model-answers`` (another library version made the model
        predict differently), ``feature-version``.
    """
    return _load(Path(folder), digest, any_version, light, 1)


def read(folder: Path, digest: str | None = None) -> dict[str, Any]:
    """Return ``bundle.json`` after checking its digest and structure, without building the model."""
    raw = _bytes(Path(folder), FILE)
    if digest is not None and hashlib.sha256(raw).hexdigest() != digest:
        raise _tampered(FILE)
    try:
        document: dict[str, Any] = parse_json(raw)
        written = int(document["format"])
        for name, entry in document["files"].items():
            _check_name(name)
            if int(entry["bytes"]) < 0 or not isinstance(entry["sha256"], str):
                raise ValueError(f"size or hash of {name}")
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise AppError(
            "model-truncated/damaged", file=FILE, kind=type(error).__name__, error=str(error)
        ) from error
    if written > FORMAT:
        raise AppError("model-newer", version=written, known=FORMAT)
    return document


def verify(folder: Path, digest: str) -> None:
    """Check every file of a bundle against its hash, without building the model.

    Raises
    ------
    AppError
        ``model-missing``, ``model-truncated`` or ``model-digest``.
    """
    files = read(folder, digest)["files"]
    for name in files:
        _part(Path(folder), name, files[name])


def digest_of(folder: Path) -> str:
    """Return the SHA-256 of the folder's ``bundle.json`` (hex)."""
    return hashlib.sha256(_bytes(Path(folder), FILE)).hexdigest()


def copy(source: Path, target: Path) -> None:
    """Copy ``bundle.json``, the parts it names, and ``*.md`` files; nothing else."""
    source, target = Path(source), Path(target)
    names = [FILE, *read(source)["files"], *(note.name for note in source.glob("*.md"))]
    for name in names:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(_bytes(source, name))


def _write(model: Model, folder: Path) -> str:
    folder.mkdir()
    files: dict[str, bytes] = {}
    members = [_store_member(number, member, files, folder) for number, member in enumerate(model.members)]
    if model.novelty is not None:
        files["novelty.json"] = _json(model.novelty.to_dict())
    if model.base is not None:
        _write(model.base, folder / _BASE)
        for path in sorted((folder / _BASE).rglob("*")):
            if path.is_file():
                files[path.relative_to(folder).as_posix()] = path.read_bytes()
    probe = model.probe()
    document: dict[str, Any] = {
        "format": FORMAT,
        "family": model.family,
        "classes": list(model.classes),
        "feature_version": model.feature_version,
        "feature_names": list(model.feature_names),
        "temperature": model.temperature,
        "combine": model.combine,
        "pooling": model.pooling,
        "base": model.base is not None,
        "members": members,
        "metadata": model.metadata,
        "probe": {"rows": probe.tolist(), "probabilities": model.predict_proba(probe).round(9).tolist()},
        "files": {
            name: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
            for name, data in sorted(files.items())
        },
    }
    if model.encoder:
        document["encoder"] = model.encoder
    files[FILE] = _json(document)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return hashlib.sha256(files[FILE]).hexdigest()


def _store_member(number: int, member: Member, files: dict[str, bytes], folder: Path) -> dict[str, Any]:
    from genre_desktop.ml.models.ensemble import is_xgboost, plain

    transform = None
    if member.transform is not None:
        transform = f"member-{number}.transform.skops"
        files[transform] = skops_allowlist.dumps(plain(member.transform))
    head = f"member-{number}.head.{'ubj' if is_xgboost(member.head) else 'skops'}"
    if is_xgboost(member.head):
        member.head.save_model(folder / head)
        files[head] = (folder / head).read_bytes()
    else:
        files[head] = skops_allowlist.dumps(plain(member.head))
    entry = {
        "transform": transform,
        "head": head,
        "columns": None if member.columns is None else list(member.columns),
        "weight": float(member.weight),
    }
    return entry | ({"abstains": True} if member.abstains else {})


def _load(folder: Path, digest: str | None, any_version: bool, light: bool, depth: int) -> Model:
    document = read(folder, digest)
    if not any_version:
        _check_features(document)
    if depth > MAX_DEPTH:
        raise AppError("model-type/depth", depth=MAX_DEPTH)
    files = document["files"]
    parts = {name: _part(folder, name, files[name]) for name in files if "/" not in name}
    base = None
    if document.get("base"):
        expected = files.get(f"{_BASE}/{FILE}", {}).get("sha256", "absent")
        base = _load(folder / _BASE, expected, any_version, light, depth + 1)
    try:
        model = _build(document, parts, base, light)
        if light and not _matches_probe(model, document["probe"]):
            model = _build(document, parts, base, light=False)
        if not _matches_probe(model, document["probe"]):
            raise AppError("model-answers")
    except AppError:
        raise
    except Exception as error:  # whatever a third-party part raises, the model is unusable
        raise AppError("model-unreadable", kind=type(error).__name__, error=str(error)) from error
    return model


def _build(document: dict[str, Any], parts: dict[str, bytes], base: Model | None, light: bool) -> Model:
    return Model(
        members=tuple(_build_member(entry, parts, light) for entry in document["members"]),
        classes=tuple(document["classes"]),
        feature_names=tuple(document["feature_names"]),
        feature_version=document["feature_version"],
        family=document["family"],
        temperature=float(document["temperature"]),
        novelty=Novelty.from_dict(json.loads(parts["novelty.json"])) if "novelty.json" in parts else None,
        metadata=document["metadata"],
        combine=document["combine"],
        pooling=document["pooling"],
        base=base,
        encoder=str(document.get("encoder", "")),
    )


def _check_features(document: dict[str, Any]) -> None:
    from genre_desktop.ml.features import schema

    version = str(document.get("feature_version"))
    schema.check_version(version)
    names = document.get("feature_names")
    if not isinstance(names, list) or tuple(names) != schema.VERSIONS[version]:
        raise AppError("feature-version/names")


def _matches_probe(model: Model, probe: dict[str, Any]) -> bool:
    rows = np.asarray(probe["rows"], dtype=np.float64)
    expected = np.asarray(probe["probabilities"], dtype=np.float64)
    return bool(np.allclose(model.predict_proba(rows), expected, atol=_TOLERANCE))


def _build_member(entry: dict[str, Any], parts: dict[str, bytes], light: bool) -> Member:
    name, head = entry["transform"], entry["head"]
    load = numpy_inference.transform
    return Member(
        transform=None if name is None else _build_part(parts[name], name, light, load),
        head=_build_part(parts[head], head, light, numpy_inference.head),
        columns=None if entry["columns"] is None else tuple(entry["columns"]),
        weight=float(entry["weight"]),
        abstains=bool(entry.get("abstains", False)),
    )


def _build_part(data: bytes, name: str, light: bool, load_light: Callable[[bytes, str], Any]) -> Any:
    if light:
        try:
            return load_light(data, name)
        except AppError:
            raise
        except Exception as error:  # mostly Unsupported; in any case its own library builds it
            log.debug("%s is not evaluated with NumPy: %s", name, error)
    return _booster(data, name) if name.endswith(".ubj") else skops_allowlist.loads(data, name)


def _booster(data: bytes, name: str) -> Any:
    import xgboost

    classifier = xgboost.XGBClassifier()
    try:
        booster_check.check(data)
        classifier.load_model(bytearray(data))
    except Exception as error:  # XGBoostError, ValueError, … depending on the damage
        raise AppError("model-truncated/booster", name=name) from error
    classifier.set_params(n_jobs=1)
    return classifier


def _part(folder: Path, name: str, entry: dict[str, Any]) -> bytes:
    data = _bytes(folder, name)
    if len(data) < int(entry["bytes"]):
        raise AppError("model-truncated", name=name, size=len(data), expected=int(entry["bytes"]))
    if hashlib.sha256(data).hexdigest() != entry["sha256"]:
        raise _tampered(name)
    return data


def _bytes(folder: Path, name: str) -> bytes:
    path = folder / name
    try:
        return read_bytes(path, MAX_FILE)
    except UnreadableFile as error:
        if is_other_kind(path):
            raise AppError("model-type/not-regular", name=name) from error
        raise AppError("model-type/too-large", name=name, limit=MAX_FILE // 2**20) from error
    except OSError as error:
        reason = error.strerror or str(error)
        if error.errno in _EXHAUSTED:
            raise AppError("model-missing/exhausted", path=str(path), error=reason) from error
        raise AppError("model-missing", path=str(path), error=reason) from error


def _check_name(name: str) -> None:
    *parents, last = PurePosixPath(name).parts or ("",)
    if "\\" in name or set(parents) - {_BASE} or not (last == FILE or _PART.fullmatch(last)):
        raise AppError("model-type/file-name", file=FILE, name=repr(name))


def _tampered(name: str) -> AppError:
    return AppError("model-digest", name=name)


def _swap(temporary: Path, folder: Path) -> None:
    old = folder.parent / f".{folder.name}.{uuid.uuid4().hex[:8]}.old"
    if folder.exists():
        folder.rename(old)
    temporary.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _json(document: dict[str, Any]) -> bytes:
    text = json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False)
    return f"{text}\n".encode()
