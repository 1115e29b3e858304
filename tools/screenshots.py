"""Regenerates ``docs/images`` from the real window with the real worker, on a screen of its own.

``python -m tools.screenshots [FOLDER]``; needs Xvfb and PulseAudio on Linux, elsewhere it uses the screen
and the sound there are.
Only music of our own is seen and named. Where the shared recordings are at hand, the picture of a drift
is taken too: it shows statistics of them, but no recording.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from genre_desktop import environment

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog, QWidget

REPOSITORY = Path(__file__).resolve().parents[1]
SHARED = REPOSITORY.parent / "shared" / "data" / "gtzan_mini"
SIZE = (1280, 840)
PATIENCE_S = 600.0
MADE_UP = 3000
"""Songs on the picture of the map."""

DIALOGS = (
    ("preferences", "edit.preferences"), ("microphone", "live.check"), ("shortcuts", "help.keys"),
    ("about", "help.about"),
)  # fmt: skip
"""Pictures of dialogs and the actions that open them."""


@contextmanager
def screen() -> Iterator[None]:
    """A screen of our own where Xvfb is installed."""
    if not sys.platform.startswith("linux"):
        yield
        return
    if shutil.which("Xvfb") is None:
        sys.exit("Screenshots need Xvfb: apt-get install xvfb")
    with x_server("1600x1000") as display:
        os.environ["DISPLAY"] = display
        os.environ["QT_QPA_PLATFORM"] = "xcb"
        yield


@contextmanager
def x_server(size: str) -> Iterator[str]:
    """An X server of so many pixels, ``"1600x1000"``, with nothing on it; gives its display."""
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{size}x24", "-nolisten", "tcp"]
    # Without this it starts afresh whenever its last client leaves, and turns away who comes meanwhile.
    command.append("-noreset")
    server = subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL)
    os.close(writer)
    try:
        with os.fdopen(reader) as numbers:
            display = f":{numbers.readline().strip()}"
        yield display
    finally:
        server.terminate()
        server.wait()


@contextmanager
def sound() -> Iterator[Callable[[Path], subprocess.Popen[bytes]] | None]:
    """Run a private sound server on Linux; yields a function that plays a file on it."""
    if not sys.platform.startswith("linux"):
        yield None
        return
    from tools.pulse_server import running_server

    with running_server() as server:
        yield server.play


class ScreenshotSession:
    """A running program that is operated and captured."""

    def __init__(self, target: Path, folder: Path, *, restores: bool = False) -> None:
        from genre_desktop.core.logs import setup
        from genre_desktop.core.paths import Home
        from genre_desktop.ui.application import Application, make_application

        home = Home(folder / "home").create()
        setup.set_up(home.logs)
        self.app, self.target = make_application(), target
        self.program = Application(self.app, home, first=restores)
        self.window = self.program.window
        self.window.resize(*SIZE)
        self.program.show()
        self.wait_for(lambda: self.program.host is not None)
        self.settle(1.5)

    def wait_for(self, condition: Callable[[], bool]) -> None:
        """Process events until a condition is met."""
        deadline = time.monotonic() + PATIENCE_S
        while not condition():
            if time.monotonic() > deadline:
                sys.exit("The window did not get as far as expected.")
            self.app.processEvents()
            time.sleep(0.01)

    def settle(self, seconds: float = 0.5) -> None:
        """Process events for a while."""
        until = time.monotonic() + seconds
        self.wait_for(lambda: time.monotonic() > until)

    def shoot(self, name: str, what: QWidget | None = None) -> None:
        """Save the window or ``what`` in both themes."""
        for mode in ("light", "dark"):
            self.program.context.theme.choose(mode)
            self.settle()
            path = self.target / f"{name}-{mode}.png"
            (what or self.window).grab().save(str(path))
            print(path.relative_to(REPOSITORY) if path.is_relative_to(REPOSITORY) else path)

    def analyse(self, paths: Sequence[Path]) -> None:
        """Open files or folders and wait until all are answered."""
        self.window.open_paths(list(paths))
        self.settle()
        self.wait_for(lambda: not self.program.context.session.busy)

    def dialog(self, action: str) -> QDialog:
        """Trigger an action and return the dialog that it opened."""
        from PySide6.QtWidgets import QDialog

        self.program.context.actions[action].trigger()
        opened = lambda: [it for it in self.window.findChildren(QDialog) if it.isVisible()]  # noqa: E731
        self.wait_for(lambda: bool(opened()))
        self.settle(1.5)
        found: QDialog = opened()[0]
        return found

    def jobs_done(self) -> None:
        """Wait until no job runs, and dismiss its message."""
        self.settle(2.0)
        self.wait_for(lambda: not self.program.context.jobs.running())
        self.settle()
        self.window.notifications.toast.dismiss()

    def close(self) -> None:
        """Quit."""
        self.window.close()
        self.program.close()


def take_all(target: Path, folder: Path, play: Callable[[Path], subprocess.Popen[bytes]] | None) -> None:
    """Capture every page and dialog from the first start on, then a drift."""
    from tools import make_sample_music

    session = ScreenshotSession(target, folder)
    session.shoot("first-run")
    broken = folder / "Music" / "Notes about the gig.mp3"
    paths = [*make_sample_music.write_all(folder / "Music"), broken]
    broken.write_text("Bring the long cable.", "utf-8")
    session.analyse(paths)
    take_answers(session)
    take_live(session, paths, play)
    for page in ("library", "models", "monitor"):
        session.window.show_page(page)
        session.jobs_done()
        session.shoot(page)
    session.window.show_page("analyse")
    for name, action in DIALOGS:
        dialog = session.dialog(action)
        session.shoot(name, dialog)
        dialog.close()
        session.settle()
    if SHARED.is_dir():
        take_drift(session, folder)
    session.shoot("log", session.dialog("help.log"))
    session.close()


def take_answers(session: ScreenshotSession) -> None:
    """The list, the reasons, what sounds alike, the tags, the jobs."""
    analyse, window = session.window.analyse, session.window
    analyse.table.show_row(analyse.model.rows[0])
    session.wait_for(lambda: analyse.panel.has_picture)
    session.settle()
    session.shoot("analyse")
    for row, genre in ((1, "rock"), (3, "classical"), (4, "hiphop"), (2, "reggae")):
        analyse.table.show_row(analyse.model.rows[row])
        analyse.correct(genre)
    analyse.table.show_row(analyse.model.rows[0])
    session.wait_for(lambda: analyse.panel.has_picture)
    for tab in ("why", "similar"):
        analyse.card.answer.choose(tab)
        session.wait_for(lambda tab=tab: analyse.song.details.get(tab, analyse.current) is not None)  # type: ignore[misc]
        session.settle()
        session.shoot(tab)
    analyse.card.answer.choose("genre")
    analyse.table.selectAll()
    dialog = session.dialog("file.tags")
    session.shoot("tags", dialog)
    dialog.close()
    analyse.table.show_row(analyse.model.rows[0])
    session.program.context.monitoring.model_actions.run("drift")
    session.jobs_done()
    window.drawer.toggle()
    session.settle()
    session.shoot("jobs")
    window.drawer.toggle()


def take_live(
    session: ScreenshotSession, songs: Sequence[Path], play: Callable[[Path], subprocess.Popen[bytes]] | None
) -> None:
    """The live page, its log and the Now view; where there is a sound server of our own, while it hears songs."""
    session.window.show_page("live")
    page = session.window.live
    seconds = 1.0
    if play is not None:
        session.window.listen()
        seconds = 12.0
    with playing(songs[0], play):
        session.settle(seconds)
        session.shoot("live")
    with playing(songs[3], play):
        session.settle(seconds)
    with playing(songs[0], play):
        session.settle(seconds)
        page.toggle_now()
        session.settle()
        session.shoot("now", page.now)
        page.toggle_now()
        page.show_view("log")
        session.settle()
        session.shoot("live-log")
    page.show_view("spectrogram")
    if play is not None:
        session.window.listen()
    session.jobs_done()


@contextmanager
def playing(song: Path, play: Callable[[Path], subprocess.Popen[bytes]] | None) -> Iterator[None]:
    """Play a song over and over meanwhile, where there is a sound server of our own."""
    if play is None:
        yield
        return
    import numpy as np
    import soundfile

    samples, rate = soundfile.read(song, always_2d=True)
    repeated = song.with_name(f"{song.stem} again and again.wav")
    soundfile.write(repeated, np.tile(samples, (6, 1)), rate)
    player = play(repeated)
    yield
    player.kill()
    player.wait()
    repeated.unlink()


def take_drift(session: ScreenshotSession, folder: Path) -> None:
    """Usual music, then the same over a telephone, with checks between."""
    care = session.program.context.monitoring.model_actions
    for music in (SHARED, over_the_telephone(folder)):
        session.analyse([music])
        session.jobs_done()
        for _ in range(2):
            care.run("drift")
            session.jobs_done()
    session.window.show_page("monitor")
    session.settle(3.0)
    session.shoot("drift")
    session.window.notifications.show("alerts")
    session.settle(2.0)
    session.shoot("alerts")


def take_by_sound(target: Path, folder: Path) -> None:
    """The map of made-up songs, and those most similar to one; in a process of its own, for another home."""
    from benchmarks import large_home
    from genre_desktop.core.paths import Home

    environment.set_up()
    large_home.fill_store(Home(folder / "home"), MADE_UP, 0)
    session = ScreenshotSession(target, folder, restores=True)
    analyse, window = session.window.analyse, session.window
    session.wait_for(lambda: analyse.model.total == MADE_UP)
    analyse.table.show_row(analyse.model.rows[7])
    window.toggle_map()
    session.settle()
    session.wait_for(lambda: analyse.map is not None and not analyse.map.job.running)
    session.settle(2.0)
    session.shoot("map")
    window.toggle_map()
    dialog = session.dialog("file.similar")
    session.wait_for(lambda: dialog.save_button.isEnabled())  # type: ignore[attr-defined]
    session.shoot("more-like", dialog)
    dialog.close()
    session.close()


def over_the_telephone(folder: Path) -> Path:
    """Copies of the shared clips in ``folder``, cut to 300-3000 Hz with a little noise."""
    import numpy as np
    import soundfile
    from scipy.signal import butter, sosfilt

    target = folder / "Telephone"
    target.mkdir()
    generator = np.random.default_rng(1)
    for place, clip in enumerate(sorted(SHARED.glob("*/*.flac"))):
        sound, rate = soundfile.read(clip)
        heard = sosfilt(butter(6, [300, 3000], "bandpass", fs=rate, output="sos"), sound)
        heard = 0.7 * heard / np.abs(heard).max() + generator.normal(0, 0.01, len(heard))
        soundfile.write(target / f"call {place:03d}.flac", heard, rate)
    return target


def main() -> None:
    """Take the pictures."""
    target = Path(sys.argv[1]).absolute() if len(sys.argv) > 1 else REPOSITORY / "docs" / "images"
    target.mkdir(parents=True, exist_ok=True)
    environment.set_up()
    with screen(), sound() as play, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        take_all(target, Path(folder), play)
        # Another home needs another program.
        other = multiprocessing.get_context("spawn").Process(
            target=take_by_sound, args=(target, Path(folder, "made up"))
        )
        other.start()
        other.join()


if __name__ == "__main__":
    multiprocessing.freeze_support()
    main()
