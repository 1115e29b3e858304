"""A folder per genre into the library: real files, real decoding, real store."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import nullcontext
from pathlib import Path

import numpy as np
import pytest

from genre_desktop.core.errors import AppError, Cancelled, no_cancel
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.library import Library
from genre_desktop.core.types import ItemResult
from genre_desktop.jobs.context import ProcessResources, TaskContext
from genre_desktop.jobs.file_map import FileMap
from genre_desktop.jobs.workers.main import find
from genre_desktop.ml.data import folder_import
from genre_desktop.ml.data.folder_import import import_folder, import_table, measure
from genre_desktop.ml.data.import_item import ImportItem
from genre_desktop.ml.features import window_extractor
from genre_desktop.ml.features.schema import NAMES, SIGNAL_NAMES, VERSIONS, has_encoding
from genre_desktop.ml.registry import encoder_store
from genre_desktop.ml.task_context import check_cancelled
from tests.ml.data.test_table_import import published_57, published_167
from tools.synthetic_audio import music, write

RATE = 22_050


class Context:
    """A job's context that records progress reports and log lines; files are measured in processes."""

    def __init__(self, root):
        self.home = Home(root)
        self.reports, self.lines = [], []
        self.cancelled = lambda: False
        self.map_files = FileMap(self.home, lambda: self.cancelled())

    def fold_runner(self):
        return nullcontext()

    def progress(self, fraction, message):
        self.reports.append((fraction, message))

    def log(self, text):
        self.lines.append(text)


@pytest.fixture
def context(tmp_path):
    return Context(tmp_path / "home")


@pytest.fixture
def library(tmp_path):
    database = Database(tmp_path / "store.db")
    yield Library(database)
    database.close()


@pytest.fixture
def in_process(context):
    """Measure in this process: starting another one takes a second."""

    def map_files(op, items, workers):
        worker = TaskContext(ProcessResources(context.home))
        for item in items:
            check_cancelled(context)
            try:
                yield ItemResult(item, find(op)(worker, item))
            except AppError as error:
                yield ItemResult(item, problem=error.problem)

    context.map_files = map_files


def song(path, seed=0, seconds=1.5, **tags):
    path.parent.mkdir(parents=True, exist_ok=True)
    channels = 2 if path.suffix == ".mp3" else 1
    return write(path, music(seconds, RATE, channels, seed=seed), RATE, tags=tags)


@pytest.fixture
def music_folder(tmp_path):
    root = tmp_path / "Music"
    song(root / "Hip-Hop" / "one.wav", 1)
    song(root / "Türkü نشيد" / "deep" / "er" / "two.FLAC", 2)
    song(root / "rock" / "three.mp3", 3, artist="The Band", album="Hits")
    return root


def run(root, library, context, **options):
    return import_folder(root, library, context, **{"mode": "song", "workers": 1, **options}).to_dict()


