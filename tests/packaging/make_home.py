"""Creates the small home of the previous build; run it with that build's own code.

``git worktree add /opt/genre-desktop COMMIT``, then, with ``HOME=/home/user`` so that no path of
anybody's computer gets into the archive::

    cd /opt/genre-desktop && PYTHONPATH=. python …/tests/frozen/make_home.py …/tests/frozen/home-0.1.0.tar.xz

``home-0.1.0`` was made with commit a96d113. Its models are small ones in place of the starters of that
build, so that the archive stays small; all sound in it was made up.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

LEFT_OUT = ("cache", "logs")
CLIPS = 4


def main() -> None:
    """Make the home, describe it, and pack it."""
    target = Path(sys.argv[1])
    home_root = Path.home() / ".local" / "share" / "genre-desktop"
    music = Path.home() / "Music"
    make_music(music)
    with tempfile.TemporaryDirectory(dir=Path.home()) as folder:
        fill(home_root, music, Path(folder))
    target.with_suffix("").with_suffix(".json").write_text(
        json.dumps(described(home_root), indent=1) + "\n", "utf-8"
    )
    with tarfile.open(target, "w:xz", preset=9) as archive:
        for path in sorted(home_root.iterdir()):
            if path.name not in LEFT_OUT and not path.name.endswith(("-wal", "-shm")):
                archive.add(path, path.name, filter=_anonymous)


def make_music(folder: Path) -> None:
    """A few clips for each of two genres."""
    from tools import synthetic_audio

    for number, genre in enumerate(("jazz", "metal")):
        (folder / genre).mkdir(parents=True, exist_ok=True)
        for clip in range(CLIPS):
            sound = synthetic_audio.music(4.0, 22_050, 1, seed=10 * number + clip)
            synthetic_audio.write(folder / genre / f"Artist {clip} - Song {clip}.wav", sound, 22_050)


def fill(root: Path, music: Path, models: Path) -> None:
    """Simulate a few days of use with the installed code."""
    from genre_desktop.core.paths import Home
    from genre_desktop.core.settings import Settings
    from genre_desktop.core.store.corrections import Corrections
    from genre_desktop.core.store.database import Database
    from genre_desktop.jobs.schedule.scheduler import JobScheduler
    from genre_desktop.ml.models import bundle
    from genre_desktop.ml.registry import starter_models
    from tests.ml import tiny_models

    home = Home(root).create()
    for number, alias in enumerate(("champion", "fallback", "own")):
        bundle.save(tiny_models.linear(seed=number), models / alias)
    starter_models.folder = lambda alias: models / alias  # type: ignore[assignment]
    with starter_models.open_registry(home) as registry:
        own = registry.register(models / "own", metrics={"gmean": 0.61, "accuracy": 0.64}, tags={"rows": "8"})
        registry.promote(own, reason="Better on held-out clips.")
    settings = Settings.load(home.settings)
    settings["analyse.mode"], settings["drift.minimum_clips"] = "excerpt", 42
    settings.save()
    for words in (["import", str(music)], ["predict", "--recursive", str(music)], ["drift"]):
        subprocess.run([sys.executable, "-m", "genre_desktop", *words], check=True)
    window = [sys.executable, "-m", "tests.e2e.driver", str(root), str(models / "seen.json")]
    song = music / "jazz" / "Artist 0 - Song 0.wav"
    subprocess.run([*window, str(song)], check=True, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"})
    database = Database(home.store)
    corrections = Corrections(database)
    for prediction, label in ((1, "jazz"), (2, "jazz"), (5, "metal")):
        corrections.add(prediction, label)
    corrections.undo(2)
    database.close()
    schedule = JobScheduler(home, lambda name, params: None)  # type: ignore[arg-type,return-value]
    schedule.open()
    schedule.close()


def described(root: Path) -> dict[str, object]:
    """What must still be there after an upgrade."""
    import sqlite3

    tables = ("predictions", "corrections", "clips", "files", "windows", "job_runs", "drift_checks", "state")
    store = sqlite3.connect(root / "genre_desktop.db")
    rows = {table: store.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}
    labels = [
        list(row)
        for row in store.execute("SELECT path, label, undone IS NOT NULL FROM corrections ORDER BY id")
    ]
    store.close()
    for name in ("genre_desktop.db", "registry/mlflow.db", "schedule.db"):
        tidy = sqlite3.connect(root / name, isolation_level=None)
        tidy.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        tidy.execute("VACUUM")
        tidy.close()
    return {
        "rows": rows,
        "corrections": labels,
        "settings": {"analyse.mode": "excerpt", "drift.minimum_clips": 42},
        "versions": ["1", "2", "3"],
        "champion": "3",
        "gmean": 0.61,
    }


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mtime = 0
    return member


if __name__ == "__main__":
    main()
