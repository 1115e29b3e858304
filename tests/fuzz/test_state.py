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
    state, page = State(tmp_path), tmp_path / "reliability.md"
    page.write_text(
        "# Reliability\n\n## Faults\n\nA table.\n\n## Fuzzing\n\nold\n\n## Soak\n\nhours\n", "utf-8"
    )
    state.save("settings", Sums(7200.0, 1234, 0, {"read a", "refused b"}))
    report.write(state, page)
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
    report.write(state, page)
    assert page.read_text("utf-8") == text


def test_a_page_is_made_where_there_is_none(tmp_path):
    page = tmp_path / "reliability.md"
    report.write(State(tmp_path), page)
    assert page.read_text("utf-8").startswith("# Reliability\n\n## Fuzzing\n")
