"""The Debian package: the bundle in ``/opt``, a command, a desktop entry that opens sound files, a man page."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from genre_desktop import __version__
from tools.package import linux

DEPENDS = (
    "libasound2 | libasound2t64", "libbrotli1", "libc6 (>= 2.35)", "libdbus-1-3", "libegl1", "libfontconfig1",
    "libfreetype6", "libgcc-s1", "libgl1", "libglib2.0-0 | libglib2.0-0t64", "libpulse0", "libstdc++6",
    "libwayland-client0", "libwayland-cursor0", "libwayland-egl1", "libx11-6", "libx11-xcb1", "libxcb-render0",
    "libxcb-shm0", "libxcb1", "libxext6", "libxrender1", "libzstd1", "xkb-data", "zlib1g",
)  # fmt: skip
"""Packages with the libraries that :mod:`.system_libraries` finds outside the bundle, and keyboard data."""

RECOMMENDS = ("libasound2-plugins", "fonts-dejavu-core | fonts-freefont-ttf", "xdg-utils")
"""For PulseAudio or PipeWire, text, and opening reports."""

_CONTROL = """\
Package: genre-desktop
Version: {version}
Architecture: {architecture}
Maintainer: The Genre Desktop founders <founders@genre-desktop.invalid>
Installed-Size: {size}
Depends: {depends}
Recommends: {recommends}
Section: sound
Priority: optional
Description: identifies the genre of your music
 Analyses songs, videos and live audio: shows the genre, its confidence and
 where in the song it changes, trains on your corrections, and detects when your
 music differs from the training music. All data stays on this computer.
"""
_COPYRIGHT = """\
Genre Desktop is under the MIT License:

{licence}
The authors and licences of its third-party parts are listed in
/opt/genre-desktop/_internal/resources/licences.txt
"""


def build(bundle: Path, folder: Path) -> Path:
    """Write ``genre-desktop_VERSION_ARCHITECTURE.deb`` into ``folder``; returns it."""
    architecture = _output_of("dpkg", "--print-architecture")
    target = folder / f"genre-desktop_{__version__}_{architecture}.deb"
    with tempfile.TemporaryDirectory(dir=folder) as name:
        root = Path(name) / "root"
        _fill(root, bundle, architecture)
        command = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--build", str(root), str(target)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return target


def _fill(root: Path, bundle: Path, architecture: str) -> None:
    root.mkdir(mode=0o755)
    linux.copy_bundle(bundle, root / "opt" / "genre-desktop")
    linux.share(root / "usr" / "share")
    binaries = root / "usr" / "bin"
    binaries.mkdir()
    (binaries / "genre-desktop").symlink_to("/opt/genre-desktop/genre-desktop")
    document = root / "usr" / "share" / "doc" / "genre-desktop"
    document.mkdir(parents=True)
    licence = (linux.REPOSITORY / "LICENSE").read_text("utf-8")
    (document / "copyright").write_text(_COPYRIGHT.format(licence=licence), "utf-8")
    control = root / "DEBIAN"
    control.mkdir()
    (control / "control").write_text(
        _CONTROL.format(
            version=__version__,
            architecture=architecture,
            size=_kilobytes(root),
            depends=", ".join(DEPENDS),
            recommends=", ".join(RECOMMENDS),
        ),
        "utf-8",
    )


def undeclared(packages: list[str]) -> set[str]:
    """Return the packages that :data:`DEPENDS` does not list."""
    named = {word.split()[0] for entry in DEPENDS for word in entry.split(" | ")}
    return set(packages) - named


def _kilobytes(root: Path) -> int:
    return sum(os.lstat(path).st_size for path in root.rglob("*")) // 1024


def _output_of(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