class TestFolders:
    def test_labels_groups_and_features(self, music_folder, library, context):
        report = run(music_folder, library, context, workers=2, encoded=True)
        assert report["added"] == 3
        assert report["skipped"] == []
        assert report["genres"] == {"Türkü نشيد": 1, "hiphop": 1, "rock": 1}
        clips = {clip.label: clip for clip in library.clips(VERSIONS)}
        assert clips["rock"].group == "artist:the band"
        assert clips["Türkü نشيد"].group == f"folder:{music_folder / 'Türkü نشيد' / 'deep' / 'er'}"
        assert clips["hiphop"].group.startswith("file:")
        for clip in clips.values():
            assert clip.features.shape == (1, len(NAMES))
            assert np.isfinite(clip.features).all()
            assert clip.source == "audio"
        direct = measure(ImportItem(clips["rock"].path, "song"), encoder_store.shipped_file())
        np.testing.assert_allclose(clips["rock"].features, direct.features, rtol=1e-9)

    def test_a_slow_encoder_is_waited_for(self, music_folder, monkeypatch):
        monkeypatch.setattr(window_extractor, "BUDGET_S", 0.0)
        path = str(music_folder / "rock" / "three.mp3")
        found = measure(ImportItem(path, "song"), encoder_store.shipped_file())
        assert has_encoding(found.features).all()
        assert found.warnings == ()

    def test_progress_names_the_rate_and_ends_at_1(self, music_folder, library, context, in_process):
        run(music_folder, library, context)
        assert context.reports[0][0] is None
        assert context.reports[-1][0] == 1.0
        assert "3 of 3" in context.reports[-1][1]
        assert "per second" in context.reports[-1][1]

    def test_again_decodes_nothing(self, music_folder, library, context, in_process, monkeypatch):
        run(music_folder, library, context)
        monkeypatch.setattr(
            folder_import, "measure", lambda item, *_: pytest.fail(f"{item.path} was decoded again")
        )
        report = run(music_folder, library, context)
        assert (report["added"], report["unchanged"]) == (0, 3)
        assert report["genres"] == {"Türkü نشيد": 1, "hiphop": 1, "rock": 1}

    def test_moved_and_retagged_files_are_recognised(self, music_folder, library, context, in_process):
        run(music_folder, library, context)
        old = music_folder / "rock" / "three.mp3"
        new = music_folder / "rock" / "elsewhere" / "renamed.mp3"
        new.parent.mkdir()
        old.rename(new)
        report = run(music_folder, library, context)
        assert (report["added"], report["moved"], report["unchanged"]) == (0, 1, 2)
        assert str(new) in {clip.path for clip in library.clips(VERSIONS)}
        assert library.count() == 3

    def test_a_file_in_another_genre_folder_has_changed_its_label(
        self, music_folder, library, context, in_process
    ):
        run(music_folder, library, context)
        new = music_folder / "metal" / "three.mp3"
        new.parent.mkdir()
        (music_folder / "rock" / "three.mp3").rename(new)
        report = run(music_folder, library, context)
        assert report["relabelled"] == [{"path": str(new), "from": "rock", "to": "metal"}]
        assert library.genres() == {"Türkü نشيد": 1, "hiphop": 1, "metal": 1}

    def test_a_renamed_genre_folder_relabels(self, music_folder, library, context, in_process):
        run(music_folder, library, context)
        (music_folder / "rock").rename(music_folder / "polka")
        report = run(music_folder, library, context)
        assert [change["to"] for change in report["relabelled"]] == ["polka"]

    def test_the_same_unchanged_files_from_another_root_are_relabelled_without_decoding(
        self, music_folder, library, context, in_process, monkeypatch
    ):
        run(music_folder, library, context)
        monkeypatch.setattr(folder_import, "measure", lambda *_: pytest.fail("decoded again"))
        report = run(music_folder.parent, library, context)
        assert {change["to"] for change in report["relabelled"]} == {"Music"}

    def test_a_copy_is_left_out_with_the_place_of_the_first(self, music_folder, library, context, in_process):
        first = music_folder / "rock" / "three.mp3"
        copy = music_folder / "soul" / "copy.mp3"
        copy.parent.mkdir()
        shutil.copy(first, copy)
        for _ in range(2):  # the second time nothing is decoded, and it is said again
            report = run(music_folder, library, context)
            (skipped,) = report["skipped"]
            assert skipped["path"] == str(copy)
            assert str(first) in skipped["reason"]
        first.unlink()
        report = run(music_folder, library, context)
        assert report["skipped"] == []
        assert [change["to"] for change in report["relabelled"]] == ["soul"]

    def test_one_recording_under_two_genres_is_reported(self, tmp_path, library, context, in_process):
        first = song(tmp_path / "Music" / "metal" / "a.wav")
        (tmp_path / "Music" / "rock").mkdir()
        shutil.copy(first, tmp_path / "Music" / "rock" / "b.wav")
        shutil.copy(first, tmp_path / "Music" / "metal" / "c.wav")
        for _ in range(2):
            report = run(tmp_path / "Music", library, context)
            in_metal, in_rock = report["skipped"]
            assert "in the library as metal. A recording has one genre" in in_rock["reason"]
            assert in_metal["reason"].endswith("which is already in the library.")
        assert library.genres() == {"metal": 1}

    def test_changed_sound_replaces_the_clip(self, music_folder, library, context, in_process):
        run(music_folder, library, context)
        song(music_folder / "rock" / "three.mp3", 99, seconds=2.0)
        assert run(music_folder, library, context)["added"] == 1
        assert library.count() == 3


