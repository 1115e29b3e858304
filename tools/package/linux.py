"""Desktop integration on Linux for every kind of installation: desktop entry, icons, man page."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

from tools.package import icons, manpage

REPOSITORY = Path(__file__).resolve().parents[2]
ENTRY = REPOSITORY / "resources" / "desktop" / "genre-desktop.desktop"


def share(folder: Path) -> Path:
    """Fill ``folder`` (``…/share``) with the desktop entry, the icons and the man page; returns it."""
    applications = folder / "applications"
    applications.mkdir(parents=True)
    shutil.copy(ENTRY, applications / ENTRY.name)
    icons.for_desktop(folder / "icons")
    manual = folder / "man" / "man1"
    manual.mkdir(parents=True)
    packed = gzip.compress(manpage.page().encode(), mtime=0)
    (manual / "genre-desktop.1.gz").write_bytes(packed)
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return folder


def copy_bundle(bundle: Path, target: Path) -> Path:
    """Copy a bundle with its links, readable for all users."""
    shutil.copytree(bundle, target, symlinks=True)
    for path in [target, *target.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    return target
