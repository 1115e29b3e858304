"""Column layouts of feature tables: the published GTZAN ones, and contract columns in any order.

The 57 columns of ``gtzan_features_30s.csv`` and ``gtzan_features_10s.csv`` have their contract names,
so these are read like any table in contract columns. ``gtzan_features_167.csv`` uses some of the same
names for other values (its ``rms_mean`` is of the power spectrogram) and is identified by its label
column, ``filedir``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from genre_desktop.core.errors import AppError
from genre_desktop.core.messages import message
from genre_desktop.ml.features import schema

LABELS = ("label", "genre", "class")
FOLDER = "filedir"
NAMES = ("filename", "file", "name", "path")
GROUPS = ("group", "artist")
START, LENGTH_S, LENGTH_SAMPLES = "start_s", "length_s", "length"
"""The first two in seconds; ``length`` counts samples at 22050 Hz, as the published tables do."""

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Layout:
    """Positions in a line of the table; None for missing columns.

    ``features`` maps the position of a column to its place in a feature row.
    """

    header: tuple[str, ...]
    label: int
    name: int | None
    group: int | None
    start: int | None
    length: int | None
    features: dict[int, int]

    @property
    def samples(self) -> bool:
        """True when the length column counts samples."""
        return self.length is not None and self.header[self.length] == LENGTH_SAMPLES


def of_header(path: Path, cells: Sequence[str]) -> Layout:
    """Return the layout of a header line.

    Raises
    ------
    AppError
        ``table-no-label``; ``table-columns`` for repeated or unknown columns, or no known one.
    """
    header = tuple(_tidy(cell.strip()) for cell in cells)
    repeated = [name for name, n in Counter(header).items() if n > 1]
    if repeated:
        raise AppError("table-columns/repeated", name=path.name, names=some(repeated))
    labels = (FOLDER,) if FOLDER in header else LABELS
    label = _position(header, labels)
    if label is None:
        raise AppError("table-no-label", name=path.name, names=" or ".join(LABELS))
    features = _features(header)
    known = {*labels, *NAMES, *GROUPS, START, LENGTH_S, LENGTH_SAMPLES, *schema.NAMES, *_published(header)}
    unknown = [name for name in header if name not in known]
    if unknown:
        raise AppError("table-columns/unknown", name=path.name, names=some(unknown))
    if not features:
        raise AppError("table-columns", name=path.name)
    return Layout(
        header,
        label,
        _position(header, NAMES),
        _position(header, GROUPS),
        _position(header, (START,)),
        _position(header, (LENGTH_S, LENGTH_SAMPLES)),
        features,
    )


def _tidy(name: str) -> str:
    """Lower ``Genre``, ``Filename`` and the like."""
    return name.lower() if name.lower() in {*LABELS, *NAMES, *GROUPS} else name


def _features(header: Sequence[str]) -> dict[int, int]:
    """Map positions in the line to places in the feature row."""
    if FOLDER in header:
        sources = schema.table_columns()
        wanted = {
            sources[n].column: i
            for i, n in enumerate(schema.SIGNAL_NAMES)
            if sources[n].table == schema.TABLE_167
        }
    else:
        wanted = {name: i for i, name in enumerate(schema.NAMES)}
    return {position: wanted[name] for position, name in enumerate(header) if name in wanted}


def _published(header: Sequence[str]) -> Iterator[str]:
    """Return the columns of a published table, including those outside the contract."""
    return _names_167() if FOLDER in header else _names_57()


def _names_57() -> Iterator[str]:
    pairs = ("chroma_stft", "rms", "rolloff", "zero_crossing_rate", "harmony", "perceptr")
    spectral = ("spectral_centroid", "spectral_bandwidth")
    for base in (*pairs, *spectral, *(f"mfcc{i}" for i in range(1, 21))):
        yield from (f"{base}_mean", f"{base}_var")
    yield "tempo"


def _names_167() -> Iterator[str]:
    yield from ("zcr_max", "rms_max", "onset_rate", "tempo_bpm", "beats_per_sec")
    yield from ("hpss_harm_ratio", "hpss_perc_ratio")
    chroma = {"chroma_stft": 12, "chroma_cqt": 12, "chroma_cens": 12}
    series = {"contrast": 7, "poly": 3, **chroma, "mfcc": 20, "tonnetz": 6}
    singles = ("zcr", "rms", "centroid", "bandwidth", "rolloff85", "rolloff95", "flatness", "mel_spec")
    for base in (*singles, *(f"{name}_{i}" for name, n in series.items() for i in range(n))):
        yield from (f"{base}_mean", f"{base}_std")


def _position(header: Sequence[str], names: Iterable[str]) -> int | None:
    return next((header.index(name) for name in names if name in header), None)


def some(names: Sequence[object]) -> str:
    """Return the first few names as text."""
    shown = ", ".join(str(name) or "(no name)" for name in names[:_SHOWN])
    more = len(names) - _SHOWN
    return message("{shown} and {n} more", shown=shown, n=more) if more > 0 else shown
