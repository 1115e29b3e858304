"""The catalogue of problems matches its uses in the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import genre_desktop
from genre_desktop.core import problems
from genre_desktop.core.problems import CATALOGUE

PACKAGE = Path(genre_desktop.__file__).parent
TABLES = sorted(Path(problems.__file__).parent.glob("*.py"))
CONSTRUCTORS = ("Problem", "AppError")
MADE_BY_KEY = "core/errors.py"
"""The module that restores and wraps problems, without a literal key."""


class Use(NamedTuple):
    """A call that makes a problem; ``key`` is None unless it is a literal or a choice between literals."""

    place: str
    key: str | None
    names: frozenset[str]


def uses(module: Path) -> Iterator[Use]:
    place = module.relative_to(PACKAGE).as_posix()
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") in CONSTRUCTORS and node.args):
            continue
        names = frozenset(keyword.arg or "**" for keyword in node.keywords)
        for key in keys(node.args[0]):
            yield Use(f"{place}:{node.lineno}", key, names)


def keys(argument: ast.expr) -> Iterator[str | None]:
    if isinstance(argument, ast.IfExp):
        yield from keys(argument.body)
        yield from keys(argument.orelse)
    else:
        yield argument.value if isinstance(argument, ast.Constant) else None


@pytest.fixture(scope="module")
def used() -> list[Use]:
    modules = (path for path in PACKAGE.rglob("*.py") if not path.as_posix().endswith(MADE_BY_KEY))
    made_by_key = [
        Use(MADE_BY_KEY, "unexpected", frozenset({"error"})),
        Use(MADE_BY_KEY, "no-space", frozenset({"path", "free", "needed"})),
        Use(MADE_BY_KEY, "no-space/unknown", frozenset({"needed"})),
    ]
    return [*made_by_key, *(use for module in modules for use in uses(module))]


def test_every_problem_in_the_code_is_in_the_catalogue(used: list[Use]) -> None:
    assert len(used) > 130
    assert [use for use in used if use.key is not None and use.key not in CATALOGUE] == []


def test_a_problem_without_a_key_is_one_that_exists_already(used: list[Use]) -> None:
    """``AppError(problem)`` raises it; a computed key might not be in the catalogue."""
    assert [use for use in used if use.key is None and use.names] == []
    assert {use.place.partition(":")[0] for use in used if use.key is None} <= {
        "audio/capture/recorder.py",
        "audio/sandbox/protocol.py",
        "audio/tag_reading.py",
        "core/export.py",
        "jobs/cluster/client.py",
        "jobs/cluster/training.py",
        "jobs/explain.py",
        "jobs/file_map.py",
        "jobs/schedule/job_store.py",
        "ml/inference/model_router.py",
        "ml/registry/errors.py",
        "ml/registry/storage.py",
        "ml/tasks/compare_models.py",
    }


def test_every_placeholder_gets_a_value_and_every_value_a_placeholder(used: list[Use]) -> None:
    found = [(use, CATALOGUE[use.key].placeholders) for use in used if use.key in CATALOGUE]
    assert [(use.place, use.key, use.names ^ wanted) for use, wanted in found if use.names != wanted] == []


def test_every_text_is_used(used: list[Use]) -> None:
    assert sorted(CATALOGUE.keys() - {use.key for use in used}) == []


def test_codes_and_variants_are_kebab_case() -> None:
    word = "[a-z]+(-[a-z]+)*"
    assert [key for key in CATALOGUE if not re.fullmatch(f"{word}(/{word})?", key)] == []


def test_no_key_is_in_two_tables() -> None:
    tables = (
        problems.audio,
        problems.cluster,
        problems.contributions,
        problems.files,
        problems.jobs,
        problems.library,
        problems.models,
        problems.program,
        problems.shared_registry,
    )
    assert sum(len(table.TEXTS) for table in tables) == len(CATALOGUE)


def test_reasons_and_hints_are_sentences_and_titles_are_not() -> None:
    assert [text.title for text in CATALOGUE.values() if not text.title or text.title.endswith(".")] == []
    sentences = [sentence for text in CATALOGUE.values() for sentence in (text.reason, text.hint)]
    assert [text for text in sentences if text and not text.endswith((".", "}", "]'"))] == []


def test_every_text_of_the_tables_is_marked_for_translation() -> None:
    for path in TABLES:
        tree = ast.parse(path.read_text("utf-8"))
        texts = [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "ProblemText"
        ]
        loose = [arg.value for call in texts for arg in call.args if isinstance(arg, ast.Constant)]
        assert [text for text in loose if re.search("[A-Za-z]", re.sub(r"\{\w+\}", "", text))] == [], (
            path.name
        )
