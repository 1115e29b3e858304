"""Operates the program on a large home and prints what was measured as one JSON line.

``python -m benchmarks.large_library_probe HOME [PICTURE [STEP …]]``: seconds, or milliseconds in which the window was blocked.
``PICTURE`` is where to save a picture of the window with its list.
"""

from __future__ import annotations

import sys
from multiprocessing import freeze_support


def main() -> None:
    freeze_support()
    from pathlib import Path

    from genre_desktop import environment
    from genre_desktop.core.paths import Home

    home = Home(Path(sys.argv[1])).create()
    environment.set_up(home.numba_cache)
    operate(home, *sys.argv[2:])


def operate(home, picture="", *only) -> None:  # type: ignore[no-untyped-def]  # imports nothing early
    import gc
    import json
    import time

    import psutil

    gc.disable()  # as the command line does
    from genre_desktop.ui.application import Application, make_application

    born = psutil.Process().create_time()
    found: dict[str, float] = {}
    app = make_application()
    program = Application(app, home, first=True)
    program.window.painted.connect(lambda: found.setdefault("window", time.time() - born))

    from benchmarks.large_library_steps import Steps

    steps = Steps(program, found, born)
    program.show()
    try:
        steps.run(picture, only)
    finally:
        program.close()
    print(json.dumps(found))


if __name__ == "__main__":
    main()
