"""Where files lie: small folders, names of the field, and a test beside every part of the package."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from tests.fixtures.shared_data import REPOSITORY

PACKAGE = REPOSITORY / "genre_desktop"
TESTS = REPOSITORY / "tests"

MOST_MODULES = 16

OLD_NAMES = frozenset(  # a list would take sixty lines
    [
        "answers",
        "bridge",
        "care",
        "chores",
        "clock",
        "coding",
        "contest",
        "corrector",
        "deck",
        "desk",
        "details",
        "drawing",
        "duty",
        "early",
        "errand",
        "figures",
        "finder",
        "first_sweep",
        "form_rows",
        "garbage",
        "grounding",
        "handful",
        "helper",
        "honest",
        "host",
        "keeper",
        "known",
        "ledger",
        "lens",
        "light",
        "link",
        "lookout",
        "lots",
        "memory",
        "moments",
        "name_it",
        "notices",
        "pace",
        "pictures",
        "piles",
        "reading",
        "reception",
        "remedies",
        "seat",
        "shelf",
        "shifts",
        "side_by_side",
        "single",
        "songs",
        "starter",
        "stuck",
        "tap",
        "tell",
        "text",
        "told",
        "topics",
        "trusted",
        "upkeep",
        "voices",
        "watch",
        "why",
        "work",
    ]
)
"""Module names of version 0.1.0 that had to be explained."""

TERM = {"ui/dialogs/text.py", "core/problems/text.py"}
"""Modules to which such a name does apply: a dialog that shows a text, and the texts of a problem."""

BY_THEME = frozenset(
    {
        "app/test_no_widgets.py",
        "app/sound/test_playback_audible.py",
        "audio/test_pulse_server.py",
        "ml/data/test_published_tables.py",
        "ml/features/test_equal_to_librosa.py",
        "ml/inference/test_failover.py",
        "core/problems/test_catalogue.py",
        "core/store/test_stored_messages.py",
        "ui/test_accessibility.py",
        "ui/test_drop_path.py",
        "ui/test_foreign_text.py",
        "ui/test_list_restore.py",
        "ui/test_new_job.py",
        "ui/test_pyside_binding.py",
    }
)
"""Tests of something that several modules do together."""


def modules() -> list[Path]:
    return [path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py"]


def test_folders_are_small() -> None:
    sizes = Counter(path.parent.relative_to(PACKAGE).as_posix() for path in modules())
    assert {folder: size for folder, size in sizes.items() if size > MOST_MODULES} == {}


def test_no_module_has_a_name_that_had_to_be_explained() -> None:
    named = {path.relative_to(PACKAGE).as_posix() for path in modules() if path.stem in OLD_NAMES}
    assert named - TERM == set()


def test_tests_mirror_the_package() -> None:
    """``tests/a/test_b.py``, or ``test_b_aspect.py``, tests ``genre_desktop/a/b.py``."""
    strangers = []
    for layer in ("app", "audio", "commands", "core", "jobs", "ml", "ui"):
        for test in (TESTS / layer).rglob("test_*.py"):
            place = test.relative_to(TESTS)
            words = test.stem.removeprefix("test_").split("_")
            names = ["_".join(words[:end]) for end in range(len(words), 0, -1)]
            beside = [PACKAGE / place.parent / f"{name}.py" for name in names]
            if not any(map(Path.exists, beside)) and place.as_posix() not in BY_THEME:
                strangers.append(place.as_posix())
    assert strangers == []


def test_the_user_is_called_the_user() -> None:
    found = sum(len(re.findall(r"\bthe person\b", path.read_text("utf-8"))) for path in PACKAGE.rglob("*.py"))
    assert found <= 20
