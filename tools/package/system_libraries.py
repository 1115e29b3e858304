"""Lists the system libraries that a frozen program uses, and the C library version it needs (Linux).

``python -m tools.package.system_libraries dist/genre-desktop``
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

# Loaded by name at run time, so no file declares them.
BY_NAME = {"libpulse.so.0": "pulsectl", "libEGL.so.1": "Qt", "libGL.so.1": "Qt"}


def libraries(bundle: Path) -> Iterator[Path]:
    """Every shared library and program in the bundle, links left out."""
    for path in sorted(bundle.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == b"\x7fELF":
                    yield path


def from_outside(bundle: Path) -> dict[str, list[str]]:
    """Libraries that the bundle needs and does not hold, each with those that ask for it."""
    held = {path.name for path in bundle.rglob("*.so*")}
    needed: dict[str, list[str]] = {name: [whose] for name, whose in BY_NAME.items()}
    for path in libraries(bundle):
        for name in re.findall(r"NEEDED +(\S+)", _headers(path)):
            if name not in held:
                needed.setdefault(name, []).append(path.relative_to(bundle).as_posix())
    return dict(sorted(needed.items()))


def c_library(bundle: Path) -> str:
    """The oldest GNU C library that has all that is asked for, such as ``"2.34"``."""
    versions = {
        found for path in libraries(bundle) for found in re.findall(r"GLIBC_(\d+\.\d+)", _headers(path))
    }
    return max(versions, key=lambda version: tuple(map(int, version.split("."))))


def packages(names: list[str]) -> list[str]:
    """The Debian packages that hold these libraries on this computer."""
    found = set()
    for name in names:
        asked = subprocess.run(["dpkg-query", "-S", f"*/{name}"], capture_output=True, text=True)
        found.update(line.split(":")[0] for line in asked.stdout.splitlines() if line.endswith(f"/{name}"))
    return sorted(found)


def _headers(path: Path) -> str:
    return subprocess.run(["objdump", "-p", str(path)], capture_output=True, text=True, check=True).stdout


def main() -> None:
    """Print both."""
    bundle = Path(sys.argv[1])
    outside = from_outside(bundle)
    for name, users in outside.items():
        print(f"{name:<28} {len(users):>4}  {users[0]}")
    print("Debian packages:", ", ".join(packages(list(outside))))
    print("GNU C library:", c_library(bundle))


if __name__ == "__main__":
    main()
