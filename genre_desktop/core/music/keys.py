"""Musical keys: names, places on the Camelot wheel, and how tag fields spell them and the tempo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Mode = Literal["major", "minor"]

_NAMES: dict[Mode, tuple[str, ...]] = {
    "major": ("C", "D♭", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B"),
    "minor": ("C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "G♯", "A", "B♭", "B"),
}
"""The usual spelling of each tonic, that with fewer accidentals."""
_CAMELOT_OF_C = {"major": 8, "minor": 5}
_LETTER = {"major": "B", "minor": "A"}


@dataclass(frozen=True, slots=True)
class Key:
    """A tonic as its pitch class, 0 (C) to 11 (B), and a mode."""

    tonic: int
    mode: Mode

    @property
    def name(self) -> str:
        """``A minor``, ``F♯ major``: the tonic, a space, the mode."""
        return f"{_NAMES[self.mode][self.tonic]} {self.mode}"

    @property
    def camelot(self) -> str:
        """Place on the Camelot wheel, ``1A`` to ``12B``: neighbours there are a fifth apart, equal numbers relative."""
        number = (_CAMELOT_OF_C[self.mode] + 7 * self.tonic - 1) % 12 + 1
        return f"{number}{_LETTER[self.mode]}"

    @property
    def wheel_place(self) -> int:
        """Place in the order of Camelot codes, 1 (``1A``), 2 (``1B``) to 24 (``12B``)."""
        return 2 * int(self.camelot[:-1]) - (self.mode == "minor")

    @property
    def tag(self) -> str:
        """``F#m``, ``Bb``: how tag fields spell it, at most three ASCII characters (ID3v2.4, frame TKEY)."""
        tonic = _NAMES[self.mode][self.tonic].replace("♯", "#").replace("♭", "b")
        return tonic + ("m" if self.mode == "minor" else "")


KEYS: tuple[Key, ...] = tuple(Key(tonic, mode) for mode in _NAMES for tonic in range(12))
"""All keys, major first, from C upwards."""
_BY_NAME = {key.name: key for key in KEYS}


def key_of(name: str) -> Key | None:
    """Return the key with a :attr:`Key.name`; None for any other text."""
    return _BY_NAME.get(name)


def key_tag(name: str) -> str:
    """Return how tag fields spell the key with this name; empty for any other text."""
    key = key_of(name)
    return key.tag if key else ""


def tempo_tag(bpm: float | None) -> str:
    """Return how tag fields spell a tempo, in whole beats per minute (ID3v2.4, frame TBPM); empty for None."""
    return "" if bpm is None else str(int(bpm + 0.5))


def camelot(name: str) -> str:
    """Return the Camelot code of the key with this name; empty for any other text."""
    key = key_of(name)
    return key.camelot if key else ""
