"""Named arrays as one file: NumPy's npz without pickle and without a clock, so that equal data give equal bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.paths import write_atomically

_NO_TIME = (1980, 1, 1, 0, 0, 0)


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write ``arrays`` compressed and atomically; ``numpy.load(path, allow_pickle=False)`` reads them.

    Raises
    ------
    ValueError
        An array holds objects.
    """
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            part = BytesIO()
            np.lib.format.write_array(part, array, allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", _NO_TIME), part.getvalue(), zipfile.ZIP_DEFLATED)
    write_atomically(path, buffer.getvalue())
