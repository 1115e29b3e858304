from __future__ import annotations

from fuzz import report
from fuzz.regressions import regressions
from fuzz.state import Found, State, Sums
from fuzz.targets import find


def test_sums_are_read_as_they_were_saved(tmp_path):
    state = State(tmp_path)
    sums = Sums(2.5, 100, 7, {"read a", "refused b"}, {"crash x": Found(2, "crash-1.wav")})
    state.save("sound", sums)
    assert state.load("sound") == sums
    assert state.load("tags") == Sums()


def test_the_section_is_written_beside_others(tmp_path):
    state, page, record = State(tmp_path), tmp_path / "reliability.md", tmp_path / "sums.json"
    page.write_text(
        "# Reliability\n\n## Faults\n\nA table.\n\n## Fuzzing\n\nold\n\n## Soak\n\nhours\n", "utf-8"
    )
    state.save("settings", Sums(7200.0, 1234, 0, {"read a", "refused b"}))
    report.write(state, page, record)
    text = page.read_text("utf-8")
    assert "old" not in text
    mended = len(regressions("settings"))
    assert f"| {find('settings').title} | 2.00 | 1,234 | 2 | {mended} | 0 |" in text
    assert [line for line in text.splitlines() if line.startswith("#")] == [
        "# Reliability",
        "## Faults",
        "## Fuzzing",
        "## Soak",
    ]
    report.write(state, page, record)
    assert page.read_text("utf-8") == text


def test_sums_of_two_machines_are_added_once(tmp_path):
    page, record = tmp_path / "reliability.md", tmp_path / "sums.json"
    for name, hours, ways in (
        ("one", 1.0, {"read a"}),
        ("two", 0.5, {"read a", "refused b"}),
        ("one", 1.0, {"read a"}),
    ):
        state = State(tmp_path / name)
        state.save("settings", Sums(hours * 3600, 1000, 0, ways))
        report.write(state, page, record)
    mended = len(regressions("settings"))
    assert f"| {find('settings').title} | 1.50 | 2,000 | 2 | {mended} | 0 |" in page.read_text("utf-8")


def test_a_page_is_made_where_there_is_none(tmp_path):
    page = tmp_path / "reliability.md"
    report.write(State(tmp_path), page, tmp_path / "sums.json")
    assert page.read_text("utf-8").startswith("# Reliability\n\n## Fuzzing\n")
