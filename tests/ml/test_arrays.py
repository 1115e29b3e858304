from __future__ import annotations

import numpy as np
import pytest

from genre_desktop.ml.arrays import check_text


@pytest.mark.parametrize("order", ["<", ">"])
def test_text_is_checked_for_what_is_no_character(order):
    good = np.array(["rock", "Größe", "\U0010ffff", ""], f"{order}U4")
    check_text(good)
    check_text(np.array("one"))
    check_text(np.arange(3.0))
    bad = np.frombuffer(np.array([0x110000] * 4, f"{order}u4").tobytes(), f"{order}U4")
    with pytest.raises(ValueError, match="no text"):
        check_text(bad)
