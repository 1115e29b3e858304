"""The encoder is registered once per home, readable by MLflow, found without it, and repaired."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import mlflow
import numpy as np
import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import Home
from genre_desktop.ml.features.encoder.encoder import Encoder
from genre_desktop.ml.features.encoder.identity import BANDS, DIGEST, PATCH_FRAMES
from genre_desktop.ml.models import bundle
from genre_desktop.ml.registry import alias_snapshot, encoder_store, maintenance, starter_models, storage
from genre_desktop.ml.registry.registry import Registry
from tests.ml import tiny_models

REPOSITORY = Path(__file__).resolve().parents[3]
ADDRESS = f"models:/{encoder_store.MODEL}/1"


@contextmanager
def mlflow_on(home: Home) -> Iterator[None]:
    address = storage.uri(alias_snapshot.database(home))
    mlflow.set_tracking_uri(address)
    mlflow.set_registry_uri(address)
    try:
        yield
    finally:
        mlflow.set_tracking_uri(None)
        mlflow.set_registry_uri(None)


def copy_of(home: Home) -> Path:
    """The encoder's file in the registry."""
    snapshot = alias_snapshot.read(home)
    assert snapshot is not None
    return home.root / snapshot.encoders[DIGEST] / encoder_store.FILE


def patches() -> np.ndarray:
    return np.abs(np.random.default_rng(2).normal(size=(2, PATCH_FRAMES, BANDS))).astype(np.float32)


def test_it_is_registered_once_beside_the_starters(registry: Registry) -> None:
    assert starter_models.ensure(registry) is False
    (version,) = registry.client.search_model_versions(f"name = '{encoder_store.MODEL}'")
    assert version.tags["digest"] == DIGEST
    assert encoder_store.find(registry.home) == copy_of(registry.home)
    assert {path.name for path in copy_of(registry.home).parent.iterdir()} >= {
        "MLmodel",
        "LICENSE",
        "MODEL_CARD.md",
    }


def test_it_is_no_genre_model(registry: Registry) -> None:
    assert [info.version for info in registry.models()] == ["2", "1"]


def test_mlflow_evaluates_it(registry: Registry) -> None:
    with mlflow_on(registry.home):
        scorer = mlflow.pyfunc.load_model(ADDRESS)
    assert scorer.metadata.signature.inputs.input_names() == ["patches"]
    found, expected = (
        scorer.predict({"patches": patches()}),
        Encoder.load(copy_of(registry.home)).encode(patches()),
    )
    assert found["logits"] == pytest.approx(expected.logits, abs=1e-5)
    assert found["embedding"] == pytest.approx(expected.embedding, abs=1e-5)


def test_mlflows_onnx_flavour_reads_it(registry: Registry) -> None:
    onnx = pytest.importorskip("onnx", reason="onnx, a development dependency, is not installed")
    with mlflow_on(registry.home):
        model = mlflow.onnx.load_model(ADDRESS)
    onnx.checker.check_model(model)
    assert [output.name for output in model.graph.output] == ["logits", "embedding"]


def test_a_version_names_the_encoder_that_it_needs(registry: Registry, tmp_path: Path) -> None:
    folder = tmp_path / "candidate"
    bundle.save(tiny_models.linear(seed=3), folder)
    assert encoder_store.TAG not in registry.models()[0].tags
    document = json.loads((folder / bundle.FILE).read_text("utf-8"))
    (folder / bundle.FILE).write_text(json.dumps({**document, "encoder": DIGEST}), "utf-8")
    version = registry.register(folder)
    assert {info.version: info.tags for info in registry.models()}[version][encoder_store.TAG] == DIGEST


def test_a_home_without_registry_uses_the_shipped_file(tmp_path: Path) -> None:
    assert encoder_store.find(Home(tmp_path)) == encoder_store.shipped_file()


@pytest.mark.parametrize("damage", ["lost", "cut", "changed"])
def test_a_damaged_copy_is_replaced_by_the_shipped_file_and_repaired_at_the_next_start(
    home: Home, damage: str
) -> None:
    assert not maintenance.needed(home)
    path, data = copy_of(home), bytearray(copy_of(home).read_bytes())
    data[len(data) // 2] ^= 1
    if damage == "lost":
        shutil.rmtree(path.parent)
    else:
        path.write_bytes(data[:-1] if damage == "cut" else data)
    assert encoder_store.find(home) == encoder_store.shipped_file()
    assert maintenance.needed(home)
    maintenance.run(home)
    assert not maintenance.needed(home)
    assert encoder_store.find(home) == path
    with Registry(home) as registry:
        assert len(registry.client.search_model_versions(f"name = '{encoder_store.MODEL}'")) == 1
        assert registry.resolve("champion").version == "1"


def test_restoring_the_starters_repairs_it_too(registry: Registry) -> None:
    copy_of(registry.home).write_bytes(b"damaged")
    starter_models.restore(registry)
    assert encoder_store.find(registry.home) == copy_of(registry.home)


def test_without_an_intact_copy_loading_says_why(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_of(home).write_bytes(b"damaged")
    monkeypatch.setattr(encoder_store, "shipped_file", lambda: tmp_path / "absent.onnx")
    with pytest.raises(AppError) as caught:
        Encoder.load(encoder_store.find(home))
    assert caught.value.problem.code == "encoder-missing"
    assert not maintenance.needed(home)  # there is nothing to repair it with
    shutil.copyfile(copy_of(home), tmp_path / "absent.onnx")
    with pytest.raises(AppError) as caught:
        Encoder.load(encoder_store.find(home))
    assert caught.value.problem.code == "encoder-damaged"


def test_an_unknown_encoder(home: Home) -> None:
    with pytest.raises(AppError) as caught:
        encoder_store.find(home, "f" * 64)
    assert caught.value.problem.key == "encoder-missing/unknown"


def test_the_encoder_of_an_earlier_program_is_still_found(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = copy_of(home)
    monkeypatch.setattr(encoder_store, "DIGEST", "e" * 64)  # this program ships another one
    assert encoder_store.find(home, DIGEST) == earlier


def test_a_snapshot_of_version_0_1_0_stays_readable(home: Home) -> None:
    path = home.registry / alias_snapshot.FILE
    document = json.loads(path.read_text("utf-8"))
    del document["encoders"]
    path.write_text(json.dumps(document), "utf-8")
    snapshot = alias_snapshot.read(home)
    assert snapshot is not None
    assert snapshot.encoders == {}
    assert snapshot.aliases == {"champion": "1", "fallback": "2"}
    assert encoder_store.find(home) == encoder_store.shipped_file()


def test_a_moved_home(home: Home, tmp_path: Path) -> None:
    moved = Home(tmp_path / "elsewhere, with spaces")
    home.root.rename(moved.root)
    assert encoder_store.find(moved).is_relative_to(moved.root)
    with Registry(moved) as registry:
        registry.snapshot()
    assert encoder_store.find(moved).is_relative_to(moved.root)


def test_finding_it_needs_no_heavy_library(home: Home) -> None:
    code = """
import sys
from pathlib import Path
from genre_desktop.core.paths import Home
from genre_desktop.ml.registry import encoder_store
print(encoder_store.find(Home(Path(sys.argv[1]))))
assert not {"mlflow", "onnxruntime", "pandas", "sqlalchemy"} & set(sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(home.root)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(done.stdout.strip()) == copy_of(home)
