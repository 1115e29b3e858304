"""How long the window is blocked by a change of the theme or the text size, with every page built."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.report import Row, as_markdown
from benchmarks.soak import opened
from genre_desktop import environment
from genre_desktop.core.paths import Home, shipped
from tools.screenshots import screen

if TYPE_CHECKING:
    from genre_desktop.ui.application import Application

TITLE = "A change of theme or text size"
CHANGES = 10


def blocked(
    program: Application, run_for: Callable[[float], None], key: str, values: tuple[object, object]
) -> Row:
    """Milliseconds until the window is painted again, from one value to the other and back."""
    from PySide6.QtWidgets import QApplication

    app, taken = QApplication.instance(), []
    for number in range(CHANGES):
        program.context.settings[key] = values[number % 2]
        started = time.perf_counter()
        program.context.theme.apply()
        QApplication.processEvents()
        taken.append((time.perf_counter() - started) * 1000)
        run_for(0.5)
    assert isinstance(app, QApplication)
    note = f"{len(app.allWidgets())} widgets, with painting; longest {max(taken):.0f} ms"
    return Row(
        f"{key} from {values[1]} to {values[0]} and back",
        statistics.median(taken),
        "ms",
        target="≤ 150 ms",
        note=note,
    )


def measure() -> list[Row]:
    environment.set_up()
    with tempfile.TemporaryDirectory() as name, screen():
        from genre_desktop.ui.actions.page_specs import PAGES

        program, run_for = opened(Home(Path(name) / "home").create())
        program.window.open_paths([shipped("resources", "demo.flac")])
        for page in PAGES:
            program.window.show_page(page.id)
            run_for(2)
        rows = []
        program.window.show_page("analyse")
        run_for(3)
        rows = [
            blocked(program, run_for, "ui.theme", ("dark", "light")),
            blocked(program, run_for, "ui.text_scale", (150, 100)),
        ]
        program.close()
        return rows


if __name__ == "__main__":
    print(as_markdown(TITLE, measure()))
