"""A home that the previous build made, under another path, in this build: everything is still there.

``make_home.py`` made the archive; ``tools/package/smoke.py`` opens the same one with the frozen program.
"""

from __future__ import annotations

import json
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from genre_desktop.core.paths import Home, shipped
from genre_desktop.core.settings import Settings
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.library import Library
from genre_desktop.core.store.schema import MIGRATIONS
from genre_desktop.core.types import AnalyseRequest
from genre_desktop.jobs import operations
from genre_desktop.jobs.context import ProcessResources, TaskContext
from genre_desktop.jobs.schedule.job_store import next_runs
from genre_desktop.ml.features.schema import FEATURE_VERSION
from genre_desktop.ml.registry import encoder_store
from genre_desktop.ml.registry.registry import Registry
from genre_desktop.ml.registry.starter_models import open_registry

ARCHIVE = Path(__file__).with_name("home-0.1.0.tar.xz")
EXPECTED: dict[str, Any] = json.loads(ARCHIVE.with_name("home-0.1.0.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    root = tmp_path_factory.mktemp("moved") / "my music, moved"
    root.mkdir()
    with tarfile.open(ARCHIVE) as archive:
        archive.extractall(root, filter="data")
    return Home(root)


@pytest.fixture(scope="module")
def database(home: Home) -> Iterator[Database]:
    found = Database(home.store)
    yield found
    found.close()


@pytest.fixture(scope="module")
def registry(home: Home) -> Iterator[Registry]:
    with open_registry(home) as found:
        yield found


def test_no_row_of_the_store_is_lost_and_it_has_todays_tables(database: Database) -> None:
    rows = {
        t: database.connection.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in EXPECTED["rows"]
    }
    assert rows == EXPECTED["rows"]
    assert database.connection.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS)


def test_corrections_still_count_and_what_was_taken_back_stays_so(database: Database) -> None:
    found = [
        [row["path"], row["label"], row["undone"] is not None]
        for row in database.connection.execute("SELECT * FROM corrections ORDER BY id")
    ]
    assert found == EXPECTED["corrections"]
    assert Corrections(database).waiting() == sum(not undone for _, _, undone in found)


def test_clips_of_the_library_can_be_learned_from(database: Database) -> None:
    clips = list(Library(database).clips(FEATURE_VERSION))
    assert len(clips) == EXPECTED["rows"]["clips"]
    assert {clip.label for clip in clips} == {"jazz", "metal"}


def test_settings_are_as_they_were(home: Home) -> None:
    settings = Settings.load(home.settings)
    assert {name: settings[name] for name in EXPECTED["settings"]} == EXPECTED["settings"]
    assert not settings.ignored


def test_the_persons_own_model_still_serves(home: Home, registry: Registry) -> None:
    champion = registry.resolve("champion")
    assert champion.version == EXPECTED["champion"]
    assert champion.path(home).is_relative_to(home.root)
    request = AnalyseRequest(str(shipped("resources", "demo.flac")))
    answer = operations.measure(TaskContext(ProcessResources(home)), request).answer
    assert answer.ok
    assert answer.model is not None
    assert answer.model.version == EXPECTED["champion"]


def test_every_model_is_there_with_its_figures_and_loads_from_the_new_place(
    home: Home, registry: Registry
) -> None:
    models = {info.version: info for info in registry.models()}
    assert set(EXPECTED["versions"]) <= set(models)
    assert models[EXPECTED["champion"]].metrics["gmean"] == EXPECTED["gmean"]
    move = registry.promote("1")  # reads it back whole
    assert move.before["champion"] == EXPECTED["champion"]
    assert registry.rollback().champion == EXPECTED["champion"]


def test_the_starters_of_this_build_joined_them(registry: Registry) -> None:
    """They were other ones in the previous build, so they became versions of their own."""
    starters = [info for info in registry.models() if info.tags.get("kind") == "starter"]
    assert len(starters) == 4
    assert any("fallback" in info.aliases for info in starters if int(info.version) > 3)


def test_the_encoder_joined_them(home: Home, registry: Registry) -> None:
    assert registry.client.search_model_versions(f"name = '{encoder_store.MODEL}'")
    assert encoder_store.find(home).is_relative_to(home.registry)


def test_the_schedule_of_the_previous_build_is_understood(home: Home) -> None:
    assert {"drift", "retrain"} <= set(next_runs(home.schedule))


def test_no_path_of_the_computer_that_made_it_is_inside() -> None:
    with tarfile.open(ARCHIVE) as archive:
        for member in archive.getmembers():
            file = archive.extractfile(member)
            text = file.read() if file else b""
            assert b"/tmp/" not in text, member.name
            assert b"/root/" not in text, member.name
