"""``python -m fuzz.regressions TARGET FILE…`` adds inputs of mended findings."""

from __future__ import annotations

import sys
from pathlib import Path

from fuzz.regressions import add

if __name__ == "__main__":
    add(sys.argv[1], [Path(name) for name in sys.argv[2:]])
