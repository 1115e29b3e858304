"""Tests a frozen program end to end, as a user would run it, and reports the results.

``python -m tools.package.smoke dist/genre-desktop/genre-desktop [--root DEBIAN] [--pictures FOLDER]``

Everything happens in an empty home with a clean environment, outside the repository. Needs Xvfb,
xdotool and ImageMagick; PulseAudio for live mode. With ``--root`` the program runs inside that
folder (a small Debian), as root. The audio is synthetic.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from genre_desktop.audio.sandbox import pool
from tools import synthetic_audio
from tools.package.sandbox import Failure, Place, small_debian, until
from tools.pulse_server import PulseServer
from tools.screenshots import screen

REPOSITORY = Path(__file__).resolve().parents[2]
OLD_HOME = REPOSITORY / "tests" / "packaging" / "home-0.1.0.tar.xz"
STARTS = 5
GENRES = ("blues", "disco", "metal", "classical")
_RATE = 22_050


def main() -> int:
    """Run every check; the exit code is 1 when one of them failed."""
    parser = argparse.ArgumentParser(description="Try out a frozen Genre Desktop.")
    parser.add_argument("program", help="the executable, as seen from inside")
    parser.add_argument("--root", type=Path, help="folder that is / for the program: a small Debian")
    parser.add_argument("--pictures", type=Path, help="keep screenshots here")
    arguments = parser.parse_args()
    root = arguments.root.resolve() if arguments.root else None
    program = arguments.program if root else str(Path(arguments.program).resolve())
    with ExitStack() as stack:
        stack.enter_context(small_debian(root))
        stack.enter_context(screen())
        os.environ.pop("QT_QPA_PLATFORM", None)
        above = root / "tmp" if root else Path(tempfile.gettempdir())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=above, prefix="smoke-")))
        place = Place(program, folder, root or Path("/"))
        return _run(place, arguments.pictures or folder)


def _run(place: Place, pictures: Path) -> int:
    pictures.mkdir(parents=True, exist_ok=True)
    server = _sound_server(place)
    sounds = make_sounds(place.folder / "sounds")
    checks: list[tuple[str, Callable[[], str]]] = [
        ("doctor", lambda: doctor(place)),
        ("predict wav, mp3, mp4", lambda: predict(place, sounds)),
        ("import", lambda: import_library(place, sounds / "library")),
        ("train", lambda: train(place)),
        ("drift check with report", lambda: drift(place, sounds / "library")),
        ("models, jobs, alerts, evaluate", lambda: lists(place, sounds / "library")),
        ("started by MLflow", lambda: started_by_mlflow(place)),
        ("window with a file", lambda: window(place, sounds, pictures, server)),
        ("start times", lambda: starts(place, sounds)),
        ("home of the previous build", lambda: old_home(place)),
        ("logs", lambda: place.check_logs() or "no traceback in any log"),
    ]
    failed = 0
    try:
        for name, check in checks:
            failed += not _passes(name, check)
    finally:
        for process in place.processes():
            process.kill()
        if server is not None:
            server.kill()
    print("All is well." if not failed else f"{failed} checks failed.", flush=True)
    return min(failed, 1)


def _passes(name: str, check: Callable[[], str]) -> bool:
    began = time.monotonic()
    try:
        text, good = check(), True
    except (AssertionError, KeyError, ValueError) as error:
        text, good = f"{type(error).__name__}: {error}", False
    print(f"{'ok  ' if good else 'BAD '} {name:<32} {time.monotonic() - began:6.1f} s  {text}", flush=True)
    return good


def doctor(place: Place) -> str:
    """Check that ``doctor`` succeeds in the frozen program, and that it decodes as protected as this one."""
    found = json.loads(place.run("doctor", "--json"))
    _expect(found["ok"] and found["platform"]["frozen"], f"doctor says {found}")
    sealed = found["decoder"]["protection"]
    _expect(sealed == str(pool.protection()), f"the decoder has {sealed}, here it is {pool.protection()}")
    return f"Python {found['versions']['python']}, {len(found['sound']['inputs'])} inputs, demo is {found['demo']['genre']}, {sealed}"


def predict(place: Place, sounds: Path) -> str:
    """Classify three containers, one of them a video, with one command."""
    names = ("song.wav", "song.mp3", "film.mp4")
    rows = _rows(place.run("predict", "--json", *(place.inside(sounds / name) for name in names)))
    _expect(len(rows) == 3 and not any(row["error"] for row in rows), f"predict says {rows}")
    return ", ".join(
        f"{Path(row['path']).suffix} {row['genre']} in {row['elapsed_ms']:.0f} ms" for row in rows
    )


def import_library(place: Place, library: Path) -> str:
    """Import a folder per genre."""
    found = json.loads(place.run("import", "--json", place.inside(library)))
    _expect(found["added"] == len(list(library.glob("*/*"))) and not found["skipped"], f"import says {found}")
    return f"{found['added']} clips"


def train(place: Place) -> str:
    """Retrain on the imported clips with two families, from scikit-learn and XGBoost."""
    found = json.loads(place.run("train", "--json", "--families", "lda,xgboost", "--trials", "2"))
    return f"version {found['version']} ({found['family']}) in {found['seconds']:.0f} s"


def drift(place: Place, library: Path) -> str:
    """Run a drift check with Evidently's self-contained report."""
    rows = _rows(place.run("predict", "--json", "--recursive", place.inside(library)))
    _expect(not any(row["error"] for row in rows), "a clip of the library could not be read")
    report = place.folder / "report.html"
    found = json.loads(place.run("drift", "--json", "--html", place.inside(report)))
    _expect(found["n_current"] >= 30 and report.stat().st_size > 1_000_000, f"drift says {found}")
    return f"{len(found['features'])} features, report {report.stat().st_size / 1e6:.1f} MB"


