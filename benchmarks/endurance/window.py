"""The program itself, started as always, with a :class:`.driver.Driver` that operates it.

``python -m benchmarks.endurance.window FOLDER NAME UNTIL``. Its worker processes import this module again, so that
it imports nothing heavy.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.endurance.records import NAMES, RunFolder

if TYPE_CHECKING:
    from benchmarks.endurance.driver import Driver
    from genre_desktop.core.paths import Home


def main(folder: RunFolder, name: str, until: float) -> int:
    from genre_desktop import cli

    known = next(each for each in NAMES if each == name)
    drivers: list[Driver] = []

    def drive() -> None:
        """Have the window operated once it is shown; the program collects garbage as it does for users."""
        from benchmarks.endurance.driver import Driver
        from genre_desktop.ui import application

        class Operated(application.Application):
            def show(self) -> None:
                super().show()
                drivers.append(Driver(self, folder, known, until))

        application.Application = Operated  # type: ignore[misc]

    first_or_only = cli._first_or_only

    def prepared(home: Home, files: list[Path]) -> int:
        """After the program has prepared its process: umask, environment and log."""
        drive()
        return first_or_only(home, files)

    cli._first_or_only = prepared
    return cli.main(["--home", str(folder.home(known))])


if __name__ == "__main__":
    sys.exit(main(RunFolder(Path(sys.argv[1])), sys.argv[2], float(sys.argv[3])))
