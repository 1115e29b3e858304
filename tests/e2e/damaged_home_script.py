"""Opens the real window on a damaged home for ``test_damaged_home``, until its alerts are there.

``python -m tests.e2e.damaged_home_script HOME OUT CODE…`` waits for these alerts and writes the codes of all to ``OUT``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from genre_desktop import environment
from genre_desktop.core.paths import Home
from genre_desktop.ui.application import Application, make_application
from tests.e2e import watched_window

WAIT_MS = 120_000


def main(home: Home, out: Path, awaited: set[str]) -> int:
    environment.set_up(home.numba_cache)
    app = make_application()
    program = Application(app, home, [], first=True)
    alerts = program.context.monitoring.alerts

    def look() -> None:
        codes = sorted(alert.notice.code for alert in alerts.unread)
        if awaited <= set(codes):
            out.write_text(json.dumps(codes))
            app.exit(0)

    return watched_window.run(app, program, look, WAIT_MS)


if __name__ == "__main__":
    sys.exit(main(Home(Path(sys.argv[1])), Path(sys.argv[2]), set(sys.argv[3:])))
