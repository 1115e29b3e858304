"""Rules for labels: how they are cleaned and compared, and which label and group a file has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from genre_desktop.core.errors import AppError
from genre_desktop.core.serialization import surrogate_safe

NO_ARTIST = frozenset(
    {"", "various artists", "various", "va", "unknown artist", "unknown", "n/a", "none", "-"}
)
"""Artist tags that name no artist; the clips of a compilation are not by one artist."""

NO_ALBUM = frozenset({"", "unknown album", "unknown", "untitled", "n/a", "none", "-"})

MOST_CHARACTERS = 200
"""Of a label, so that a plain one fits into a metric's name of MLflow (:mod:`.monitoring.metric_names`)."""

_ESCAPE_SEQUENCES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # colours, movements
    r"|(?:\x1b[P\]X^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x80-\x9f]*(?:\x07|\x1b\\|\x9c)"  # titles, links
    r"|\x1b[ -/]*[0-~]"
)
"""What a terminal would obey (ECMA-48)."""

_JOINERS = "\u200c\u200d"
"""They shape Persian and Indic words and join emoji, and show nothing themselves."""

_BLANK = frozenset(f"{_JOINERS}\u115f\u1160\u2800\u3164\uffa0")
"""Characters that show nothing although Unicode counts them as letters or symbols."""


def normalize_text(text: str) -> str:
    """Return text in Unicode form NFC (macOS writes NFD), with single spaces and none at the ends.

    Undecodable bytes are escaped, so that the text can be stored.
    """
    return " ".join(unicodedata.normalize("NFC", surrogate_safe(text)).split())


def tidy_label(label: str) -> str:
    """Return a label without what cannot be seen and could mislead, as :func:`normalize_text` spells it.

    Escape sequences of terminals, control characters, marks of direction and other invisible characters are removed,
    except the joiners U+200C and U+200D. Everything else stays, markup and a leading ``=`` too: quoting is the task of
    what writes them. Never fails; labels of older versions may be longer than :data:`MOST_CHARACTERS`.
    """
    text = " ".join(_ESCAPE_SEQUENCES.sub("", surrogate_safe(label)).split())
    return normalize_text("".join(filter(_is_kept, text)))


def clean_label(label: str) -> str:
    """Return a label as it is stored: every label that enters the program passes here.

    Raises
    ------
    AppError
        ``empty-label`` when nothing visible is left, ``label-too-long`` beyond :data:`MOST_CHARACTERS`.
    """
    text = tidy_label(label)
    if not any(map(_is_visible, text)):
        raise AppError("empty-label")
    if len(text) > MOST_CHARACTERS:
        raise AppError("label-too-long", n=len(text), most=MOST_CHARACTERS)
    return text


def label_key(label: str) -> str:
    """Return a key that is equal for all spellings of a genre: ``Hip-Hop``, ``hip hop``, ``hiphop``.

    Empty for an empty label only: one of hyphens alone is its own key.
    """
    text = tidy_label(label).casefold()
    return "".join(c for c in text if c not in f" -_{_JOINERS}") or text


def same_label(label: str, known: Iterable[str]) -> str:
    """Return the spelling of ``label`` among ``known`` (in order of preference), else its own, tidied.

    Otherwise a folder ``Rock`` would add a genre to the starter models' ``rock``.
    """
    wanted = label_key(label)
    own = tidy_label(label) or normalize_text(label)
    return next((name for name in known if label_key(name) == wanted), own)


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
    """Return the name of the genre folder of a file, the first level below ``root``, or an empty text.

    Raises
    ------
    AppError
        As :func:`clean_label`.
    """
    parts = path.relative_to(root).parts
    return clean_label(parts[0]) if len(parts) > 1 else ""


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


def _is_kept(character: str) -> bool:
    category = unicodedata.category(character)
    if category in ("Cc", "Cf"):
        return character in _JOINERS
    number = ord(character)
    return not (
        0xFDD0 <= number <= 0xFDEF or number & 0xFFFE == 0xFFFE
    )  # no characters: XML has none of them


def _is_visible(character: str) -> bool:
    return unicodedata.category(character)[0] not in "MZ" and character not in _BLANK