def lists(place: Place, library: Path) -> str:
    """Run the read-only commands, a promotion and a rollback."""
    versions = json.loads(place.run("models", "--json"))
    newest = versions[0]["version"]
    place.run("models", "promote", newest)
    place.run("models", "rollback")
    place.run("jobs", "--json")
    place.run("alerts", "--json")
    place.run("devices", "--json")
    scores = json.loads(place.run("evaluate", "--json", place.inside(library)))
    return f"{len(versions)} versions, {scores['n']} clips evaluated"


def started_by_mlflow(place: Place) -> str:
    """Check that the program exits at once when MLflow starts it as if it were Python."""
    began = time.monotonic()
    place.run("/x/_capture_modules.py", "--model-path", "/x")
    return f"left after {time.monotonic() - began:.1f} s"


def window(place: Place, sounds: Path, pictures: Path, server: PulseServer | None) -> str:
    """Open a file, start again with another, take pictures, listen, quit."""
    last = _newest(place)
    process = place.start(place.inside(sounds / "song.mp3"))
    _expect(until(lambda: _newest(place) > last, 60.0), "the window gave no answer")
    _expect(until(lambda: len(place.windows()) == 1, 10.0), f"{len(place.windows())} windows instead of one")
    time.sleep(2.0)  # the picture: its panel slides in
    _picture(pictures / "window.png")
    last = _newest(place)
    second = place.start(place.inside(sounds / "song.wav"))
    _expect(until(lambda: second.poll() == 0, 30.0), "a second start did not hand its file over and leave")
    _expect(until(lambda: _newest(place) > last, 60.0), "the file of a second start was not answered")
    heard = _listen(place, sounds, pictures, server)
    _expect(len(place.windows()) == 1, "there is a second window")
    _key("ctrl+q")
    _expect(until(lambda: process.poll() is not None, 30.0), "the window did not quit")
    _expect(process.returncode == 0, f"the window left with {process.returncode}")
    place.expect_no_process("the window")
    return f"answered, {heard}, quit, nothing left"


def starts(place: Place, sounds: Path) -> str:
    """Measure warm starts: medians until the window and the first answer appear."""
    runs = []
    for number in range(STARTS + 1):  # files that are in the list already are not analysed again
        unknown = shutil.copy(sounds / "thirty.flac", sounds / f"thirty {number}.flac")
        runs.append(_start(place, place.inside(unknown)))
    del runs[0]
    seen, answered = (statistics.median(run[i] for run in runs) for i in (0, 1))
    return f"window {seen:.2f} s, first answer {answered:.2f} s (medians of {STARTS})"


