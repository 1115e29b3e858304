"""The self-extracting download for other Linux systems, which installs into the user's home."""

from __future__ import annotations

import platform
import subprocess
from pathlib import Path

from genre_desktop import __version__

SCRIPT = Path(__file__).with_name("install.sh")


def build(package: Path, folder: Path) -> Path:
    """Write ``genre-desktop-VERSION-linux-MACHINE.run`` into ``folder``; returns it.

    Parameters
    ----------
    package:
        The Debian package: its packed files, untouched, are what the script unpacks, so both hold the same.
    """
    target = folder / f"genre-desktop-{__version__}-linux-{platform.machine()}.run"
    with target.open("wb") as file:
        file.write(SCRIPT.read_text("utf-8").replace("@VERSION@", __version__).encode())
        file.flush()
        subprocess.run(["ar", "p", str(package), "data.tar.xz"], check=True, stdout=file)
    target.chmod(0o755)
    return target
