"""Listens and records in the real window while the disk of the home fills up, for ``test_live_full_disk``.

``python -m tests.e2e.live_full_disk_script HOME FILLER OUT`` begins on a full disk and writes to ``OUT`` what was
to be seen.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from genre_desktop import environment
from genre_desktop.app.analysis.rows import State
from genre_desktop.audio.capture.recorder import Recording
from genre_desktop.core.live import LiveAnswer
from genre_desktop.core.logs import setup
from genre_desktop.core.paths import Home
from genre_desktop.ui.application import Application, make_application
from tests.e2e import watched_window
from tests.fixtures.small_disk import fill

WAIT_MS = 300_000
STORED_EVERY_S = 10.0
"""Of live answers one in so many seconds is stored."""
LONG_ENOUGH_S = 3.0
"""Of a recording."""


def main() -> int:
    root, filler, out = map(Path, sys.argv[1:])
    environment.set_up()
    app = make_application()
    home = Home(root)
    setup.set_up(home.logs)
    program = Application(app, home, [], first=True)
    window, context = program.window, program.context
    answers: list[LiveAnswer] = []
    takes: list[Recording] = []
    said: list[str] = []
    pulses = [0.0]
    context.monitoring.alerts.raised.connect(lambda alert: said.append(alert.notice.code))

    def full() -> bool:
        return [alert.notice.code for alert in context.monitoring.alerts.unread] == ["disk-full"]

    def answered_for(seconds: float) -> Callable[[], bool]:
        first = len(answers)
        return lambda: bool(answers[first:]) and answers[-1].ended_s - answers[first].ended_s > seconds

    def recorded() -> bool:
        return pulses[-1] > LONG_ENOUGH_S

    def all_read() -> bool:
        rows = context.session._index.rows
        return len(rows) == len(takes) and all(row.state is State.DONE for row in rows)

    def stored() -> int:
        with closing(sqlite3.connect(home.store)) as store:
            return int(store.execute("SELECT count(*) FROM predictions WHERE source = 'live'").fetchone()[0])

    def steps() -> Iterator[Callable[[], bool]]:
        yield lambda: program.host is not None
        window.show_page("live")
        page = window.live
        page.listener.answered.connect(lambda answer: answers.append(answer) if answer.top else None)
        page.listener.take_ended.connect(takes.append)
        page.listener.pulse.connect(lambda pulse: pulses.append(pulse.recorded_s or 0.0))
        page.toggle()
        yield lambda: page.listener.state.status == "listening"
        yield answered_for(1.5 * STORED_EVERY_S)
        yield full
        seen: dict[str, object] = {"said": list(said), "window": window.notice.isVisible()}
        page.toggle_recording()
        seen["refused"] = page.take_notice.accessibleDescription()
        seen["begun"] = [page.listener.recording, len(list(home.takes.iterdir()))]

        filler.unlink()
        yield lambda: not full() and home.store.exists() and stored() > 0
        page.toggle_recording()
        seen["still refused"] = page.take_notice.isVisible()
        yield recorded
        fill(filler.parent)
        yield lambda: len(takes) == 1
        seen["ended"] = page.take_notice.accessibleDescription()
        yield full
        yield answered_for(1.0)

        filler.unlink()
        yield lambda: not full()
        page.toggle_recording()
        yield recorded
        page.toggle_recording()
        yield lambda: len(takes) == 2 and all_read()
        seen["saved"] = page.take_notice.accessibleName()
        seen["takes"] = [(take.path.name, take.seconds) for take in takes]
        page.toggle_recording()
        yield recorded
        fill(filler.parent)
        out.write_text(json.dumps(seen))
        window.close()
        yield lambda: False

    return watched_window.run_steps(app, program, steps(), WAIT_MS)


if __name__ == "__main__":
    sys.exit(main())