def old_home(place: Place) -> str:
    """Check that a home of the previous build works after it was moved."""
    home = place.folder / "moved elsewhere" / "my music"
    home.mkdir(parents=True)
    with tarfile.open(OLD_HOME) as archive:
        archive.extractall(home, filter="data")
    expected = json.loads((OLD_HOME.with_name("home-0.1.0.json")).read_text("utf-8"))
    at = ("--home", place.inside(home), "--json")
    found = json.loads(place.run("doctor", *at))
    _expect(found["ok"], f"doctor says {found}")
    rows = found["store"]["rows"]
    _expect(
        all(rows[table] >= n for table, n in expected["rows"].items() if table in rows),
        f"the store has {rows}",
    )
    versions = json.loads(place.run("models", *at))
    aliases = {model["version"]: model["aliases"] for model in versions}
    _expect(set(expected["versions"]) <= set(aliases), f"the models are {versions}")
    _expect("champion" in aliases[expected["champion"]], f"the models are {versions}")
    return f"{len(versions)} models, {sum(rows.values())} rows"


def make_sounds(folder: Path) -> Path:
    """Write a song in three containers, one of thirty seconds, and a library of forty synthetic clips."""
    folder.mkdir()
    synthetic_audio.write(folder / "song.wav")
    synthetic_audio.write(folder / "song.mp3")
    synthetic_audio.write(folder / "film.mp4", video=True)
    synthetic_audio.write(folder / "thirty.flac", synthetic_audio.music(30.0))
    random = np.random.default_rng(1)
    t = np.arange(5 * _RATE) / _RATE
    for number, genre in enumerate(GENRES):
        (folder / "library" / genre).mkdir(parents=True)
        for clip in range(10):
            tone = np.sin(2 * np.pi * (90 + 110 * number + 7 * clip) * t)
            beat = np.exp(-8 * (t % (0.3 + 0.1 * number))) * random.normal(size=t.size)
            # louder beats are taken for noise, which gets no genre
            sound = 0.3 * np.tanh((1 + number) * tone) + 0.05 * beat + 0.001 * random.normal(size=t.size)
            soundfile.write(folder / "library" / genre / f"Artist {clip % 5} - Song {clip}.wav", sound, _RATE)
    return folder


def _start(place: Place, path: str) -> tuple[float, float]:
    last = _newest(place)
    began = time.monotonic()
    process = place.start(path)
    _expect(until(place.windows, 30.0), "no window")
    seen = time.monotonic() - began
    _expect(until(lambda: _newest(place) > last, 60.0), "no answer")
    answered = time.monotonic() - began
    process.terminate()
    process.wait(30.0)
    place.expect_no_process("a start")
    return seen, answered


def _newest(place: Place) -> int:
    return int(str(place.query("SELECT coalesce(max(id), 0) FROM predictions")[0][0]))


def _listen(place: Place, sounds: Path, pictures: Path, server: PulseServer | None) -> str:
    if server is None:
        return "no sound server here: live mode not tried"
    _key("ctrl+l")
    playing = server.play(sounds / "thirty.flac")
    heard = until(lambda: place.query("SELECT 1 FROM predictions WHERE source = 'live'"), 60.0)
    if heard:
        time.sleep(3.0)  # the picture
    _picture(pictures / "live.png")
    playing.kill()
    playing.wait()
    _expect(heard, "live mode heard nothing")
    _key("ctrl+l")
    return "heard music live"


def _sound_server(place: Place) -> PulseServer | None:
    if shutil.which("pulseaudio") is None:
        return None
    folder = place.folder / "pulse"
    folder.mkdir()
    server = PulseServer(folder)
    os.environ["PULSE_SERVER"] = server.address
    server.start()
    return server


def _key(keys: str) -> None:
    window_id = Place.windows()[0]
    subprocess.run(["xdotool", "windowfocus", "--sync", window_id], check=True)
    subprocess.run(["xdotool", "key", "--clearmodifiers", keys], check=True)


def _picture(path: Path) -> None:
    subprocess.run(["import", "-window", "root", str(path)], check=True)


def _rows(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def _expect(truth: object, otherwise: str) -> None:
    if not truth:
        raise Failure(otherwise)


if __name__ == "__main__":
    sys.exit(main())
