"""Tags that stand out are listed, and a style is named only if no genre of the model names it."""

from __future__ import annotations

import numpy as np
import pytest

from genre_desktop.core.music_tags import ENCODER_TAGS, TAGS
from genre_desktop.core.types import GENRES
from genre_desktop.ml.features import listener_tags
from genre_desktop.ml.features.listener_tags import describe, tag_reference, unnamed_style
from tests.fixtures.shared_data import shared_data
from tools import make_tag_reference

UNSURE = 0.35


def song(**high: float) -> np.ndarray:
    """Return the median of varied music with some tags' probabilities changed; ``_`` means a space."""
    row = tag_reference().quantiles[2].copy()
    for tag, chance in high.items():
        row[ENCODER_TAGS.index(tag.replace("_", " "))] = np.log(chance / (1 - chance))
    return row


def names(row: np.ndarray) -> list[str]:
    return [score.tag for score in describe(row)]


def test_average_music_has_no_tag_that_stands_out() -> None:
    assert describe(song()) == ()


def test_a_tag_counts_relative_to_its_usual_value() -> None:
    assert names(song(rock=0.2)) == []  # usual
    assert names(song(metal=0.2)) == ["metal"]  # rare
    assert names(song(happy=0.02, rock=0.2)) == ["happy"]


def test_the_highest_scores_come_first_and_never_more_than_six() -> None:
    found = describe(song(metal=0.9, rock=0.6, punk=0.9, jazz=0.9, blues=0.9, folk=0.6, soul=0.9, funk=0.9))
    assert len(found) == listener_tags.MOST
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    assert all(listener_tags.LEAST_SCORE <= score <= 1 for score in scores)
    assert {one.tag for one in found} <= set(TAGS)


def test_encoder_tags_of_one_name_are_listed_once() -> None:
    assert names(song(electronica=0.2)) == ["electronic"]
    assert names(song(electronica=0.2, electronic=0.6)) == ["electronic"]


def test_without_encoder_there_are_no_tags_and_no_style() -> None:
    assert describe(np.full(50, np.nan)) == ()
    assert unnamed_style(np.full(50, np.nan), GENRES, UNSURE) == ""


def test_scores_rise_with_the_log_odds_even_beyond_the_quantiles() -> None:
    rows = np.stack([np.full(50, x) for x in np.linspace(-15, 8, 60)])
    scores = np.stack([tag_reference().standard_scores(row) for row in rows])
    assert (np.diff(scores, axis=0) > 0).all()


@pytest.mark.parametrize("tag", ["electronic", "folk", "soul", "House", "funk", "punk", "ambient"])
def test_styles_that_the_ten_genres_lack_are_named(tag: str) -> None:
    assert unnamed_style(song(**{tag: 0.95}), GENRES, UNSURE) == tag.lower()


@pytest.mark.parametrize(
    "tag", ["classic rock", "heavy metal", "Hip-Hop", "jazz", "indie pop", "experimental", "sad"]
)
def test_what_a_genre_names_and_what_is_no_style_is_not(tag: str) -> None:
    assert unnamed_style(song(**{tag: 0.95}), GENRES, UNSURE) == ""


@pytest.mark.parametrize("label", ["Electronic", "electronica", "Techno", "E D M"])
def test_a_label_of_the_user_ends_it(label: str) -> None:
    row = song(electronic=0.7)
    assert unnamed_style(row, GENRES, UNSURE) == "electronic"
    assert unnamed_style(row, (*GENRES, label), UNSURE) == ""
    assert unnamed_style(row, (*GENRES, "Polka"), UNSURE) == "electronic"


def test_a_model_without_rock_lacks_it() -> None:
    assert unnamed_style(song(rock=0.95), ("jazz", "techno"), UNSURE) == "rock"


def test_a_sure_answer_is_not_questioned() -> None:
    assert unnamed_style(song(electronic=0.7), GENRES, 0.9) == ""
    assert unnamed_style(song(electronic=0.7), GENRES, 0.9, unusual=True) == "electronic"


def test_a_style_must_be_clearer_than_any_tag_that_a_genre_names() -> None:
    assert unnamed_style(song(electronic=0.7, rock=0.7), GENRES, UNSURE) == ""


def test_the_clearest_of_several_styles_is_named() -> None:
    assert unnamed_style(song(electronic=0.6, ambient=0.8), GENRES, UNSURE) == "ambient"


def test_the_shipped_reference_is_what_the_tool_makes() -> None:
    shared_data("tables", "gtzan_musicnn_msd_tags.npz")
    made = make_tag_reference.fitted(*make_tag_reference.published_tags(shared_data(), "train"))
    assert np.allclose(made.quantiles, tag_reference().quantiles, atol=1e-5)
    assert np.allclose(made.weights, tag_reference().weights, atol=0.01)


def test_scores_are_calibrated_on_the_genres_that_are_tags() -> None:
    shared_data("tables", "gtzan_musicnn_msd_tags.npz")
    rows, genres = make_tag_reference.published_tags(shared_data(), "train")
    inputs, truth = make_tag_reference.samples(tag_reference(), rows, genres)
    ease, slope, constant = tag_reference().weights
    scores = 1 / (1 + np.exp(-(inputs @ [ease, slope] + constant)))
    for low, high in ((0.0, 0.25), (0.25, 0.5), (0.5, 0.75), (0.75, 1.0)):
        inside = (scores >= low) & (scores <= high)
        assert truth[inside].mean() == pytest.approx(scores[inside].mean(), abs=0.1)
