"""Prints the seconds of a drift check of one window on a home, in a process that has loaded Evidently: the median of three."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

from benchmarks.report import median_seconds
from genre_desktop import environment
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.ml.drift import champion_reference
from genre_desktop.ml.drift.comparison import DriftThresholds
from genre_desktop.ml.features.schema import VERSIONS
from genre_desktop.ml.tasks.check_drift import LARGEST, _WindowTest


def main() -> None:
    environment.set_up()
    home = Home(Path(sys.argv[1]))
    with closing(Database(home.store)) as database:
        newest = PredictionLog(database).judgeable(VERSIONS, newest=LARGEST)

        def check() -> None:
            _WindowTest(champion_reference.find(home, database), DriftThresholds()).run(newest)

        sys.stdout.write(f"{median_seconds(check, 3)}\n")


if __name__ == "__main__":
    main()