class TestTrouble:
    def test_every_file_left_out_has_its_reason(self, music_folder, library, context, in_process):
        (music_folder / "rock" / "empty.mp3").touch()
        (music_folder / "rock" / "text.mp3").write_text("no music")
        song(music_folder / "rock" / "short.wav", 5, seconds=0.5)
        write(music_folder / "rock" / "silent.wav", np.zeros((RATE * 2, 1), np.float32), RATE)
        song(music_folder / "nowhere.wav", 6)
        report = run(music_folder, library, context)
        reasons = {Path(s["path"]).name: s["reason"] for s in report["skipped"]}
        assert set(reasons) == {"empty.mp3", "text.mp3", "short.wav", "silent.wav", "nowhere.wav"}
        assert "0.50 s" in reasons["short.wav"]
        assert "folder named after a genre" in reasons["nowhere.wav"]
        assert report["added"] == 3

    def test_hidden_music_is_left_out_with_its_reason(self, music_folder, library, context, in_process):
        song(music_folder / ".polka" / "deep" / "a.wav", 5)
        song(music_folder / "rock" / ".b.wav", 6)
        (music_folder / ".thumbnails").mkdir()
        report = run(music_folder, library, context)
        reasons = {Path(s["path"]).name: s["reason"] for s in report["skipped"]}
        assert set(reasons) == {".polka", ".b.wav"}
        assert all("begins with a dot" in reason for reason in reasons.values())
        assert report["added"] == 3

    def test_cancelling_keeps_what_was_read_and_the_next_time_goes_on(
        self, music_folder, library, context, in_process, monkeypatch
    ):
        context.cancelled = lambda: library.count() == 1
        with pytest.raises(Cancelled):
            run(music_folder, library, context)
        assert library.count() == 1
        context.cancelled = lambda: False
        report = run(music_folder, library, context)
        assert (report["added"], report["unchanged"]) == (2, 1)

    def test_a_file_that_kills_its_process_is_left_out_alone(self, music_folder, library, context):
        crash = f"{__name__}:{crashing.__name__}"
        context.map_files = lambda op, items, workers: FileMap(context.home, no_cancel)(crash, items, workers)
        report = run(music_folder, library, context)
        assert report["added"] == 2
        (skipped,) = report["skipped"]
        assert skipped["path"].endswith("three.mp3")
        assert "ended unexpectedly" in skipped["reason"]

    @pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names there are Unicode")
    @pytest.mark.skipif(os.name == "nt", reason="Windows has no such folders")
    def test_folders_with_awkward_names(self, tmp_path, library, context, in_process):
        root = tmp_path / "Music"
        for seed, name in enumerate(["Ro\x1b[31mck", "\u200b", "x" * 201]):
            song(root / name / "a.wav", seed)
        report = run(root, library, context)
        assert library.genres() == report["genres"] == {"rock": 1}
        reasons = {Path(row["path"]).parent.name: str(row["reason"]) for row in report["skipped"]}
        assert set(reasons) == {"\u200b", "x" * 201}
        assert "visible" in reasons["\u200b"]

    def test_a_name_that_is_no_unicode(self, tmp_path, library, context, in_process):
        folder = tmp_path / "Music" / "rock"
        song(folder / "a.wav")
        (folder / "a.wav").rename(os.fsdecode(os.fsencode(folder) + b"/\xff.wav"))
        for expected in ("added", "unchanged"):
            assert run(tmp_path / "Music", library, context)[expected] == 1

    @pytest.mark.parametrize(
        ("make", "code"),
        [
            (lambda path: None, "missing-file"),
            (lambda path: path.write_text("x"), "not-a-folder"),
            (lambda path: path.mkdir(), "no-genre-folders"),
        ],
    )
    def test_what_is_no_library_is_refused(self, make, code, tmp_path, library, context):
        make(tmp_path / "it")
        with pytest.raises(AppError) as caught:
            run(tmp_path / "it", library, context)
        assert caught.value.problem.code == code


