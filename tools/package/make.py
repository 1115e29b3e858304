"""Builds and tests all packages: ``make package``.

``python -m tools.package.make [--only bundle|smoke|files]``; results in ``dist/``, a log in ``build/package.log``.
"""

from __future__ import annotations

import argparse
import hashlib
import platform
import subprocess
import sys
import time
from pathlib import Path

from genre_desktop import __version__

REPOSITORY = Path(__file__).resolve().parents[2]
DIST = REPOSITORY / "dist"
BUNDLE = DIST / "genre-desktop"
UNPACKED_MB, PACKED_MB = 600, 220


def main() -> int:
    """Freeze, test and pack; stop at the first failure."""
    parser = argparse.ArgumentParser(description="Freeze the program, try it out, pack it.")
    parser.add_argument("--only", choices=("bundle", "smoke", "files"), help="one step instead of all")
    only = parser.parse_args().only
    for name, step in (("bundle", freeze), ("smoke", smoke_test), ("files", pack)):
        if only in (None, name):
            began = time.monotonic()
            step()
            print(f"{name}: {time.monotonic() - began:.0f} s", flush=True)
    return 0


def freeze() -> None:
    """Build PyInstaller's bundle in ``dist/genre-desktop`` and check its size."""
    command = [
        sys.executable,
        "-m",
        "PyInstaller",
        "--noconfirm",
        "--log-level",
        "WARN",
        "genre_desktop.spec",
    ]
    subprocess.run(command, check=True, cwd=REPOSITORY)
    size = sum(path.lstat().st_size for path in BUNDLE.rglob("*") if not path.is_dir()) / 1e6
    print(f"unpacked: {size:.0f} MB (at most {UNPACKED_MB})", flush=True)
    if size > UNPACKED_MB:
        sys.exit("The bundle is too large.")


def smoke_test() -> None:
    """Run the end-to-end checks with the frozen program."""
    program = BUNDLE / ("genre-desktop.exe" if sys.platform == "win32" else "genre-desktop")
    if not sys.platform.startswith("linux"):
        subprocess.run(
            [str(program), "doctor"], check=True
        )  # a screen and a sound server of its own: Linux only
        return
    command = [
        sys.executable,
        "-m",
        "tools.package.smoke",
        str(program),
        "--pictures",
        str(REPOSITORY / "build" / "smoke"),
    ]
    subprocess.run(command, check=True, cwd=REPOSITORY)


def pack() -> None:
    """Build the downloads, with checksums and a bill of materials."""
    from tools.package import sbom

    files = [*_packed(), sbom.build(BUNDLE, DIST)]
    lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files]
    (DIST / "SHA256SUMS").write_text("".join(lines), "utf-8")
    for file in files:
        print(f"{file.name}: {file.stat().st_size / 1e6:.1f} MB", flush=True)
        if file.stat().st_size > PACKED_MB * 1e6:
            sys.exit("It is too large.")


def _packed() -> list[Path]:
    if not sys.platform.startswith("linux"):
        import shutil

        name = f"genre-desktop-{__version__}-{sys.platform}-{platform.machine()}"
        root = "Genre Desktop.app" if sys.platform == "darwin" else BUNDLE.name
        return [Path(shutil.make_archive(str(DIST / name), "zip", DIST, root))]
    from tools.package import deb, selfextracting, system_libraries

    found = system_libraries.from_outside(BUNDLE)
    missing = deb.undeclared(system_libraries.packages(list(found)))
    if missing:
        sys.exit(f"The Debian package must also depend on: {', '.join(sorted(missing))}")
    print(
        f"libraries of the computer: {', '.join(found)}; GNU C library {system_libraries.c_library(BUNDLE)}",
        flush=True,
    )
    package = deb.build(BUNDLE, DIST)
    return [package, selfextracting.build(package, DIST)]


if __name__ == "__main__":
    sys.exit(main())
