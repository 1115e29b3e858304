from __future__ import annotations

import csv
import io
from datetime import datetime

from genre_desktop.core.listening.section import LoggedSection
from genre_desktop.core.listening.table import COLUMNS, table
from genre_desktop.core.quoting.cells import cell_text
from tests.core.listening.samples import BEGAN, line, taken


def rows(*sections: LoggedSection) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(table(sections)), newline="")))


def test_every_section_is_a_row() -> None:
    plain, corrected, silent = rows(
        line(0.0, "hiphop"), line(60.0, "rock", label="jazz", **taken(50.0)), line(120.0, "", 7.26)
    )
    assert tuple(plain) == COLUMNS
    assert datetime.fromisoformat(plain["started"]).timestamp() == BEGAN
    assert [plain[name] for name in COLUMNS[1:]] == [
        "60.0", "hiphop", "hiphop", "0.7500", "", "music", "soul; 70s", "",
    ]  # fmt: skip
    assert (corrected["genre"], corrected["model_genre"], corrected["corrected"]) == ("jazz", "rock", "yes")
    assert corrected["recording"] == "Take 1.flac"
    assert [silent[name] for name in COLUMNS[1:]] == ["7.3", "", "", "", "", "silence", "", ""]


def test_a_label_is_no_formula() -> None:
    (row,) = rows(line(0.0, label='=HYPERLINK("http://x";"y")\n'))
    assert row["genre"].startswith("'=")
    assert "\n" not in row["genre"]
    assert cell_text(row["genre"]) == '=HYPERLINK("http://x";"y")\\n'
