"""No import cycle among modules, nor among the parts of a package, including late and conditional imports."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import genre_desktop
from genre_desktop.jobs.tasks import registry
from genre_desktop.ml.registry import model_info, starter_models
from tests.fixtures.shared_data import REPOSITORY

PACKAGE = genre_desktop.__name__
Graph = Mapping[str, Iterable[str]]


@cache
def modules() -> dict[str, Path]:
    """Return every module and package by its dotted name."""
    found = {}
    for path in (REPOSITORY / PACKAGE).rglob("*.py"):
        parts = path.relative_to(REPOSITORY).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(name: str) -> Iterator[str]:
    """Yield the project modules that a module imports: at the top, in functions, or for type checking only."""
    for node in ast.walk(ast.parse(modules()[name].read_text("utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names if alias.name in modules())
            case ast.ImportFrom(module=str(package), names=names):
                for alias in names:
                    inner = f"{package}.{alias.name}"
                    yield from (
                        found for found in [inner if inner in modules() else package] if found in modules()
                    )


@cache
def graph() -> dict[str, frozenset[str]]:
    """Return the imports of each module."""
    return {name: frozenset(imports(name)) - {name} for name in modules()}


def siblings(package: str) -> dict[str, set[str]]:
    """Return the imports among the direct parts of a package, each subpackage as one part."""
    found: dict[str, set[str]] = {}
    for name, others in graph().items():
        part = child(package, name)
        if part is not None:
            found.setdefault(part, set()).update(filter(None, (child(package, other) for other in others)))
            found[part].discard(part)
    return found


def child(package: str, name: str) -> str | None:
    """Return the part of a package that contains a module."""
    inside = name.removeprefix(f"{package}.")
    return None if inside == name else inside.partition(".")[0]


def circle(found: Graph) -> list[str]:
    """Return one cycle, or an empty list when there is none."""
    try:
        TopologicalSorter(found).prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))
    return []


def test_no_module_imports_itself_through_others() -> None:
    assert circle(graph()) == []


@pytest.mark.parametrize("package", sorted({name.rpartition(".")[0] for name in modules()} - {""}))
def test_no_parts_of_a_package_import_each_other(package: str) -> None:
    assert circle(siblings(package)) == []


def test_late_and_type_checking_imports_count() -> None:
    """The graph contains more than the imports at load time."""
    assert starter_models.__name__ in graph()[registry.__name__]  # in a function
    assert model_info.__name__ in graph()[registry.__name__]  # for type checking
    assert circle({"a": ["b"], "b": ["c"], "c": ["a"]})[:1] in (["a"], ["b"], ["c"])
