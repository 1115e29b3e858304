"""Opens the real window on a full disk for ``test_full_disk``, drops a file, then makes space and drops another.

``python -m tests.e2e.full_disk_script HOME FILLER FILE FILE OUT`` writes to ``OUT`` what was to be seen.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from genre_desktop.app.analysis.rows import State
from genre_desktop.core.paths import Home
from genre_desktop.ui import application

WAIT_MS = 300_000


class Watched(application.Application):
    """The program, watched and operated by a timer."""

    def begin(self, filler: Path, files: list[Path], out: Path) -> None:
        """Drop the first file at once."""
        self._filler, self._to_drop, self._out = filler, files, out
        self._seen: dict[str, object] = {}
        self._timer = QTimer(interval=100)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        self.window.open_paths([self._to_drop.pop(0)])

    def _look(self) -> None:
        rows = self.context.session._index.rows
        alerts = [alert.notice.code for alert in self.context.monitoring.alerts.unread]
        done = bool(rows) and all(row.state is State.DONE for row in rows)
        if done and self._to_drop and alerts:
            self._seen |= {"visible": self.window.isVisible(), "full": alerts}
            self._filler.unlink()
            self.window.open_paths([self._to_drop.pop(0)])
        elif done and len(rows) == 2 and not alerts:
            self._seen |= {
                "genres": [row.brief.genre for row in rows if row.brief],
                "stored": [row.prediction_id is not None for row in rows],
                "notice": self.window.notice.isVisible(),
            }
            self._out.write_text(json.dumps(self._seen))
            self.window.close()


def main() -> int:
    """Run the program as its command does."""
    from genre_desktop import cli

    home, filler, first, second, out = map(Path, sys.argv[1:])

    def run(home: Home, files: list[Path], *, first_: bool = True) -> int:
        app = application.make_application()
        program = Watched(app, home, files, first=first_)
        program.show()
        QTimer.singleShot(WAIT_MS, lambda: app.exit(3))
        QTimer.singleShot(500, lambda: program.begin(filler, [first, second], out))
        try:
            return app.exec()
        finally:
            program.close()

    application.run = lambda home, files, first: run(home, list(files), first_=first)  # type: ignore[assignment]
    return cli.main(["--home", str(home)])


if __name__ == "__main__":
    sys.exit(main())
