"""Which libraries each process may load, so that the window opens quickly and stays responsive."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[1]

HEAVY = frozenset(
    [
        "librosa",
        "numba",
        "sklearn",
        "imblearn",
        "xgboost",
        "mlflow",
        "evidently",
        "optuna",
        "skops",
        "pandas",
        "scipy",
        "joblib",
        "onnxruntime",
    ]
)
"""Libraries for worker and job processes only."""

_WINDOW = """
import json, sys
from pathlib import Path
from genre_desktop import environment
from genre_desktop.core.paths import Home
environment.set_up()
from genre_desktop.ui import application
app = application.make_application()
program = application.Application(app, Home(Path(sys.argv[1])), [Path(sys.argv[2])])
program.show()
rows = []
program.context.session.row_changed.connect(rows.append)
while not any(row.state.name in ("DONE", "FAILED") for row in rows):
    app.processEvents()
program.window.analyse.model.settle()
modules = sorted(sys.modules)
states = [row.state.name for row in rows]
program.close()
print(json.dumps({"modules": modules, "states": states}))
"""


_FIRST_PAINT = """
import json, sys
from pathlib import Path
from genre_desktop import environment
from genre_desktop.core.paths import Home
environment.set_up()
from genre_desktop.ui import application
app = application.make_application()
program = application.Application(app, Home(Path(sys.argv[1])), first=True)
modules = []
program.window.painted.disconnect()
program.window.painted.connect(lambda: modules.extend(sys.modules))
program.show()
while not modules:
    app.processEvents()
program.close()
print(json.dumps(modules))
"""


def loaded_by(code: str, *arguments: str) -> Any:
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], env=environment, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def packages(modules: list[str]) -> set[str]:
    return {module.partition(".")[0] for module in modules}


def test_the_window_process_loads_no_machine_learning_even_while_a_file_is_classified(tmp_path: Path) -> None:
    demo = REPOSITORY / "resources" / "demo.flac"
    seen = loaded_by(_WINDOW, str(tmp_path), str(demo))
    assert seen["states"][-1] == "DONE"
    assert packages(seen["modules"]) & HEAVY == set()
    assert not [m for m in seen["modules"] if m.startswith("genre_desktop.ml")]
    assert not packages(seen["modules"]) & {"sounddevice", "pulsectl"}, (
        "a driver that hangs would hang the window"
    )
    assert "numpy.ma" not in seen["modules"], "np.unique and others load it on first use, for 20 ms"
    assert not packages(seen["modules"]) & {"av", "mutagen"}, "a file that crashes them would end the window"
    assert "PySide6" in packages(seen["modules"])


def test_the_window_is_painted_before_numpy_is_loaded(tmp_path: Path) -> None:
    modules = loaded_by(_FIRST_PAINT, str(tmp_path))
    assert packages(modules) & {"numpy", "pyqtgraph", "sqlalchemy", "apscheduler", "av"} == set()
    assert "genre_desktop.ui.pages.analyse.page" in modules


def test_help_and_version_load_next_to_nothing() -> None:
    code = "import json, sys, genre_desktop.__main__, genre_desktop.cli as c; c.build_parser(); print(json.dumps(list(sys.modules)))"
    modules = packages(loaded_by(code))
    assert modules & (HEAVY | {"numpy", "PySide6", "av", "sqlite3", "sounddevice"}) == set()


def test_a_child_process_sets_its_environment_before_numpy() -> None:
    code = (
        "import json, sys, genre_desktop.__main__, genre_desktop.jobs.workers.main, genre_desktop.jobs.runner.main;"
        "print(json.dumps(list(sys.modules)))"
    )
    assert packages(loaded_by(code)) & (HEAVY | {"numpy", "PySide6", "av"}) == set()


def test_the_host_loads_no_machine_learning_and_no_qt() -> None:
    code = (
        "import json, sys, genre_desktop.jobs.workers.pool, genre_desktop.jobs.batch.runner, genre_desktop.jobs.runner.process;"
        "print(json.dumps(list(sys.modules)))"
    )
    modules = loaded_by(code)
    assert packages(modules) & (HEAVY | {"PySide6", "pyqtgraph"}) == set()
    assert not [m for m in modules if m.startswith("genre_desktop.ml")]


def test_a_device_process_loads_next_to_nothing() -> None:
    code = "import json, sys, genre_desktop.__main__, genre_desktop.audio.devices.device_streams; print(json.dumps(list(sys.modules)))"
    assert packages(loaded_by(code)) & (HEAVY | {"numpy", "PySide6", "av", "sqlite3"}) == set()


def test_playback_reads_files_in_another_process() -> None:
    code = "import json, sys, genre_desktop.audio.player; print(json.dumps(list(sys.modules)))"
    assert packages(loaded_by(code)) & (HEAVY | {"av", "mutagen"}) == set()
