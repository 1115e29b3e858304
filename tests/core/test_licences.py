from __future__ import annotations

from pathlib import Path

import pytest

from genre_desktop.core import licences


@pytest.fixture(scope="module")
def text() -> str:
    return licences.gather()


def test_direct_and_indirect_parts_are_named_with_licence_and_text(text: str) -> None:
    chapters = dict(licences.chapters(text))
    by_name = {heading.split()[0].lower().replace("_", "-"): body for heading, body in chapters.items()}
    assert "BSD" in by_name["numpy"]
    assert "Redistribution and use" in by_name["numpy"]
    assert "LGPL" in by_name["pyside6-essentials"]
    assert "MIT" in by_name["onnxruntime"]
    assert "Permission is hereby granted" in by_name["onnxruntime"]  # its text is not beside its metadata
    assert "Universitat Pompeu Fabra" in by_name["musicnn"]
    assert "pooch" in by_name  # librosa needs it, we do not
    assert "pytest" not in by_name  # that is for developers, and not shipped
    assert "genre-desktop" not in by_name


def test_the_summary_comes_first_and_names_every_part(text: str) -> None:
    (heading, summary), *chapters = licences.chapters(text)
    assert heading.startswith("Genre Desktop is made with the work of others")
    assert len(chapters) > 50
    for part, _ in chapters:
        assert part in summary


def test_every_part_names_its_licence(text: str) -> None:
    _, summary = licences.chapters(text)[0]
    named = [line.partition(" — ") for line in summary.splitlines()[2:]]
    assert [part for part, _, licence in named if not licence] == []


def test_a_ready_text_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ready = tmp_path / "licences.txt"
    ready.write_text("All of them, frozen.", "utf-8")
    monkeypatch.setattr(licences, "shipped", lambda *_: ready)
    assert licences.text() == "All of them, frozen."
    assert licences.chapters(licences.text()) == [("All of them, frozen.", "All of them, frozen.")]
