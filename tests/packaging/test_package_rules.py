"""Contents of the bundle and its desktop integration; ``make package`` tests the frozen program itself."""

from __future__ import annotations

import configparser
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from genre_desktop.cli import build_parser
from tools.package import check_contents, deb, licences, linux, manpage, platforms


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/translations/qtquick_de.qm",
        "pandas/tests/io/data.csv",
        "plotly/package_data/plotly.min.js",
        "libstdc++.so.6",
        "libpulsecommon-16.1.so",
        "libX11.so.6",
        "onnxruntime/capi/libonnxruntime.so.1.32.0",
        "onnxruntime/datasets/sigmoid.onnx",
    ],
)
def test_what_no_process_needs_stays_out(place: str) -> None:
    assert check_contents.left_out(place)


@pytest.mark.parametrize(
    "place",
    [
        "resources/demo.flac",
        "models/champion/bundle.json",
        "models/encoder/musicnn.onnx",
        "onnxruntime/capi/onnxruntime_pybind11_state.cpython-311-x86_64-linux-gnu.so",
        "onnxruntime/capi/libonnxruntime_providers_shared.so",
        "evidently/nbextension/static/index.js",
        "plotly/package_data/templates/plotly.json",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/Qt/plugins/iconengines/libqsvgicon.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "av.libs/libopus-114e2b1a.so.0.11.1",
        "libopus-114e2b1a.so.0.11.1",
        "libportaudio.so.2",
        "libxcb-cursor.so.0",
        "libpython3.11.so.1.0",
    ],
)
def test_what_is_needed_stays_in(place: str) -> None:
    assert not check_contents.left_out(place)


def test_every_module_of_our_own_is_taken_along() -> None:
    root = Path(check_contents.__file__).parents[2]
    modules = [
        ".".join(path.relative_to(root).with_suffix("").parts) for path in root.glob("genre_desktop/**/*.py")
    ]
    assert len(modules) > 100
    assert all(check_contents.wanted(module) for module in modules)


def test_no_library_that_the_program_imports_is_left_out() -> None:
    root = Path(check_contents.__file__).parents[2]
    imported = set()
    for path in root.glob("genre_desktop/**/*.py"):
        imported.update(re.findall(r"^\s*(?:import|from) ([\w.]+)", path.read_text("utf-8"), re.MULTILINE))
    left_out = {
        name
        for name in imported
        for out in check_contents.LEFT_OUT
        if name == out or name.startswith(f"{out}.")
    }
    assert {name.partition(".")[0] for name in left_out} <= set(check_contents.CLUSTER)


def test_without_the_libraries_of_a_cluster_the_program_says_so(tmp_path: Path) -> None:
    """As in the frozen program, where only ``jobs.cluster`` itself is taken along."""
    code = f"""
import sys
sys.modules.update(dict.fromkeys({check_contents.CLUSTER}))
from genre_desktop import cli
sys.exit(cli.main(["--json", "worker", "127.0.0.1", "--home", {str(tmp_path)!r}]))
"""
    root = Path(check_contents.__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["code"] == "cluster-missing"


def test_the_encoder_needs_nothing_that_is_left_out() -> None:
    code = """
import sys
import numpy as np
from genre_desktop.ml.features.encoder.encoder import Encoder
from genre_desktop.ml.registry.encoder_store import shipped_file
Encoder.load(shipped_file()).encode(np.zeros((1, 187, 96), np.float32))
print(*sys.modules)
"""
    root = Path(check_contents.__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "onnxruntime" in loaded
    assert loaded.isdisjoint(check_contents.LEFT_OUT)


def test_the_manual_tells_every_command_and_option() -> None:
    page = manpage.page()
    plain = page.replace("\\-", "-")
    commands = manpage._commands(build_parser())
    assert {name for name in commands if f'.SS "{name}"' not in plain} == set()
    options = {
        o
        for c in commands.values()
        for a in c._actions
        for o in a.option_strings
        if a.dest not in ("help", "home", "json")
    }
    assert {option for option in options if option not in plain} == set()


@pytest.mark.skipif(shutil.which("man") is None, reason="man is not installed")
def test_the_manual_can_be_read(tmp_path: Path) -> None:
    file = tmp_path / "genre-desktop.1"
    file.write_text(manpage.page(), "utf-8")
    shown = subprocess.run(["man", "--warnings", "-l", str(file)], capture_output=True, text=True, check=True)
    assert "identifies the genre" in shown.stdout
    assert not shown.stderr


def test_the_desktop_opens_sound_and_video_with_it() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(linux.ENTRY, "utf-8")
    facts = entry["Desktop Entry"]
    assert facts["Exec"].endswith("%F")
    kinds = facts["MimeType"].rstrip(";").split(";")
    assert len(kinds) == len(set(kinds))
    assert {"audio/mpeg", "audio/flac", "audio/mp4", "audio/ogg", "video/mp4"} <= set(kinds)


@pytest.mark.skipif(
    shutil.which("desktop-file-validate") is None, reason="desktop-file-validate is not installed"
)
def test_the_desktop_entry_is_valid() -> None:
    checked = subprocess.run(["desktop-file-validate", str(linux.ENTRY)], capture_output=True, text=True)
    assert checked.stdout == ""
    assert checked.returncode == 0


def test_the_share_folder_has_entry_icons_and_manual(tmp_path: Path) -> None:
    found = {
        path.relative_to(tmp_path).as_posix()
        for path in linux.share(tmp_path / "share").rglob("*")
        if path.is_file()
    }
    assert "share/applications/genre-desktop.desktop" in found
    assert "share/man/man1/genre-desktop.1.gz" in found
    assert "share/icons/hicolor/48x48/apps/genre-desktop.png" in found
    assert "share/icons/hicolor/scalable/apps/genre-desktop.svg" in found


def test_parts_are_found_by_the_files_that_are_taken_along(tmp_path: Path) -> None:
    import numpy

    parts = licences.bundled([numpy.__file__])
    assert [part.name for part in parts] == ["Python", "numpy", "musicnn"]
    text = licences.write(parts, tmp_path / "licences.txt").read_text("utf-8")
    assert f"numpy {numpy.__version__}" in text
    assert "Redistribution and use in source and binary forms" in text
    assert "Music Technology Group, Universitat Pompeu Fabra" in text


@pytest.mark.parametrize(
    ("expression", "field", "classifiers", "said"),
    [
        ("MIT", "whatever", ["License :: OSI Approved :: BSD License"], "MIT"),
        (None, "a long text\nof many lines", ["License :: OSI Approved :: BSD License"], "BSD License"),
        (None, "BSD 3-Clause\nRedistribution …", ["License :: OSI Approved"], "BSD 3-Clause"),
        (None, None, [], ""),
    ],
)
def test_a_licence_is_told_shortly(
    expression: str | None, field: str | None, classifiers: list[str], said: str
) -> None:
    assert licences.licence_of(expression, field, classifiers) == said


def test_a_library_that_the_package_does_not_ask_for_is_noticed() -> None:
    assert deb.undeclared(["libc6", "libasound2", "libglib2.0-0"]) == set()
    assert deb.undeclared(["libc6", "libnew1"]) == {"libnew1"}


@pytest.mark.parametrize(("version", "numbers"), [("1.2.3", "(1, 2, 3, 0)"), ("1.2", "(1, 2, 0, 0)")])
def test_windows_is_told_the_version(version: str, numbers: str) -> None:
    assert f"filevers={numbers}" in platforms.version_text(version)
