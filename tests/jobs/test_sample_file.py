"""The sound file of our own can be measured as any other, and is gone afterwards."""

from __future__ import annotations

from genre_desktop.jobs.sample_file import sample_file
from genre_desktop.ml.data.folder_import import measure
from genre_desktop.ml.data.import_item import ImportItem


def test_it_is_measured_without_a_problem() -> None:
    with sample_file() as path:
        found = measure(ImportItem(str(path), "song"))
    assert found.duration_s == 2.0
    assert found.warnings == ()
    assert len(found.features) == 1
    assert not path.parent.exists()
