"""Measures the shared GTZAN recordings with our own extractor: data/reference.npz, numbers only.

    python tools/make_reference.py [--data FOLDER] [--out FILE]

The table lets a retrain work on the first day. It is as unbalanced as the recordings are. The same
recordings and the same feature version give the same file.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from genre_desktop import environment

environment.set_up()

from genre_desktop.core.store.library import Clip  # noqa: E402
from genre_desktop.ml.data import gtzan_tables, reference_dataset  # noqa: E402, TID253
from genre_desktop.ml.data.dataset import REFERENCE  # noqa: E402, TID253
from genre_desktop.ml.data.folder_import import measure  # noqa: E402, TID253
from genre_desktop.ml.data.import_item import ImportItem  # noqa: E402, TID253

ENCODER = Path(__file__).resolve().parents[1] / "models" / "encoder" / "musicnn.onnx"
FOLDERS = ("gtzan_mini", "gtzan_more")
"""Never ``real_world``: what is measured on it must not have learned from it."""


def clips(data: Path) -> Iterator[Clip]:
    """Every recording, measured as an import would measure it, with its artist as group."""
    artist = gtzan_tables.load_gtzan_artists(data)
    for folder in FOLDERS:
        for path in sorted((data / folder).glob("*/*.*")):
            found = measure(ImportItem(path, "song"), ENCODER)
            track = gtzan_tables.track_name(path.name)
            yield Clip(
                content_hash=found.clip_hash,
                path=path.name,
                label=path.parent.name,
                group=artist[track],
                source=REFERENCE,
                duration_s=found.duration_s,
                starts=found.starts,
                lengths=found.lengths,
                features=found.features,
            )


def main() -> int:
    """Write the table and say how large it is."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=gtzan_tables.shared_folder())
    parser.add_argument(
        "--out", type=Path, default=Path(__file__).resolve().parents[1] / "data" / "reference.npz"
    )
    options = parser.parse_args()
    found = list(clips(options.data))
    reference_dataset.save(options.out, found)
    sys.stdout.write(f"{len(found)} clips, {sum(len(c.starts) for c in found)} windows in {options.out}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
