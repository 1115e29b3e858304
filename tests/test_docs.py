"""Files, pictures, headings, make targets, commands and shortcuts in README and docs exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from genre_desktop import cli
from genre_desktop.ui.actions.actions import ACTIONS, page_actions
from tests.fixtures.shared_data import REPOSITORY

PAGES = [REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").glob("*.md"))]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
TARGET = re.compile(r"`make ([a-z-]+)`|^make ([a-z-]+)\s*(?:#|$)", re.MULTILINE)
COMMAND = re.compile(r"^\s*genre-desktop ([a-z]+)\b(?![./])|`genre-desktop ([a-z]+)\b(?![./])", re.MULTILINE)
PATH = re.compile(
    r"`((?:genre_desktop|docs|tests|tools|benchmarks|resources|data|models|ui|app|jobs|ml|audio|core)/[\w./-]*)`"
)
KEYS = re.compile(r"\b((?:Ctrl|Shift|Alt)\+[\w+.,]*[\w.,])")

PLACEHOLDER = re.compile(r"[A-Z]{4,}")
MADE = {"resources/licences.txt"}
"""Written into the bundle when the program is frozen."""

pytestmark = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def text(page: Path) -> str:
    return page.read_text("utf-8")


def test_relative_links_lead_somewhere(page: Path) -> None:
    broken = []
    for link in LINK.findall(text(page)):
        file, _, heading = link.partition("#")
        if link.startswith(("http:", "https:", "mailto:")):
            continue
        target = (page.parent / file).resolve() if file else page
        if not target.exists() or (heading and heading not in headings(target)):
            broken.append(link)
    assert broken == []


def test_make_targets_exist(page: Path) -> None:
    makefile = (REPOSITORY / "Makefile").read_text("utf-8")
    there = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert {one or other for one, other in TARGET.findall(text(page))} <= there


def test_commands_exist(page: Path) -> None:
    choices = next(action.choices for action in cli.build_parser()._actions if action.dest == "command")
    assert {one or other for one, other in COMMAND.findall(text(page))} <= set(choices or ())


def test_files_exist(page: Path) -> None:
    named = [name for name in PATH.findall(text(page)) if not PLACEHOLDER.search(name)]
    assert [name for name in named if not any(candidates(name)) and name not in MADE] == []


def test_keys_do_something(page: Path) -> None:
    bound = {action.shortcut for action in (*ACTIONS, *page_actions())}
    assert {keys for keys in KEYS.findall(text(page)) if not {keys, keys.rstrip(".,")} & bound} == set()


def headings(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    found = re.findall(r"^#+ (.+)$", text(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in found}


def candidates(name: str) -> Iterator[bool]:
    """Yield whether a path exists in the repository, and in the package."""
    yield (REPOSITORY / name).exists()
    yield (REPOSITORY / "genre_desktop" / name).exists()
