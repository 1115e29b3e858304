from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from genre_desktop.app.i18n import catalogue


@pytest.mark.parametrize("contents", [b"", b"\0" * 100, b"\xde\x12\x04\x95" + b"\xff" * 40, b"text"])
def test_english_is_used_where_translations_are_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, contents: bytes
) -> None:
    whole = catalogue.catalogue_path("de").read_bytes()
    path = tmp_path / "de.mo"
    monkeypatch.setattr(catalogue, "catalogue_path", lambda code: path)
    path.write_bytes(contents)
    assert catalogue.load("de").code == "en"
    path.write_bytes(whole)
    assert catalogue.load("de").code == "de"


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX files")
def test_a_pipe_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "de.mo")
    monkeypatch.setattr(catalogue, "catalogue_path", lambda code: tmp_path / "de.mo")
    assert catalogue.load("de").code == "en"
