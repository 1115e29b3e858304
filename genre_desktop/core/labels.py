"""Rules that assign a file its label and its group."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path

from genre_desktop.core.serialization import surrogate_safe

NO_ARTIST = frozenset(
    {"", "various artists", "various", "va", "unknown artist", "unknown", "n/a", "none", "-"}
)
"""Artist tags that name no artist; the clips of a compilation are not by one artist."""

NO_ALBUM = frozenset({"", "unknown album", "unknown", "untitled", "n/a", "none", "-"})


def normalize_text(text: str) -> str:
    """Return text in Unicode form NFC (macOS writes NFD), with single spaces and none at the ends.

    Undecodable bytes are escaped, so that the text can be stored.
    """
    return " ".join(unicodedata.normalize("NFC", surrogate_safe(text)).split())


def label_key(label: str) -> str:
    """Return a key that is equal for all spellings of a genre: ``Hip-Hop``, ``hip hop``, ``hiphop``."""
    return "".join(c for c in normalize_text(label).casefold() if c not in " -_")


def same_label(label: str, known: Iterable[str]) -> str:
    """Return the spelling of ``label`` among ``known`` (in order of preference), else its own.

    Otherwise a folder ``Rock`` would add a genre to the starter models' ``rock``.
    """
    wanted = label_key(label)
    return next((name for name in known if label_key(name) == wanted), normalize_text(label))


class Spellings:
    """One spelling for each genre: that among ``known``, else the first that was asked for."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = list(known)
        self._found: dict[str, str] = {}  # many clips have the same label

    def of(self, label: str) -> str:
        """Return the established spelling of a label."""
        if label not in self._found:
            self._found[label] = found = same_label(label, self._known)
            if found and found not in self._known:
                self._known.append(found)
        return self._found[label]


def label_of(path: Path, root: Path) -> str:
    """Return the name of the genre folder of a file, the first level below ``root``, or an empty text."""
    parts = path.relative_to(root).parts
    return normalize_text(parts[0]) if len(parts) > 1 else ""


def group_key(path: Path, label_folder: Path, artist: str | None, album: str | None) -> str:
    """Return the key of clips that must stay on one side of a split: same artist, else album, else folder.

    Parameters
    ----------
    path:
        The file.
    label_folder:
        The folder that gives the label. A file directly in it gets a group of its own, because a
        model cannot learn a genre whose clips are all on one side.
    artist, album:
        Tags of the file, if any; names such as "Various Artists" count as none.

    Returns
    -------
    str
        ``artist:…``, ``album:…``, ``folder:…`` or ``file:…``.
    """
    name = normalize_text(artist or "").casefold()
    if name not in NO_ARTIST:
        return f"artist:{name}"
    title = normalize_text(album or "").casefold()
    if title not in NO_ALBUM:
        return f"album:{title}"
    if path.parent != label_folder:
        return surrogate_safe(f"folder:{path.parent}")
    return surrogate_safe(f"file:{path}")
