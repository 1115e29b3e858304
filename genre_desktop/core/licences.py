"""Whose work is in this program, and under which licences: read from the installed packages.

The frozen program has no installed packages to ask; there the text lies ready as
``resources/licences.txt``, written when the program was frozen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from genre_desktop.core.paths import shipped

ROOT = "genre-desktop"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|copyright)[^/]*$", re.IGNORECASE)
RULE = "=" * 78
"""Stands before each part, here as in the text of the frozen program (tools/package/licences.py)."""
_BEGINNING = re.compile(rf"^{RULE}\n(?=\S+ \d\S*(?: \(.*)?$)", re.MULTILINE)
"""Licence texts have such rules too; only before a name with its version does it begin a part."""


@dataclass(frozen=True, slots=True)
class Component:
    """One package: ``texts`` are the licence files that came with it."""

    name: str
    version: str
    licence: str
    home: str
    texts: tuple[str, ...] = ()


def text() -> str:
    """The licences of everything this program is made with, as one text for people."""
    ready = shipped("resources", "licences.txt")
    return ready.read_text("utf-8") if ready.is_file() else gather()


def gather() -> str:
    """The same text, made from the packages that are installed now (half a second)."""
    found = sorted(parts(), key=lambda part: part.name.lower())
    summary = [f"{part.name} {part.version} — {part.licence}" for part in found]
    return "\n".join(
        [f"Genre Desktop is made with the work of others: {len(found)} packages.", "", *summary, ""]
        + [line for part in found for line in _chapter(part)]
    )


def chapters(words: str) -> list[tuple[str, str]]:
    """The text cut where the packages begin: ``(heading, its part of the text)``, the summary first."""
    pieces = [piece.strip() for piece in _BEGINNING.split(words)]
    return [(piece.partition("\n")[0], piece) for piece in pieces if piece]


def parts(root: str = ROOT) -> Iterator[Component]:
    """Every installed package that ``root`` needs, directly or through others; ``root`` itself is left out."""
    waiting, seen = [root], {_plain(root)}
    while waiting:
        try:
            dist = distribution(waiting.pop())
        except PackageNotFoundError:  # for another system, or optional
            continue
        for name in _requirements(dist):
            if _plain(name) not in seen:
                seen.add(_plain(name))
                waiting.append(name)
        if _plain(dist.metadata["Name"]) != _plain(root):
            yield _part(dist)


def _requirements(dist: Distribution) -> Iterator[str]:
    for line in dist.requires or []:
        name, _, marker = line.partition(";")
        match = _NAME.match(name.strip())
        if match and "extra" not in marker:
            yield match.group()


def _part(dist: Distribution) -> Component:
    files = [path for path in dist.files or [] if ".dist-info/" in path.as_posix()]
    texts = [dist.read_text(path.as_posix().partition(".dist-info/")[2]) for path in files
             if _LICENCE_FILE.search(path.as_posix())]  # fmt: skip
    meta = dist.metadata
    return Component(
        meta["Name"],
        dist.version,
        _licence(dist),
        _home(dist),
        tuple(words.strip() for words in texts if words),
    )


def _licence(dist: Distribution) -> str:
    """What a package says of its licence: the expression, else the classifiers, else its own first line."""
    if expression := _field(dist, "License-Expression"):
        return expression
    classified = [
        line.rpartition(" :: ")[2]
        for line in dist.metadata.get_all("Classifier") or []
        if line.startswith("License ::") and not line.endswith("OSI Approved")
    ]
    own = _field(dist, "License").strip().partition("\n")[0]
    return ", ".join(classified) or own or "see its licence text"


def _home(dist: Distribution) -> str:
    pages = dict(line.split(", ", 1) for line in dist.metadata.get_all("Project-URL") or [] if ", " in line)
    named = {label.lower(): address for label, address in pages.items()}
    wanted = ("homepage", "home", "repository", "source", "source code")
    return _field(dist, "Home-page") or next((named[label] for label in wanted if label in named), "")


def _field(dist: Distribution, name: str) -> str:
    found = dist.metadata.get_all(name)
    return str(found[0]) if found else ""


def _chapter(part: Component) -> Iterator[str]:
    yield from (RULE, f"{part.name} {part.version}", part.licence)
    if part.home:
        yield part.home
    for words in part.texts:
        yield from ("", words)
    yield ""


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
