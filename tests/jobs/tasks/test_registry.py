"""What the jobs that change the registry leave for the Models page."""

from __future__ import annotations

from pathlib import Path

import pytest

from genre_desktop.core.paths import Home
from genre_desktop.jobs.context import ProcessResources, TaskContext
from genre_desktop.jobs.tasks import registry
from genre_desktop.ml.registry import starter_models
from genre_desktop.ml.tasks import registry as list_module


def test_a_change_by_hand_leaves_the_list_of_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = ProcessResources(Home(tmp_path / "home").create())
    context = TaskContext(parts)
    registry.sweep(context, {})  # registers the starter models
    assert (parts.home.registry / list_module.LISTING).is_file()
    registry.promote(context, {"version": "2"})
    monkeypatch.setattr(starter_models, "open_registry", lambda _home: pytest.fail("the registry was opened"))
    listed = list_module.models(context, {})["models"]
    assert {entry["version"] for entry in listed if "champion" in entry["aliases"]} == {"2"}
    parts.close()
