"""The program as ``genre-desktop FILE`` starts it, telling when things happen: one JSON line.

``python -m benchmarks.startup_probe HOME FIRST SECOND``: opens FIRST at launch and drops SECOND
once that is answered. Seconds from the start of the process. Neither may be in the list of last time,
which comes back as it does for a person.
"""

from __future__ import annotations

import sys
from multiprocessing import freeze_support


def main() -> None:
    freeze_support()
    from pathlib import Path

    from genre_desktop import environment
    from genre_desktop.core.paths import Home

    root, first, second = sys.argv[1:]
    home = Home(Path(root)).create()
    environment.set_up(home.numba_cache)
    measure(home, Path(first), Path(second))


def measure(home, first, second) -> None:  # type: ignore[no-untyped-def]  # imports nothing early
    import json
    import time

    import psutil

    from genre_desktop.ui.application import Application, make_application

    born = psutil.Process().create_time()
    told: dict[str, float] = {}

    def now() -> float:
        return time.time() - born

    app = make_application()
    program = Application(app, home, [first], first=True)
    program.window.painted.connect(lambda: told.setdefault("window", now()))
    dropped: list[float] = []

    def changed(row) -> None:  # type: ignore[no-untyped-def]
        if row.path.name not in (first.name, second.name) or row.answer is None:
            return
        if "first" not in told:
            told["first"] = now()
            dropped.append(now())
            program.window.open_paths([second])
        elif row.path.name == second.name:
            told["warm"] = now() - dropped[0]
            app.quit()

    program.context.session.row_changed.connect(changed)
    program.show()
    app.exec()
    program.close()
    print(json.dumps(told))


if __name__ == "__main__":
    main()
