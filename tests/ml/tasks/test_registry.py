"""The list of the Models page: every version with its scores per genre, cached until something changes."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass

import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import Home
from genre_desktop.ml.registry import starter_models
from genre_desktop.ml.registry.registry import Registry
from genre_desktop.ml.tasks import registry as registry_module
from genre_desktop.ml.training import estimator_names
from genre_desktop.ml.training.estimators import FAMILIES


@dataclass
class Context:
    home: Home


def test_starters_are_listed_with_their_scores_per_genre(home):
    found = registry_module.models(Context(home), {})
    champion = next(entry for entry in found["models"] if "champion" in entry["aliases"])
    assert champion["scores"]["per_genre"]["jazz"]["recall"] == 0.5
    assert champion["scores"]["confusion"] == {"jazz": {"jazz": 1, "rock": 1}}
    assert found["families"] == {name: estimator_names.title(name) for name in FAMILIES}
    assert estimator_names.title("adapted") == "Adapted starter model"
    assert estimator_names.title("their own") == "their own"


def test_the_cached_list_does_not_open_the_registry(home, monkeypatch):
    first = registry_module.models(Context(home), {})
    monkeypatch.setattr(starter_models, "open_registry", _none)
    assert registry_module.models(Context(home), {}) == json.loads(json.dumps(first))


def test_a_change_and_a_moved_home_are_seen(home, tmp_path):
    registry_module.models(Context(home), {})
    with Registry(home) as registry:
        registry.tag_version("1", reason="Because.")
    found = registry_module.models(Context(home), {})
    assert {entry["version"]: entry["tags"].get("reason") for entry in found["models"]}["1"] == "Because."
    shutil.move(home.root, tmp_path / "elsewhere")
    moved = registry_module.models(Context(Home(tmp_path / "elsewhere")), {})
    assert all(str(tmp_path / "elsewhere") in entry["run_folder"] for entry in moved["models"])
    assert moved["models"][0]["scores"]


def test_a_damaged_cache_is_replaced(home):
    registry_module.models(Context(home), {})
    (home.registry / registry_module.LISTING).write_text("{", "utf-8")
    assert len(registry_module.models(Context(home), {})["models"]) == 2


def test_a_list_that_is_kept_after_a_change_needs_no_registry(home, monkeypatch):
    with Registry(home) as registry:
        registry.tag_version("1", reason="Because.")
    registry_module.keep_list(home)
    monkeypatch.setattr(starter_models, "open_registry", _none)
    found = registry_module.models(Context(home), {})
    assert {entry["version"]: entry["tags"].get("reason") for entry in found["models"]}["1"] == "Because."


def test_a_list_that_cannot_be_kept_is_no_failure(home, monkeypatch, caplog):
    (home.registry / registry_module.LISTING).unlink(missing_ok=True)

    def fails(home):
        raise AppError("registry-busy")

    monkeypatch.setattr(starter_models, "open_registry", fails)
    registry_module.keep_list(home)
    assert "could not be kept" in caplog.text


def test_the_window_reads_the_list_without_mlflow(home, monkeypatch):
    listed = registry_module.models(Context(home), {})
    monkeypatch.setattr(starter_models, "open_registry", _none)
    assert registry_module.read_list(home) == json.loads(json.dumps(listed))
    with Registry(home) as registry:
        registry.tag_version("1", reason="Because.")
    assert registry_module.read_list(home) is None  # the list is outdated: the job makes another one


def test_a_fresh_home_shows_the_starters_as_they_will_be_registered(home, with_starters, tmp_path):
    shown = registry_module.read_list(Home(tmp_path / "fresh"))
    assert shown["fresh"] is True
    registered = {entry["version"]: entry for entry in registry_module.models(Context(home), {})["models"]}
    assert [entry["version"] for entry in shown["models"]] == ["2", "1"]
    for entry in shown["models"]:
        same = ("version", "family", "aliases", "metrics", "feature_version", "scores")
        assert {key: entry[key] for key in same} == {key: registered[entry["version"]][key] for key in same}
        assert entry["run_folder"] == ""


def _none(home):
    pytest.fail("the registry was opened")
