"""Licences of the packages in this program, read from their metadata, and of the music encoder.

A frozen program has no package metadata; its build writes the text to ``resources/licences.txt``.
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
"""Separator before each part, also in the text of the frozen program (tools/package/licences.py)."""
_BEGINNING = re.compile(rf"^{RULE}\n(?=\S+ \d\S*(?: \(.*)?$)", re.MULTILINE)
"""Start of a part. Licence texts contain such rules too, but not before a name and a version."""


@dataclass(frozen=True, slots=True)
class Component:
    """One package; ``texts`` are its licence files."""

    name: str
    version: str
    licence: str
    home: str
    texts: tuple[str, ...] = ()


def text() -> str:
    """Return the licences of all packages in this program as one text."""
    ready = shipped("resources", "licences.txt")
    return ready.read_text("utf-8") if ready.is_file() else gather()


def gather() -> str:
    """Build the text from the installed packages (half a second)."""
    found = sorted([*parts(), encoder()], key=lambda part: part.name.lower())
    summary = [f"{part.name} {part.version} — {part.licence}" for part in found]
    return "\n".join(
        [f"Genre Desktop is made with the work of others: {len(found)} packages.", "", *summary, ""]
        + [line for part in found for line in _chapter(part)]
    )


def chapters(content: str) -> list[tuple[str, str]]:
    """Split the text by package: ``(heading, its part of the text)``, the summary first."""
    pieces = [piece.strip() for piece in _BEGINNING.split(content)]
    return [(piece.partition("\n")[0], piece) for piece in pieces if piece]


def encoder() -> Component:
    """Return the origin of the music encoder; its weights are shipped, its package is not installed."""
    text = shipped("models", "encoder", "LICENSE").read_text("utf-8")
    return Component("musicnn", "0.1.0", "ISC", "https://github.com/jordipons/musicnn", (text.strip(),))


def parts(root: str = ROOT) -> Iterator[Component]:
    """Yield the installed packages that ``root`` needs, directly or indirectly, without ``root``."""
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
    named = [path for path in dist.files or [] if _LICENCE_FILE.search(path.as_posix())]
    about = [path for path in named if ".dist-info/" in path.as_posix()]
    beside = [path for path in named if len(path.parts) == 2 and path.suffix in ("", ".txt")]  # onnxruntime
    texts = [path.read_text("utf-8") for path in about or beside]
    meta = dist.metadata
    return Component(
        meta["Name"],
        dist.version,
        _licence(dist),
        _home(dist),
        tuple(content.strip() for content in texts if content),
    )


def _licence(dist: Distribution) -> str:
    """Return the licence of a package: its expression, else its classifiers, else the first line of its field."""
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
    for content in part.texts:
        yield from ("", content)
    yield ""


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
