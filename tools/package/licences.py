"""Licences of the third-party parts of the bundle: Python packages, Python, the encoder, system libraries."""

from __future__ import annotations

import importlib.metadata
import json
import platform
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from genre_desktop.core import licences as core_licences

_FILES = re.compile(r"(?:^|/)(?:licen[cs]e|copying|notice|thirdpartynotices|authors)[^/]*$", re.IGNORECASE)
_SITE = re.compile(r".*/(?:site|dist)-packages/")
_COMMON = tuple(
    Path("/usr/share/common-licenses") / name for name in ("Apache-2.0", "GPL-2", "GPL-3", "LGPL-3")
)
"""Full texts that packages refer to without carrying them; every Debian has them."""
_HEAD = """\
Third-party parts of Genre Desktop
==================================

Genre Desktop itself is under the MIT License. This program carries the parts below, each under
its own terms; the full texts follow the list. Qt and PySide are used as shared libraries under the
GNU Lesser General Public License, version 3, and may be exchanged in the folder _internal/PySide6.
"mutagen", and x264 and x265, which the package "av" carries with FFmpeg, are under the GNU General
Public License, version 2 or later: handed on as a whole, this bundle falls under it as well.
Their sources: https://github.com/quodlibet/mutagen, https://ffmpeg.org, https://x265.org,
https://www.videolan.org/developers/x264.html, https://github.com/PyAV-Org/pyav-ffmpeg (how they
were built), https://download.qt.io. Debian's libraries: https://sources.debian.org.

This list was written by the build from the metadata of the packages.

"""


@dataclass(frozen=True, slots=True)
class Part:
    """One package: ``kind`` is ``pypi``, ``deb`` or ``generic``; ``text`` its licence files, joined."""

    name: str
    version: str
    licence: str
    kind: str
    address: str
    text: str


def installed(names: Iterable[str]) -> list[str]:
    """Those of the names that are installed distributions, in order."""
    found = []
    for name in sorted(names):
        try:
            importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
        found.append(name)
    return found


def bundled(sources: Iterable[str]) -> list[Part]:
    """The parts that a bundle's source files come from.

    Parameters
    ----------
    sources:
        Absolute paths of modules and libraries, as PyInstaller's analysis lists them.
    """
    owners = importlib.metadata.packages_distributions()
    distributions: set[str] = set()
    system: set[str] = set()
    for source in sources:
        path = Path(source).as_posix()
        inside = _SITE.match(path)
        if inside:
            top = path[inside.end() :].split("/")[0].split(".")[0]
            distributions.update(owners.get(top, _carrier(top)))
        elif path.startswith(("/lib", "/usr/lib")):
            system.add(path)
    parts = [_python(), *map(_distribution, sorted(distributions - {"genre-desktop"}, key=str.lower))]
    return [*parts, _encoder(), *_debian(system)]


def write(parts: list[Part], path: Path) -> Path:
    """The notices that About shows: a list, then each part's licence texts."""
    lines = [f"{p.name} {p.version}: {p.licence or 'see its text'}" for p in parts]
    texts = [f"{'=' * 78}\n{p.name} {p.version} ({p.licence})\n{p.address}\n\n{p.text}\n" for p in parts]
    texts += [f"{'=' * 78}\n{file.name}\n\n{_read(file)}\n" for file in _COMMON if file.exists()]
    path.write_text(_HEAD + "\n".join(lines) + "\n\n" + "\n".join(texts), "utf-8")
    return path


def write_list(parts: list[Part], path: Path) -> Path:
    """Names, versions and licences as JSON; the bill of materials is made from it."""
    rows = [{k: v for k, v in asdict(part).items() if k != "text"} for part in parts]
    path.write_text(json.dumps(rows, indent=1), "utf-8")
    return path


def _carrier(top: str) -> list[str]:
    # Libraries that wheels carry beside the package: numpy.libs, xgboost_cpu.libs.
    return installed({top.replace("_", "-")})


def _distribution(name: str) -> Part:
    found = importlib.metadata.distribution(name)
    about = found.metadata
    texts = [
        _read(Path(str(found.locate_file(file)))) for file in found.files or () if _FILES.search(str(file))
    ]
    addresses = [
        about.get("Home-page") or "",
        *(u.split(",")[-1].strip() for u in about.get_all("Project-URL") or ()),
    ]
    return Part(
        about["Name"],
        found.version,
        licence_of(about.get("License-Expression"), about.get("License"), about.get_all("Classifier") or []),
        "pypi",
        next((a for a in addresses if a.startswith("http")), f"https://pypi.org/project/{name}/"),
        "\n\n".join(dict.fromkeys(filter(None, texts))),
    )


def licence_of(expression: str | None, field: str | None, classifiers: Iterable[str]) -> str:
    """The licence's short name: the SPDX expression, else the classifiers, else the first line of the field."""
    if expression:
        return expression
    named = [c.split(" :: ")[-1] for c in classifiers if c.startswith("License ::") and c.count("::") > 1]
    first = (field or "").strip().split("\n")[0].strip()
    return ", ".join(named) or first[:100]


def _encoder() -> Part:
    found = core_licences.encoder()
    return Part(found.name, found.version, found.licence, "pypi", found.home, *found.texts)


def _python() -> Part:
    version = platform.python_version()
    places = [Path(sys.base_prefix), Path(sys.base_prefix) / "lib" / f"python{version.rsplit('.', 1)[0]}"]
    text = next((t for place in places for n in ("LICENSE.txt", "LICENSE") if (t := _read(place / n))), "")
    return Part("Python", version, "PSF-2.0", "generic", "https://www.python.org", text)


def _debian(files: set[str]) -> list[Part]:
    owners = {owner for file in files if (owner := _owner(file))}
    return [_debian_part(package) for package in sorted(owners)]


def _owner(file: str) -> str:
    for path in (file, str(Path(file).resolve()), file.removeprefix("/usr")):
        asked = subprocess.run(["dpkg-query", "-S", path], capture_output=True, text=True)
        if asked.returncode == 0:
            return asked.stdout.split(":")[0]
    return ""


def _debian_part(package: str) -> Part:
    asked = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", package], capture_output=True, text=True)
    text = _read(Path("/usr/share/doc") / package / "copyright")
    short = ", ".join(dict.fromkeys(re.findall(r"^License: *(\S.*)$", text, re.MULTILINE)))
    address = f"https://packages.debian.org/{package}"
    return Part(package, asked.stdout.strip(), short or "see its text", "deb", address, text)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8", errors="replace").strip()
    except OSError:
        return ""
