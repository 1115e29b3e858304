"""The download for every other Linux: a script with the program behind it, which installs into the own home."""

from __future__ import annotations

import platform
import subprocess
import tempfile
from pathlib import Path

from genre_desktop import __version__
from tools.package import linux

SCRIPT = Path(__file__).with_name("install.sh")


def build(bundle: Path, folder: Path) -> Path:
    """Write ``genre-desktop-VERSION-linux-MACHINE.run`` into ``folder``; returns it."""
    target = folder / f"genre-desktop-{__version__}-linux-{platform.machine()}.run"
    with tempfile.TemporaryDirectory(dir=folder) as name:
        linux.share(Path(name) / "share")
        script = SCRIPT.read_text("utf-8").replace("@VERSION@", __version__)
        (Path(name) / "uninstall.sh").write_text(_uninstaller(script), "utf-8")
        tar = ["tar", "--owner=0", "--group=0", "--numeric-owner", "--sort=name", "-cf", "-"]
        tar += ["-C", str(bundle.parent), bundle.name, "-C", name, "share", "uninstall.sh"]
        with target.open("wb") as file:
            file.write(script.encode())
            file.flush()
            packing = subprocess.Popen(tar, stdout=subprocess.PIPE)
            subprocess.run(["xz", "-6", "-T2", "-c"], check=True, stdin=packing.stdout, stdout=file)
            if packing.wait():
                raise OSError(f"tar left with {packing.returncode}")
    target.chmod(0o755)
    return target


def _uninstaller(script: str) -> str:
    """The part of the script that removes, as a script of its own."""
    body = script[script.index("remove() {") : script.index("# end of remove")]
    head = f"#!/bin/sh\n# Removes Genre Desktop {__version__}; music, library and models stay.\nset -eu\n"
    call = 'here=$(cd "$(dirname "$0")" && pwd)\nremove "${here%/lib/genre-desktop}"\n'
    return f"{head}{body}\n{call}"
