from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.app.background.worker_client import WorkerClient
from genre_desktop.app.i18n import tag_names
from genre_desktop.core.music_tags import TagVocabulary
from genre_desktop.core.paths import Home
from tests.fixtures import qt

qt.quiet_platform()


@pytest.fixture(autouse=True)
def _standard_tag_names() -> Iterator[None]:
    yield
    tag_names.set_vocabulary(TagVocabulary())


@pytest.fixture
def client(qtbot: QtBot) -> WorkerClient:
    return WorkerClient()


@pytest.fixture
def workers(client: WorkerClient) -> qt.Workers:
    return qt.Workers(client)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path).create()
