"""Installs the Debian package in a minimal Debian, runs the smoke test there, and removes it again.

``python -m tools.package.debian dist/genre-desktop_*.deb FOLDER``, as root. FOLDER is created
with ``debootstrap`` (Debian 12, base only) unless it exists.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tools.package import deb, smoke

MIRROR = "http://deb.debian.org/debian"
SOUND = ("libasound2-plugins", "fonts-dejavu-core")
"""Recommended packages that a desktop has: the ALSA plug-in of the sound server, and fonts."""


def main() -> int:
    """Install, test and remove; the exit code is 1 if a check failed or files were left behind."""
    package, root = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    if not (root / "usr").exists():
        subprocess.run(["debootstrap", "--variant=minbase", "bookworm", str(root), MIRROR], check=True)
    (root / "tmp" / package.name).write_bytes(package.read_bytes())
    before = _files(root)
    _apt(root, "install", f"/tmp/{package.name}", *SOUND)
    installed = _in(root, "dpkg-query", "-W", "-f", "${binary:Package}\\n").splitlines()
    print(f"installed; {len(installed)} packages in all, {len(deb.DEPENDS)} are asked for by name")
    print(
        _in(
            root,
            "dpkg-query",
            "-W",
            "-f",
            "${db:Status-Abbrev} ${Version} ${Installed-Size} kB",
            "genre-desktop",
        )
    )
    sys.argv = ["smoke", "/usr/bin/genre-desktop", "--root", str(root), "--pictures", "build/smoke-debian"]
    failed = smoke.main()
    _apt(root, "purge", "genre-desktop")
    left = {path for path in _files(root) - before if "genre-desktop" in path or "genre_desktop" in path}
    left = {path for path in left if not path.startswith(("var/log/", "var/lib/dpkg/", "var/cache/", "tmp/"))}
    print(f"removed; left behind: {sorted(left) or 'nothing'}")
    return min(1, failed + len(left))


def _apt(root: Path, *words: str) -> None:
    command = [
        "env",
        "DEBIAN_FRONTEND=noninteractive",
        "apt-get",
        "-qq",
        "-y",
        "--no-install-recommends",
        *words,
    ]
    subprocess.run(["chroot", str(root), *command], check=True, stdout=subprocess.DEVNULL)


def _in(root: Path, *command: str) -> str:
    return subprocess.run(["chroot", str(root), *command], check=True, capture_output=True, text=True).stdout


def _files(root: Path) -> set[str]:
    tops = ("etc", "home", "opt", "root", "srv", "usr", "var", "tmp")
    return {str(path.relative_to(root)) for top in tops for path in (root / top).rglob("*")}


if __name__ == "__main__":
    sys.exit(main())