def crashing(context, item):
    """Measure a file in a worker; one of them crashes it."""
    if item.path.endswith("three.mp3"):
        os._exit(11)
    return measure(item)


class TestExcerpt:
    def test_the_middle_30_seconds_with_the_hash_of_the_whole(self, tmp_path):
        path = str(song(tmp_path / "long.wav", seconds=40))
        excerpt, whole = (
            measure(ImportItem(path, "excerpt")),
            measure(ImportItem(path, "song")),
        )
        assert excerpt.starts.tolist() == [5.0]
        assert excerpt.lengths.tolist() == [30.0]
        assert len(whole.starts) > 1
        assert excerpt.clip_hash == whole.clip_hash
        assert excerpt.duration_s == whole.duration_s == pytest.approx(40)


class TestTables:
    def test_both_published_tables_make_whole_rows(self, tmp_path, library, context):
        published_57(tmp_path / "57.csv", ["blues.00000.wav", "rock.00001.wav"])
        published_167(tmp_path / "167.csv")
        first = import_table(tmp_path / "57.csv", library, context).to_dict()
        assert (first["added"], first["genres"]) == (2, {"blues": 1, "rock": 1})
        second = import_table(tmp_path / "167.csv", library, context).to_dict()
        assert second["added"] == 0
        clips = {clip.label: clip for clip in library.clips(VERSIONS)}
        assert np.isfinite(clips["blues"].features[:, : len(SIGNAL_NAMES)]).all()
        assert np.isnan(clips["rock"].features[:, : len(SIGNAL_NAMES)]).any()

    def test_again_changes_nothing(self, tmp_path, library, context):
        table = published_57(tmp_path / "57.csv")
        import_table(table, library, context)
        report = import_table(table, library, context).to_dict()
        assert (report["added"], report["unchanged"], library.count()) == (0, 1, 1)

    def test_equal_rows_are_stored_once(self, tmp_path, library, context):
        table = tmp_path / "own.csv"
        table.write_text("name,label,rms_mean\na,rock,1\nb,rock,2\n")
        assert import_table(table, library, context).to_dict()["added"] == 2
        table.write_text("name,label,rms_mean\na,rock,1\nb,rock,3\n")
        report = import_table(table, library, context).to_dict()
        assert (report["added"], report["unchanged"], library.count()) == (1, 1, 2)

    def test_cancelled_between_two_transactions_it_goes_on(self, tmp_path, library, context, monkeypatch):
        monkeypatch.setattr(folder_import, "TOGETHER", 2)
        table = tmp_path / "own.csv"
        table.write_text("name,label,rms_mean\n" + "".join(f"{i},rock,{i}\n" for i in range(5)))
        context.cancelled = lambda: library.count() >= 2
        with pytest.raises(Cancelled):
            import_table(table, library, context)
        assert library.count() == 2
        context.cancelled = lambda: False
        report = import_table(table, library, context).to_dict()
        assert (report["unchanged"], report["added"]) == (2, 3)
        assert context.reports[-1][0] == 1.0

    def test_a_row_without_a_usable_label_is_in_the_report(self, tmp_path, library, context):
        table = tmp_path / "own.csv"
        table.write_text(f"name,label,rms_mean\na,rock,1\nb,,2\nc,{'x' * 201},3\nd,Ro\x1b[1mck,4\n")
        report = import_table(table, library, context).to_dict()
        assert library.genres() == report["genres"] == {"rock": 2}
        assert [row["path"] for row in report["skipped"]] == [f"{table}#/b", f"{table}#/c"]
        assert all(row["reason"] for row in report["skipped"])

    def test_a_wrong_table_leaves_the_library_as_it_was(self, tmp_path, library, context):
        table = tmp_path / "own.csv"
        table.write_text("name,label,rms_mean\na,rock,1\nb,rock,nan\n")
        with pytest.raises(AppError):
            import_table(table, library, context)
        assert library.count() == 0
