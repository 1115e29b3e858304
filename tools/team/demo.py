"""``python -m tools.team.demo``: all of a team's parts on loopback, and a walk through them with a check at each step.

It ends after ``LIMIT_S`` at the latest, and leaves no process and no file behind, also after Ctrl-C, SIGTERM or an
error. ``--keep FOLDER`` keeps homes, songs and logs.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from tools.team.services import ServiceUnavailableError
from tools.team.walk import walk

LIMIT_S = 1500


def main() -> int:
    """Run the demonstration; 0 when every check passed, 1 when one failed, 130 when it was interrupted."""
    parser = argparse.ArgumentParser(description="A team of two desktops on this computer, step by step.")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep homes, songs and logs in FOLDER")
    arguments = parser.parse_args()
    with _ends_in_time(), _folder(arguments.keep) as folder:
        try:
            return _show(folder)
        except KeyboardInterrupt:
            print("Interrupted; everything is stopped.", flush=True)
            return 130
        except (ServiceUnavailableError, TimeoutError) as error:
            print(f"✗ {error}", flush=True)
            return 1


def _show(folder: Path) -> int:
    passed = True
    for outcome in walk(folder):
        sign = "✓" if outcome.passed else "✗"
        print(f"{sign} {outcome.title} ({outcome.seconds:.0f} s)\n    {outcome.sentence}", flush=True)
        passed = passed and outcome.passed
    print("Everything went as it should." if passed else "A check failed.", flush=True)
    return 0 if passed else 1


@contextmanager
def _ends_in_time() -> Iterator[None]:
    """Turn SIGTERM and the end of the time into exceptions, so that everything is cleaned up."""
    signal.signal(signal.SIGTERM, _interrupted)
    signal.signal(signal.SIGINT, _interrupted)  # in the background a shell has it ignored
    if sys.platform != "win32":
        signal.signal(signal.SIGALRM, _too_late)
        signal.alarm(LIMIT_S)
    try:
        yield
    finally:
        if sys.platform != "win32":
            signal.alarm(0)


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    """Yield an absolute folder, which is removed unless it was asked for."""
    if kept is not None:
        kept.mkdir(parents=True)  # an earlier run's homes would know the songs already
        yield kept.absolute()
        return
    folder = Path(tempfile.mkdtemp(prefix="gd-team-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _interrupted(number: int, frame: FrameType | None) -> None:
    for quiet in (signal.SIGTERM, signal.SIGINT):  # what ends now must end in order
        signal.signal(quiet, signal.SIG_IGN)
    raise KeyboardInterrupt


def _too_late(number: int, frame: FrameType | None) -> None:
    raise TimeoutError(f"It was not done after {LIMIT_S // 60} minutes.")


if __name__ == "__main__":
    sys.exit(main())
