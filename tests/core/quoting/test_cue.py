from __future__ import annotations

import pytest

from genre_desktop.core.quoting.cue import quoted


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Drum & Bass", '"Drum & Bass"'),
        ('the "real" thing', "\"the 'real' thing\""),
        ('a"\r\n  INDEX 01 00:00:00', '"a\'\\r\\n  INDEX 01 00:00:00"'),
        ("\x1b[31mred\u202e", '"\\x1b[31mred\\u202e"'),
        ("", '""'),
    ],
)
def test_a_text_can_neither_end_its_quotes_nor_its_line(text: str, written: str) -> None:
    assert quoted(text) == written
