"""Decoding beside the ffmpeg command line and ``librosa.load``; memory for a three-hour file; time to cancel."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from benchmarks.report import Row, as_markdown, median_seconds
from genre_desktop.audio.decoding.decoder import Decoder, read
from genre_desktop.core.errors import Cancelled
from tools.synthetic_audio import music, write

TITLE = "Decoding"
MINUTES = 3
REPEATS = 60
"""Copies of the three minutes that make the long file."""

_LONG = """
import sys, psutil
from genre_desktop.audio.decoding.decoder import Decoder
highest = 0
with Decoder(sys.argv[1]) as decoder:
    for _ in decoder.blocks():
        highest = max(highest, psutil.Process().memory_info().rss)
print(highest / 2**20, decoder.duration_s)
"""


def ffmpeg_command(path: Path) -> list[str]:
    """The same result from the command line: mono float32 at 22 050 Hz, one thread."""
    return [
        "ffmpeg",
        "-v",
        "error",
        "-threads",
        "1",
        "-i",
        str(path),
        "-ac",
        "1",
        "-ar",
        "22050",
        "-f",
        "f32le",
        "-",
    ]


def against_peers(path: Path) -> list[Row]:
    """Our decoder, ffmpeg (with its start, as a program calling it pays) and librosa on one file."""
    kind = path.suffix[1:]
    ours = median_seconds(lambda: read(path))
    rows = [
        Row(f"{MINUTES} min {kind}, Genre Desktop", ours * 1000, "ms", note="also hashes and checks the file")
    ]
    if shutil.which("ffmpeg"):
        command = ffmpeg_command(path)
        peer = median_seconds(lambda: subprocess.run(command, stdout=subprocess.PIPE, check=True))
        target = "≥ 1" if kind == "mp3" else ""
        rows.append(Row(f"{MINUTES} min {kind}, ffmpeg command line", peer * 1000, "ms", peer / ours, target))
    else:
        rows.append(
            Row(f"{MINUTES} min {kind}, ffmpeg command line", float("nan"), "ms", note="not installed")
        )
    if kind != "m4a":  # librosa needs an ffmpeg program for that
        import librosa

        peer = median_seconds(lambda: librosa.load(path, sr=22_050, mono=True), runs=3)
        rows.append(Row(f"{MINUTES} min {kind}, librosa.load", peer * 1000, "ms", peer / ours))
    return rows


def short_clips(folder: Path) -> list[Row]:
    """A 30 s clip in each everyday format."""
    clip = music(30.0)
    rows = []
    for suffix in (".wav", ".flac", ".mp3", ".m4a", ".ogg", ".opus"):
        path = write(folder / f"short{suffix}", clip)
        rows.append(Row(f"30 s {suffix[1:]}", median_seconds(lambda p=path: read(p)) * 1000, "ms"))
    return rows


def long_file(mp3: Path, folder: Path) -> Row:
    """Peak resident memory of a process that reads three hours in blocks."""
    path = folder / "long.mp3"
    with path.open("wb") as file:
        for _ in range(REPEATS):
            file.write(mp3.read_bytes())
    done = subprocess.run(
        [sys.executable, "-c", _LONG, str(path)], capture_output=True, text=True, check=True
    )
    megabytes, seconds = map(float, done.stdout.split())
    path.unlink()
    return Row(f"{seconds / 3600:.1f} h mp3, highest memory of the process", megabytes, "MiB", target="< 300")


def cancel(path: Path, tries: int = 9) -> Row:
    """Median time from the request to the exception."""
    taken = []
    for _ in range(tries):
        asked = threading.Event()
        when: list[float] = []
        timer = threading.Timer(0.05, lambda e=asked, w=when: (w.append(time.perf_counter()), e.set()))
        timer.start()
        try:
            while True:
                with Decoder(path, cancelled=asked.is_set) as decoder:
                    list(decoder.blocks())
        except Cancelled:
            taken.append(time.perf_counter() - when[0])
    return Row(
        "cancelled in mid-file",
        statistics.median(taken) * 1000,
        "ms",
        target="< 200",
        note=f"worst {max(taken) * 1000:.1f} ms",
    )


def measure() -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        signal = music(60.0 * MINUTES)
        mp3 = write(folder / "three.mp3", signal, options={"write_xing": "0"})
        rows = against_peers(mp3)
        for suffix in (".flac", ".m4a"):
            rows += against_peers(write(folder / f"three{suffix}", signal))
        return [*rows, *short_clips(folder), cancel(mp3), long_file(mp3, folder)]


def main() -> None:
    print(as_markdown(TITLE, measure()))


if __name__ == "__main__":
    main()
