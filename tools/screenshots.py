"""Regenerates ``docs/images`` from the real window with the real worker, on a screen of its own.

``python tools/screenshots.py [FOLDER]``; needs Xvfb on Linux, elsewhere it uses the screen there is.
Only sound of our own is shown: the demo clip and copies of it.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from genre_desktop import early

REPOSITORY = Path(__file__).resolve().parents[1]
SIZE = (1280, 840)
PATIENCE_S = 60.0


@contextmanager
def screen() -> Iterator[None]:
    """A screen of our own where Xvfb is installed."""
    if not sys.platform.startswith("linux"):
        yield
        return
    if shutil.which("Xvfb") is None:
        sys.exit("Screenshots need Xvfb: apt-get install xvfb")
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL)
    os.close(writer)
    with os.fdopen(reader) as numbers:
        os.environ["DISPLAY"] = f":{numbers.readline().strip()}"
    os.environ["QT_QPA_PLATFORM"] = "xcb"
    try:
        yield
    finally:
        server.terminate()
        server.wait()


def music(folder: Path) -> list[Path]:
    """The demo clip under the names of a small collection, and a file that is none."""
    folder.mkdir()
    demo = REPOSITORY / "resources" / "demo.flac"
    names = ("Night Drive.flac", "Rooftop.flac", "Señorita Nova.flac", "Ночной рейс.flac")
    paths = [Path(shutil.copy(demo, folder / name)) for name in names]
    broken = folder / "Notes about the gig.mp3"
    broken.write_text("Bring the long cable.", "utf-8")
    return [*paths, broken]


def take_all(target: Path) -> None:
    """Open the window, wait for answers, and take every page in both themes."""
    from genre_desktop.app.results import State
    from genre_desktop.core.paths import Home
    from genre_desktop.ui.main import Program, make_application
    from genre_desktop.ui.pages import PAGES

    app = make_application()

    def wait_for(condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not condition():
            if time.monotonic() > deadline:
                sys.exit("The window did not get as far as expected.")
            app.processEvents()
            time.sleep(0.01)

    def settle(seconds: float = 0.5) -> None:
        until = time.monotonic() + seconds
        wait_for(lambda: time.monotonic() > until)

    def shoot(name: str) -> None:
        for mode in ("light", "dark"):
            program.context.theme.choose(mode)
            settle()
            path = target / f"{name}-{mode}.png"
            program.window.grab().save(str(path))
            print(path.relative_to(REPOSITORY) if path.is_relative_to(REPOSITORY) else path)

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        program = Program(app, Home(Path(folder) / "home"))
        program.window.resize(*SIZE)
        program.show()
        wait_for(lambda: program.host is not None)
        settle(1.5)
        shoot("first-run")
        program.window.open_paths(music(Path(folder) / "Music"))
        analyse = program.window.analyse
        finished = (State.DONE, State.FAILED)
        wait_for(
            lambda: len(analyse.model.rows) == 5 and all(r.state in finished for r in analyse.model.rows)
        )
        analyse.table.show_row(next(row for row in analyse.model.rows if row.state is State.DONE))
        wait_for(lambda: analyse.panel.has_picture)
        settle()
        shoot("analyse")
        for page in PAGES[1:]:
            program.window.show_page(page.id)
            settle(2.0)
            wait_for(lambda: not program.context.jobs.running())
            settle()
            shoot(page.id)
        program.window.close()
        program.close()


def main() -> None:
    """Take the pictures."""
    target = Path(sys.argv[1]).absolute() if len(sys.argv) > 1 else REPOSITORY / "docs" / "images"
    target.mkdir(parents=True, exist_ok=True)
    early.set_up()
    with screen():
        take_all(target)


if __name__ == "__main__":
    multiprocessing.freeze_support()
    main()
