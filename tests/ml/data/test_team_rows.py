"""A team's clips in training data: no recording twice, no group on both sides of a fold."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.library import Library
from genre_desktop.ml.data.dataset import grouped_folds
from genre_desktop.ml.data.pseudonyms import Pseudonyms, is_pseudonym
from genre_desktop.ml.data.team_rows import TeamTable
from genre_desktop.ml.data.training_data import corrected_clips, gather, of_team
from genre_desktop.ml.features.schema import FEATURE_VERSION, NAMES, SIGNAL_NAMES
from tests.ml.data.test_training_data import clip, labels, predicted, sources

MINE, OTHERS = Pseudonyms(b"salt", b"mine"), Pseudonyms(b"salt", b"others")


@pytest.fixture
def database(tmp_path):
    database = Database(tmp_path / "store.db")
    yield database
    database.close()


def contributed(content, label="rock", group="file:/there", by=OTHERS, windows=1):
    """A clip as another desktop contributes it."""
    made = clip(content, label, windows, group=group)
    names = {"content_hash": by.recording(content), "group": by.group(group)}
    return replace(made, **names, path="", source="team")


def table(*clips):
    return TeamTable(MINE, clips)


def groups(data):
    first = data.rows.first
    return dict(zip(data.rows.clips[first].tolist(), data.rows.groups[first].tolist(), strict=True))


def test_clips_of_the_team_join_the_user_s_and_the_reference(database):
    Library(database).put(clip("mine"), FEATURE_VERSION)
    data = gather(database, [clip("theirs", "jazz", source="reference")], table(contributed("new", "pop")))
    assert data.counts() == {"audio": 1, "team": 1, "reference": 1}
    assert labels(data) == {"mine": "rock", "theirs": "jazz", OTHERS.recording("new"): "pop"}
    assert data.corrections == ()


def test_the_user_s_own_clip_wins_whether_imported_or_corrected(database):
    Library(database).put(clip("imported", "rock"), FEATURE_VERSION)
    Corrections(database).add(predicted(database, "corrected"), "jazz")
    data = gather(database, (), table(contributed("imported", "pop"), contributed("corrected", "pop")))
    assert labels(data) == {"imported": "rock", "corrected": "jazz"}
    assert sources(data) == {"imported": "audio", "corrected": "correction"}


def test_the_team_wins_over_the_reference_which_keeps_its_track_and_artist(database):
    reference = clip("same", "jazz", source="reference", group="artist:x")
    data = gather(database, [reference], table(contributed("same", "metal", "artist:x")))
    assert labels(data) == {"same": "metal"}
    assert sources(data) == {"same": "team"}
    assert data.rows.names.tolist() == ["same"]
    assert groups(data) == {"same": "artist:x"}


def test_of_several_contributions_the_label_of_most_counts_else_the_first(database):
    clips = [contributed("a", "pop"), contributed("a", "jazz"), contributed("a", "jazz")]
    clips += [contributed("b", "blues"), contributed("b", "rock")]
    assert set(labels(gather(database, (), table(*clips))).values()) == {"jazz", "blues"}


def test_spellings_of_one_genre_become_one_across_the_team(database):
    Corrections(database).add(predicted(database, "a"), "Zydeco")
    data = gather(database, (), table(contributed("b", "zydeco"), contributed("c", "Hip-Hop")))
    assert sorted(labels(data).values()) == ["Zydeco", "Zydeco", "hiphop"]


def test_one_artist_is_one_group_across_desktops(database):
    Library(database).put(clip("mine", group="artist:x"), FEATURE_VERSION)
    data = gather(database, (), table(contributed("new", group="artist:x")))
    assert set(groups(data).values()) == {"artist:x"}


def test_one_recording_joins_the_groups_that_two_desktops_put_it_in(database):
    Library(database).put(clip("one", group="artist:x"), FEATURE_VERSION)
    Library(database).put(clip("two", group="artist:y"), FEATURE_VERSION)
    third = replace(OTHERS, secret=b"third")
    data = gather(
        database,
        (),
        table(
            contributed("one", group="folder:/there"),
            contributed("a", group="folder:/there"),  # the folder holds a recording of artist x
            contributed("a", group="folder:/third", by=third),
            contributed("b", group="folder:/third", by=third),
            contributed("c", group="folder:/elsewhere"),
        ),
    )
    found = groups(data)
    assert found["one"] == found[OTHERS.recording("a")] == found[OTHERS.recording("b")] == "artist:x"
    assert found["two"] == "artist:y"
    assert found[OTHERS.recording("c")] == OTHERS.group("folder:/elsewhere")


def test_no_clip_and_no_group_is_on_both_sides_of_any_fold(database):
    rng = np.random.default_rng(3)
    genres = ("rock", "jazz", "pop")
    clips = []
    for number in range(60):
        owner = Pseudonyms(b"salt", f"desktop {number % 4}".encode())
        artist = f"artist:{rng.integers(12)}" if number % 3 else f"folder:/{rng.integers(5)}"
        recording = f"song {rng.integers(45)}"
        clips.append(contributed(recording, genres[number % 3], artist, owner, windows=1 + number % 3))
    for number in range(20):
        made = clip(f"song {2 * number}", genres[number % 3], group=f"artist:{number % 7}")
        Library(database).put(made, FEATURE_VERSION)
    rows = gather(database, (), table(*clips)).rows
    recordings = np.array([MINE.recording(content) for content in rows.clips.tolist()])
    # Everything that any desktop called the group of a recording, under the team's names.
    named = {(c.content_hash, c.group) for c in clips}
    named |= {(MINE.recording(f"song {2 * n}"), MINE.group(f"artist:{n % 7}")) for n in range(20)}
    folds = grouped_folds(rows.y, rows.groups)
    assert len(folds) >= 2
    for train, held_out in folds:
        a, b = set(recordings[train]), set(recordings[held_out])
        assert not a & b
        assert not {g for r, g in named if r in a} & {g for r, g in named if r in b}


def test_rows_are_named_as_the_team_names_them_even_without_its_clips(database):
    Library(database).put(clip("mine"), FEATURE_VERSION)
    Library(database).put(clip("gtzan:blues.00000", source="table"), FEATURE_VERSION)
    rows = gather(database, (), table()).rows
    assert rows.names.tolist() == [OTHERS.recording("mine"), "blues.00000"]
    assert rows.keys.tolist() == [OTHERS.recording("mine"), "gtzan:blues.00000"]
    assert gather(database).rows.names.tolist() == ["", "blues.00000"]
    assert gather(database).rows.keys.tolist() == ["mine", "gtzan:blues.00000"]


def test_the_team_s_clips_alone_each_once():
    clips = [contributed("a", "Hip-Hop"), contributed("a", "hip hop"), contributed("b", "rock", windows=2)]
    rows = of_team(table(*clips))
    assert rows.clips.tolist() == [OTHERS.recording(name) for name in ("a", "b", "b")]
    assert rows.y.tolist() == ["hiphop", "rock", "rock"]
    assert set(rows.sources.tolist()) == {"team"}


def test_an_empty_library_and_an_empty_table(database):
    assert len(gather(database, (), table()).rows) == 0


def test_what_can_be_contributed_are_corrections_with_all_windows_the_latest_first(database):
    Library(database).put(clip("both", "rock", windows=2), FEATURE_VERSION)
    Library(database).put(replace(clip("old"), features=np.ones((1, len(SIGNAL_NAMES)))), "1")
    Library(database).put(clip("imported"), FEATURE_VERSION)
    corrections = Corrections(database)
    corrections.add(predicted(database, "both"), "Hip-Hop")
    corrections.add(predicted(database, "old"), "pop")
    corrections.add(predicted(database, "outdated", version="0"), "pop")
    corrections.add(predicted(database, "heard"), "jazz")
    undone = corrections.add(predicted(database, "undone"), "jazz")
    corrections.undo(undone)
    found = corrected_clips(database, [clip("heard", source="reference", group="artist:x")])
    assert [(c.content_hash, c.label, len(c.features)) for c in found] == [
        ("heard", "jazz", 1), ("old", "pop", 1), ("both", "hiphop", 2),
    ]  # fmt: skip
    assert found[0].group == "artist:x"
    assert found[1].features.shape == (1, len(SIGNAL_NAMES))
    assert NAMES != SIGNAL_NAMES
    assert not any(is_pseudonym(c.group) for c in found)
