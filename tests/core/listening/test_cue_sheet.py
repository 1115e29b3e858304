"""Cue sheets, read again by a parser of the format."""

from __future__ import annotations

import re

import pytest

from genre_desktop.core.listening.cue_sheet import MOST_TRACKS, cue_sheet, position
from genre_desktop.core.listening.section import LoggedSection, TakePosition
from tests.core.listening.samples import BEGAN, line, taken

TRACK = re.compile(
    r'  TRACK (\d\d) AUDIO\r\n    TITLE "([^"\r\n]*)"\r\n    INDEX 01 (\d\d+):([0-5]\d):(\d\d)\r\n'
)
SHEET = re.compile(rf'REM DATE (\d{{4}})\r\nFILE "([^"\r\n]+)" WAVE\r\n((?:{TRACK.pattern})*)')


def parsed(text: str) -> tuple[str, list[tuple[int, str, float]]]:
    """Return the file, and number, title and start in seconds of each track; fails where the format is broken."""
    found = SHEET.fullmatch(text)
    assert found is not None, text
    tracks = TRACK.findall(found[3])
    assert all(int(frame) < 75 for *_, frame in tracks)
    return found[2], [
        (int(number), title, int(minute) * 60 + int(second) + int(frame) / 75)
        for number, title, minute, second, frame in tracks
    ]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.0, "00:00:00"),
        (59.999, "01:00:00"),
        (61.52, "01:01:39"),
        (3600.0, "60:00:00"),
        (7265.2, "121:05:15"),
    ],
)
def test_positions_are_minutes_seconds_and_frames(seconds: float, text: str) -> None:
    assert position(seconds) == text


def test_the_tracks_of_a_recording_begin_where_its_sections_do() -> None:
    sections = [
        line(3.0, "jazz"),  # before the recording
        line(60.0, "hiphop", **taken(-12.0)),
        line(120.0, "", **taken(48.0)),
        line(130.0, "rock", label="Tech “House”", **taken(58.04)),
        line(500.0, "rock"),  # after it
    ]
    sheet = cue_sheet(sections)
    file, tracks = parsed(sheet.text())
    assert file == "Take 1.flac"
    assert sheet.take
    assert tracks == [
        (1, "Hip-Hop", 0.0),
        (2, "Silence", 48.0),
        (3, "Tech “House”", pytest.approx(58.04, abs=0.5 / 75)),
    ]


def test_without_a_recording_times_count_from_the_start_of_listening() -> None:
    earlier = line(-9000.0, "metal", listening=BEGAN - 9000.0)
    file, tracks = parsed(cue_sheet([earlier, line(3.0, "jazz"), line(64.0, "rock")]).text())
    assert re.fullmatch(r"Live \d{4}-\d\d-\d\d \d\d-\d\d-\d\d\.wav", file)
    assert tracks == [(1, "Jazz", 3.0), (2, "Rock", 64.0)]


def test_of_several_recordings_it_is_the_last_or_that_of_the_chosen_line() -> None:
    one, two = "Take 1.flac", "Take 2.flac"
    both = line(30.0, "jazz", takes=(TakePosition(one, 29.0), TakePosition(two, -20.0)))
    sections = [
        line(1.0, "rock", **taken(0.0, one)),
        both,
        line(90.0, "pop", **taken(40.0, two)),
        line(200.0),
    ]
    assert parsed(cue_sheet(sections).text()) == (two, [(1, "Jazz", 0.0), (2, "Pop", 40.0)])
    assert parsed(cue_sheet(sections, sections[0]).text()) == (one, [(1, "Rock", 0.0), (2, "Jazz", 29.0)])


def test_only_the_last_section_before_the_recordings_start_is_in_it() -> None:
    sections = [
        line(0.0, "jazz", **taken(-9.0)),
        line(7.0, "rock", **taken(-2.0)),
        line(30.0, "pop", **taken(21.0)),
    ]
    assert parsed(cue_sheet(sections).text())[1] == [(1, "Rock", 0.0), (2, "Pop", 21.0)]


def test_names_cannot_break_the_format() -> None:
    name = 'a "quote"\r\n  TRACK 07 AUDIO ' + "x" * 200
    _, ((number, title, _),) = parsed(cue_sheet([line(0.0, label=name)]).text())
    assert number == 1
    assert title.startswith("a 'quote'\\r\\n  TRACK 07 AUDIO x")
    assert len(title) == 82  # 80 letters, of which two are written as escapes of two


def many(number: int) -> list[LoggedSection]:
    return [line(10.0 * place, ("rock", "jazz")[place % 2]) for place in range(number)]


@pytest.mark.parametrize(("sections", "left_out"), [(99, 0), (100, 1), (250, 151)])
def test_the_format_has_ninety_nine_tracks(sections: int, left_out: int) -> None:
    sheet = cue_sheet(many(sections))
    _, tracks = parsed(sheet.text())
    assert sheet.left_out == left_out
    assert [number for number, _, _ in tracks] == list(range(1, MOST_TRACKS + 1))
