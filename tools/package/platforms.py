"""Metadata of the program for Windows and macOS. Written from the manuals, never run."""

from __future__ import annotations

import sys
from pathlib import Path

NAME = "Genre Desktop"
MACOS = {
    "CFBundleDisplayName": NAME,
    "NSHighResolutionCapable": True,
    "NSMicrophoneUsageDescription": "Genre Desktop listens to the music that plays, on this computer only.",
    "CFBundleDocumentTypes": [
        {
            "CFBundleTypeName": "Sound or video",
            "CFBundleTypeRole": "Viewer",
            "LSHandlerRank": "Alternate",
            "LSItemContentTypes": ["public.audio", "public.movie"],
        }
    ],
}
"""``Info.plist`` entries: why the microphone is asked for, and what files it opens."""

_VERSION = """\
VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0, OS=0x40004, fileType=1),
  kids=[
    StringFileInfo([StringTable("040904B0", [
      StringStruct("FileDescription", "{name}"),
      StringStruct("FileVersion", "{version}"),
      StringStruct("ProductName", "{name}"),
      StringStruct("ProductVersion", "{version}"),
      StringStruct("OriginalFilename", "genre-desktop.exe"),
      StringStruct("LegalCopyright", "MIT License; other parts: resources/licences.txt"),
    ])]),
    VarFileInfo([VarStruct("Translation", [0x409, 1200])]),
  ],
)
"""


def version_text(version: str) -> str:
    """Windows' version resource as PyInstaller reads it; ``version`` as ``"1.2.3"``."""
    numbers = tuple([*(int(part) for part in version.split(".")[:3] if part.isdigit()), 0, 0, 0, 0][:4])
    return _VERSION.format(numbers=numbers, name=NAME, version=version)


def windows_version(folder: Path, version: str) -> str | None:
    """Write the version resource; None on other systems."""
    if sys.platform != "win32":
        return None
    path = folder / "version.txt"
    path.write_text(version_text(version), "utf-8")
    return str(path)
