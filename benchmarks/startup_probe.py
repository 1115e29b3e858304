"""Starts the program as ``genre-desktop FILE`` and prints the times of events as one JSON line.

``python -m benchmarks.startup_probe HOME FIRST SECOND``: opens FIRST at launch and drops SECOND
once that is answered. Seconds from the start of the process. Neither may be in the stored
results list, which is restored as usual.
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
    import gc
    import json
    import time

    import psutil

    gc.disable()  # as the command line does
    from genre_desktop.ui.application import Application, make_application

    born = psutil.Process().create_time()
    times: dict[str, float] = {}

    def now() -> float:
        return time.time() - born

    app = make_application()
    program = Application(app, home, [first], first=True)
    program.window.painted.connect(lambda: times.setdefault("window", now()))
    dropped: list[float] = []

    def changed(row) -> None:  # type: ignore[no-untyped-def]
        if row.path.name not in (first.name, second.name) or row.answer is None:
            return
        if "first" not in times:
            times["first"] = now()
            dropped.append(now())
            program.window.open_paths([second])
        elif row.path.name == second.name:
            times["warm"] = now() - dropped[0]
            app.quit()

    program.context.session.row_changed.connect(changed)
    program.show()
    app.exec()
    program.close()
    print(json.dumps(times))


if __name__ == "__main__":
    main()
