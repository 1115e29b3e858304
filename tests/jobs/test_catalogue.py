"""The job catalogue: each entry leads to a function, names its settings and has its texts."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import pytest

from genre_desktop.core.settings import BY_KEY, Settings
from genre_desktop.jobs.catalogue import JOBS, JobSpec, listed, schedules, title_of
from genre_desktop.jobs.workers.main import find

SPECS = pytest.mark.parametrize("spec", JOBS.values(), ids=lambda spec: spec.name)


@SPECS
def test_a_target_is_found_in_a_process_that_knows_its_name_only(spec: JobSpec) -> None:
    assert find(f"{spec.target.__module__}:{spec.target.__qualname__}") is spec.target


@SPECS
def test_what_a_target_imports_late_is_there(spec: JobSpec) -> None:
    """The catalogue imports no machine learning; a module that moved would show in the job process only."""
    tree = ast.parse(inspect.getsource(spec.target))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    for node in imports:
        for alias in node.names:
            late = _imported(f"from {node.module} import {alias.name} as late")
            used = [
                a.attr for a in ast.walk(tree) if isinstance(a, ast.Attribute) and _is(a.value, alias.name)
            ]
            assert [name for name in used if not hasattr(late, name)] == []


@SPECS
def test_an_entry_has_its_texts(spec: JobSpec) -> None:
    assert spec.name == next(name for name, other in JOBS.items() if other is spec)
    assert re.fullmatch(r"[a-z-]+", spec.name)  # names log files and locks
    assert spec.title
    assert spec.running
    assert bool(spec.button) or not spec.confirm


@pytest.mark.parametrize("name", schedules())
def test_a_schedule_names_settings(name: str, tmp_path: Path) -> None:
    schedule = schedules()[name]
    settings = Settings.load(tmp_path / "settings.json")
    keys = [schedule.key, *([schedule.condition.key] if schedule.condition else [])]
    assert set(keys) <= set(BY_KEY)
    if schedule.requires:
        assert schedule.interval_s(settings) == 0
        assert schedule.trigger(settings) == "off"
        settings[schedule.requires] = "https://models.example"
    assert schedule.interval_s(settings) > 0
    assert schedule.trigger(settings).startswith("every ")


def test_what_is_not_in_the_catalogue_goes_by_its_name() -> None:
    assert title_of("tests.sample:job") == "Tests.sample:job"
    assert listed("tests.sample:job") is None
    assert listed("models") is None
    assert listed("import") is JOBS["import"]


def _imported(statement: str) -> object:
    scope: dict[str, object] = {}
    exec(statement, scope)
    return scope["late"]


def _is(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name
