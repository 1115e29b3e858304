from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

import genre_desktop
from genre_desktop.jobs.cluster import contract as module
from genre_desktop.jobs.cluster.contract import Contract, contract, difference, mismatch, parse, resource
from genre_desktop.ml.features.schema import FEATURE_VERSION

MINE = Contract("0.1.0", "2", "3fa9c1d2")


def test_the_resource_names_program_features_and_libraries() -> None:
    assert MINE.name == "genre-desktop/0.1.0/2/3fa9c1d2"
    assert contract().version == genre_desktop.__version__
    assert contract().features == FEATURE_VERSION
    assert parse(resource()) == contract()


def test_the_name_survives_the_options_of_a_worker() -> None:
    """``dask worker`` splits at spaces and commas, then at ``=``."""
    name, value = f"{resource()}=1".replace(",", " ").split()[0].split("=")
    assert (parse(name), float(value)) == (contract(), 1)


@pytest.mark.parametrize(
    "name",
    [
        "GPU",
        "",
        "genre-desktop",
        "genre-desktop/0.1.0/2",
        "genre-desktop/0.1.0/2/xyz",
        f"{MINE.name}/more",
        f" {MINE.name}",
    ],
)
def test_other_resources_are_none(name: str) -> None:
    assert parse(name) is None


@pytest.mark.parametrize(
    ("theirs", "found", "code"),
    [
        (
            replace(MINE, version="0.2.0", features="3", libraries="00000000"),
            "version",
            "cluster-other-version",
        ),
        (replace(MINE, features="1", libraries="00000000"), "features", "cluster-other-features"),
        (replace(MINE, libraries="00000000"), "libraries", "cluster-other-libraries"),
    ],
)
def test_what_differs(theirs: Contract, found: str, code: str) -> None:
    assert difference(MINE, theirs) == found
    problem = mismatch(MINE, theirs)
    assert problem is not None
    assert problem.code == code


def test_nothing_differs() -> None:
    assert difference(MINE, replace(MINE)) == ""
    assert mismatch(MINE, replace(MINE)) is None


def test_another_version_of_a_library_changes_the_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    versions = module.libraries()
    assert {"python", "system", "numpy", "av", "soxr", "onnxruntime"} <= set(versions)
    monkeypatch.setattr(module, "libraries", lambda: {**versions, "soxr": "0.0.1"})
    changed = contract.__wrapped__()
    assert difference(contract(), changed) == "libraries"


def test_nothing_heavy_is_imported() -> None:
    """The command line asks for it before there is any work."""
    code = (
        "import sys; from genre_desktop.jobs.cluster.contract import resource; resource();"
        "print(*({'distributed', 'dask', 'mlflow', 'sklearn', 'librosa', 'xgboost', 'av'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert found.stdout.strip() == ""
