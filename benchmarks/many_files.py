"""A folder of tens of thousands of tiny files through the whole program: ``predict``, and a drop on the window.

``MANY_FILES`` sets their number; what is said of 100 000 is extrapolated from it.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import psutil
import soundfile
from numpy.typing import NDArray

from benchmarks.report import Row, as_markdown
from benchmarks.timer_jitter import WindowTicks, bare_loop
from genre_desktop import environment
from genre_desktop.core.paths import Home
from tools.screenshots import screen
from tools.synthetic_audio import music

FILES = int(os.environ.get("MANY_FILES", "20000"))
WINDOW_FILES = int(os.environ.get("MANY_FILES_WINDOW", str(FILES)))
TITLE = f"A folder of {FILES:,} tiny files"
LIBRARY = 100_000
WORKERS = min(os.cpu_count() or 1, 4)
KILLED_AT = 0.9
"""Share of the files answered when the command is killed: resuming costs most near the end."""

_RATE = 22_050
_KINDS = ((".wav", "PCM_16"), (".flac", "PCM_16"), (".ogg", "VORBIS"), (".mp3", "MPEG_LAYER_III"))
_ALBUM, _ALBUMS = 10, 5
"""Files in an album, and albums of an artist."""


def make_tree(top: Path, number: int) -> None:
    """Write ``number`` files of 1.5 to 3 s as ARTIST/ALBUM/SONG, in four formats, no two of the same sound."""
    with ProcessPoolExecutor() as processes:
        list(processes.map(partial(_make_album, top, number), range(0, number, _ALBUM), chunksize=20))


def _make_album(top: Path, number: int, first: int) -> None:
    artist, album = divmod(first // _ALBUM, _ALBUMS)
    folder = top / f"artist {artist:05}" / f"album {album}"
    folder.mkdir(parents=True)
    for index in range(first, min(first + _ALBUM, number)):
        suffix, subtype = _KINDS[index % len(_KINDS)]
        soundfile.write(folder / f"song {index:06}{suffix}", _sound(index), _RATE, subtype=subtype)


def _sound(index: int) -> NDArray[np.float32]:
    rng = np.random.default_rng(index)
    source = _source(index % 8)
    length = rng.integers(3 * _RATE // 2, 3 * _RATE)
    start = rng.integers(len(source) - length)
    return np.ascontiguousarray(source[start : start + length]) * np.float32(rng.uniform(0.3, 1.0))


@cache
def _source(seed: int) -> NDArray[np.float32]:
    return music(25.0, _RATE, 1, seed)


class Command:
    """A running ``predict`` over a folder, and which files it has named."""

    def __init__(self, home: Home, top: Path, *options: str) -> None:
        self.began = time.perf_counter()
        command = [sys.executable, "-m", "genre_desktop", "predict", str(top), "-r", "--json", *options]
        command += ["--home", str(home.root), "--workers", str(WORKERS)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.tree = psutil.Process(self._process.pid)
        self.named: Counter[str] = Counter()

    def __iter__(self) -> Iterator[int]:
        """Yield how many files were named, as they are."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            answer = json.loads(line)
            assert answer["error"] is None, answer["error"]
            self.named[answer["path"]] += 1
            yield self.named.total()

    def kill(self) -> None:
        """End it without warning; its workers notice."""
        workers = self.tree.children()
        self._process.kill()
        self._process.wait()
        psutil.wait_procs(workers, timeout=30)

    def wait(self) -> None:
        assert self._process.wait() == 0


