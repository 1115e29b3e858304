"""Rules of the library that need no store: which label and which group a file belongs to."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path

from genre_desktop.core.serialization import surrogate_safe

NOBODY = frozenset({"", "various artists", "various", "va", "unknown artist", "unknown", "n/a", "none", "-"})
"""Artist tags that name nobody: a compilation is not one artist."""

NO_ALBUM = frozenset({"", "unknown album", "unknown", "untitled", "n/a", "none", "-"})


def normalize_text(text: str) -> str:
    """Text as a person reads it: one Unicode form (macOS writes another), single spaces, no edges.

    Bytes of a name that are no Unicode are written out, so that it can be stored.
    """
    return " ".join(unicodedata.normalize("NFC", surrogate_safe(text)).split())


def label_key(label: str) -> str:
    """What two spellings of one genre have in common: ``Hip-Hop``, ``hip hop`` and ``hiphop``."""
    return "".join(c for c in normalize_text(label).casefold() if c not in " -_")


def same_label(label: str, known: Iterable[str]) -> str:
    """The spelling of ``label`` that is already in use, else its own.

    ``known`` in order of preference. Without this, a folder ``Rock`` would become an eleventh genre
    beside the starter models' ``rock``.
    """
    wanted = label_key(label)
    return next((name for name in known if label_key(name) == wanted), normalize_text(label))


def label_of(path: Path, root: Path) -> str:
    """The genre folder a file lies in: the first level below ``root``; empty when there is none."""
    parts = path.relative_to(root).parts
    return normalize_text(parts[0]) if len(parts) > 1 else ""


def group_key(path: Path, label_folder: Path, artist: str | None, album: str | None) -> str:
    """Which clips must stay on one side of a split: the same artist, else album, else folder.

    Parameters
    ----------
    path:
        The file.
    label_folder:
        The folder that gives the label. A file lying directly in it gets a group of its own:
        this folder holds a whole genre, and a split that keeps a genre together cannot learn it.
    artist, album:
        Tags, where the file has them; names such as "Various Artists" count as none.

    Returns
    -------
    str
        ``artist:…``, ``album:…``, ``folder:…`` or ``file:…``.
    """
    name = normalize_text(artist or "").casefold()
    if name not in NOBODY:
        return f"artist:{name}"
    title = normalize_text(album or "").casefold()
    if title not in NO_ALBUM:
        return f"album:{title}"
    if path.parent != label_folder:
        return surrogate_safe(f"folder:{path.parent}")
    return surrogate_safe(f"file:{path}")
