"""Opens the real window and removes its home while it works, for ``test_home_gone``.

``python -m tests.e2e.home_gone_script HOME FILE FILE OUT`` writes to ``OUT`` what was to be seen.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from genre_desktop import environment
from genre_desktop.app.analysis.rows import State
from genre_desktop.core.errors import Problem
from genre_desktop.core.logs import setup
from genre_desktop.core.paths import Home
from genre_desktop.ui.application import Application, make_application
from tests.e2e import watched_window

WAIT_MS = 300_000


def main() -> int:
    home, *rest = sys.argv[1:]
    root, (first, second, out) = Path(home), map(Path, rest)
    environment.set_up()
    app = make_application()
    setup.set_up(root / "logs")
    program = Application(app, Home(root), [first], first=True)
    window, context = program.window, program.context
    problems: list[Problem] = []
    context.monitoring.model_actions.failed.connect(problems.append)

    def answered(n: int) -> bool:
        rows = list(context.session._index.rows)
        return len(rows) == n and all(row.state is State.DONE for row in rows)

    def alerts() -> list[str]:
        return [alert.notice.code for alert in context.monitoring.alerts.unread]

    def steps() -> Iterator[Callable[[], bool]]:
        yield lambda: answered(1) and root.is_dir()
        shutil.rmtree(root)
        yield lambda: alerts() == ["home-gone"]
        window.open_paths([second])
        yield lambda: answered(2)
        row = context.session._index.rows[-1]
        context.monitoring.model_actions.run("drift")
        yield lambda: bool(problems)
        context.theme.choose("dark")
        warnings = [str(warning) for warning in (row.brief.warnings if row.brief else ())]
        seen = {"warnings": warnings, "job": problems[0].key, "stored": row.prediction_id}
        out.write_text(
            json.dumps(seen | {"notice": window.notice.accessibleDescription(), "alerts": alerts()})
        )
        window.close()
        yield lambda: False

    return watched_window.run_steps(app, program, steps(), WAIT_MS)


if __name__ == "__main__":
    sys.exit(main())