def command_line(home: Home, top: Path, number: int) -> list[Row]:
    """The rows of a run that is killed near its end, and of the one that resumes it."""
    command = Command(home, top)
    seen: list[Sample] = []
    for done in command:
        if done % max(1, number // 200) == 0:
            seen.append(sample(home, command.tree))
        if done >= round(number * KILLED_AT):
            break
    command.kill()
    cost = Cost(seen, number)
    return [
        Row(f"`predict`, {WORKERS} workers", cost.per_second, "files/s"),
        Row("`predict`, a core", cost.per_core, "files/s", note=f"processor time of all processes; extrapolated: "
            f"{LIBRARY:,} files on 4 cores {LIBRARY / cost.per_core / 4 / 3600:.2g} h"),
        Row("of it the command itself, without its workers", cost.own_ms, "ms/file"),
        Row("memory of its processes after a quarter (PSS)", cost.quarter, "MB"),
        Row(f"memory at {KILLED_AT:.0%}", cost.end, "MB", cost.end / cost.quarter, "≤ 1.1"),
        *resumed(home, top, number),
    ]  # fmt: skip


def resumed(home: Home, top: Path, number: int) -> list[Row]:
    """Continue the killed run to its end."""
    known = stored_answers(home)
    answered: list[float] = []
    command = Command(home, top, "--resume")
    watch = threading.Thread(target=_wait_for_answer, args=(home, known, command.began, answered))
    watch.start()
    shown = 0.0
    for done in command:
        if done > known and not shown:
            shown = time.perf_counter() - command.began
    command.wait()
    watch.join()
    wrong = [path for path in command.named if command.named[path] != 1]
    lost = number - len(command.named)
    again = stored_answers(home) - number
    return [
        Row(
            f"resumed after kill -9 with {known} answered: first new answer", answered[0], "s", target="≤ 3 s"
        ),
        Row("the same, shown after those from before", shown, "s"),
        Row("files lost", lost + len(wrong), "", target="0"),
        Row("files analysed twice", again, "", target="0", note=f"{WORKERS} were being analysed"),
    ]


def _wait_for_answer(home: Home, known: int, began: float, answered: list[float]) -> None:
    while stored_answers(home) == known:
        time.sleep(0.01)
    answered.append(time.perf_counter() - began)


def stored_answers(home: Home) -> int:
    connection = sqlite3.connect(f"file:{home.store}?mode=ro", uri=True)
    try:
        return int(connection.execute("SELECT count(*) FROM predictions").fetchone()[0])
    finally:
        connection.close()


def window(home: Home, top: Path, number: int) -> list[Row]:
    """The rows of a folder dropped on the window, which is a process of its own and is watched from here."""
    command = [sys.executable, "-m", "benchmarks.many_files", str(home.root), str(top)]
    seen: list[Sample] = []
    beside: list[Row] = []
    with bare_loop(beside), subprocess.Popen(command, stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        tree = psutil.Process(program.pid)
        program.stdout.readline()  # the folder is dropped
        while not seen or seen[-1].done < number:
            time.sleep(max(0.2, number / 20_000))
            seen.append(sample(home, tree))
        output, _ = program.communicate()
    cost = Cost(seen, number)
    growth = (cost.own_end - cost.own_quarter) / (0.75 * number)
    return [
        Row("dropped on the window", cost.per_second, "files/s"),
        Row("dropped on the window, a core", cost.per_core, "files/s",
            note="processor time of the window and its workers"),
        Row("of it the window, without its workers", cost.own_ms, "ms/file"),
        Row("memory of window and workers after a quarter (PSS)", cost.quarter, "MB"),
        Row("memory of window and workers at the end", cost.end, "MB", cost.end / cost.quarter, "≤ 1.1"),
        Row("memory of the window alone", cost.own_end, "MB", cost.own_end / cost.own_quarter,
            note=f"{growth * 1000:.2g} kB a file; extrapolated: "
            f"{cost.own_end + growth * (LIBRARY - number):.0f} MB for {LIBRARY:,}"),
        *(Row(**row) for row in json.loads(output.splitlines()[-1])),
        *beside,
    ]  # fmt: skip


class Sample(NamedTuple):
    """Files answered, seconds, processor time (s) and memory (MB) of a tree of processes, and of its root alone."""

    done: int
    clock: float
    work: float
    megabytes: float
    own_work: float
    own_megabytes: float


def sample(home: Home, root: psutil.Process) -> Sample:
    """Measure a process and its workers, but not jobs, which have a lower priority."""
    nice = root.nice()
    members = [root]
    for child in root.children(recursive=True):
        with contextlib.suppress(psutil.Error):
            members += [child] if child.nice() == nice else []
    work, megabytes = [cpu_of(one) for one in members], [pss(one) for one in members]
    return Sample(stored_answers(home), time.perf_counter(), sum(work), sum(megabytes), work[0], megabytes[0])


class Cost:
    """Rates and memory (MB) from the samples of a run over ``number`` files, from a twentieth of them on."""

    def __init__(self, seen: list[Sample], number: int) -> None:
        warm, last = next(one for one in seen if one.done >= number / 20), seen[-1]
        files = last.done - warm.done
        self.per_second = files / (last.clock - warm.clock)
        self.per_core = files / (last.work - warm.work)
        self.own_ms = (last.own_work - warm.own_work) / files * 1000
        after = next(place for place, one in enumerate(seen) if one.done >= number / 4)
        quarter, end = seen[max(0, after - 2) : after + 3], seen[-5:]
        self.quarter, self.end = (statistics.median(one.megabytes for one in some) for some in (quarter, end))
        self.own_quarter, self.own_end = (
            statistics.median(one.own_megabytes for one in some) for some in (quarter, end)
        )


def _dropped(home: Home, top: Path) -> list[Row]:
    """Drop the folder and wait for all answers; this process is the window."""
    from benchmarks.soak import opened

    program, run_for = opened(home)
    session = program.context.session
    run_for(5)
    ticks, began = WindowTicks(), time.perf_counter()
    print("dropped", flush=True)
    program.window.open_paths([top])
    run_for(600, lambda: not session.snapshot().searching)
    searched, found = time.perf_counter() - began, session.snapshot().found
    walk = ticks.rows(" while the folder is searched")
    run_for(3 * 3600, lambda: not session.busy)
    analysis = ticks.rows(" while its files are analysed")
    run_for(5)
    program.close()
    return [Row("dropped on the window: searched", searched, "s", note=f"{found:,} rows"), *walk, *analysis]


def pss(process: psutil.Process) -> float:
    """Memory of a process in MB, what it shares divided among its users."""
    try:
        memory = process.memory_full_info()
    except psutil.Error:
        return 0.0
    return float(getattr(memory, "pss", memory.uss)) / 1e6


def cpu_of(process: psutil.Process) -> float:
    """Processor time in seconds."""
    try:
        times = process.cpu_times()
    except psutil.Error:
        return 0.0
    return float(times.user + times.system)


def measure() -> list[Row]:
    environment.set_up()
    with tempfile.TemporaryDirectory() as name, screen():
        folder = Path(name)
        make_tree(folder / "songs", FILES)
        rows = command_line(Home(folder / "home").create(), folder / "songs", FILES)
        if WINDOW_FILES != FILES:
            make_tree(folder / "dropped", WINDOW_FILES)
        dropped = folder / ("songs" if WINDOW_FILES == FILES else "dropped")
        return [*rows, *window(Home(folder / "other home").create(), dropped, WINDOW_FILES)]


if __name__ == "__main__":
    if sys.argv[1:]:
        environment.set_up()
        print(json.dumps([asdict(row) for row in _dropped(Home(Path(sys.argv[1])), Path(sys.argv[2]))]))  # fmt: skip
    else:
        print(as_markdown(TITLE, measure()))
