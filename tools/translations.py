"""Keep ``resources/translations`` in step with the texts in the code, by means of Babel.

``python -m tools.translations`` adds new texts to every ``CODE.po``, drops those that are gone, and writes the
``CODE.mo`` that the program reads. It ends with an error while a text lacks its translation.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.pofile import read_po

REPOSITORY = Path(__file__).resolve().parents[1]
FOLDER = REPOSITORY / "resources" / "translations"
SOURCES = ("genre_desktop",)
KEYWORDS = ("tr", "mark", "N_", "message", "plural:2,3", "message_plural:2,3")
"""Functions whose arguments are collected, in Babel's notation: those with two take singular and plural."""


def extract(target: Path) -> None:
    """Write a template of all texts in the code."""
    keywords = [option for keyword in KEYWORDS for option in ("-k", keyword)]
    _babel(
        "extract", "--no-default-keywords", *keywords, "--add-location=file", "--sort-by-file", "--no-wrap",
        "-o", target, *SOURCES,
    )  # fmt: skip


def update(po: Path) -> None:
    """Bring a language up to date with the code."""
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "texts.pot"
        extract(template)
        _babel(
            "update", "--no-fuzzy-matching", "--ignore-obsolete", "--ignore-pot-creation-date", "--no-wrap",
            "-i", template, "-o", po, "-l", po.stem,
        )  # fmt: skip
    compile_to(po, po.with_suffix(".mo"))


def compile_to(po: Path, mo: Path) -> None:
    """Check a language and write what the program reads."""
    _babel("compile", "--statistics", "-i", po, "-o", mo, "-l", po.stem)


def missing(po: Path) -> list[str]:
    """Return the texts that lack a translation."""
    with po.open("rb") as file:
        return [str(message.id) for message in read_po(file) if message.id and not _is_whole(message.string)]


def _is_whole(translation: str | tuple[str, ...]) -> bool:
    return all(translation) if isinstance(translation, tuple) else bool(translation)


def _babel(command: str, *arguments: str | Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "babel.messages.frontend", "-q", command, *map(os.fspath, arguments)],
        cwd=REPOSITORY,
        check=True,
    )


def main() -> int:
    """Update every language, and report what is left to translate."""
    left = 0
    for po in sorted(FOLDER.glob("*.po")):
        update(po)
        for text in missing(po):
            print(f"{po.stem}: not translated: {text!r}")
            left += 1
    return min(left, 1)


if __name__ == "__main__":
    sys.exit(main())
