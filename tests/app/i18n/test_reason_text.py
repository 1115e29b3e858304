from __future__ import annotations

from dataclasses import replace

import pytest

from genre_desktop.app.i18n import reason_text
from genre_desktop.core.explanations import Explanation, Reason, SimilarClip
from genre_desktop.core.feature_groups import TOPICS, tag_of
from genre_desktop.core.types import TagScore

TEMPO = Reason("tempo", 0.9, "tempo", "BPM", 140.0, 120.0, 150.0, 0.1)
CHORDS = Reason("chords", -0.3, "chroma_cqt_0_mean")


def test_every_topic_has_words() -> None:
    assert set(reason_text.TOPICS) == {topic.key for topic in TOPICS if not tag_of(topic.key)}
    assert len(set(reason_text.TOPICS.values())) == len(reason_text.TOPICS)


def test_reasons_in_words() -> None:
    whole = Explanation("hiphop", "vote", "contributions", (TEMPO,), (CHORDS,))
    (pro,), (contra,) = reason_text.lines(whole, whole.pro), reason_text.lines(whole, whole.contra)
    assert pro.title == "Tempo (beats per minute)"
    assert pro.caption == "140 BPM, usual for Hip-Hop (120 to 150 BPM)"
    assert (pro.factor, pro.share) == ("× 2.5", 1.0)
    assert pro.tip.startswith("On its own, this makes Hip-Hop 2.5 times as likely.")
    assert "tempo" in pro.tip
    assert contra.caption == "Combined measure"
    assert (contra.factor, contra.share) == ("÷ 1.3", pytest.approx(1 / 3))


@pytest.mark.parametrize(
    ("standing", "words"),
    [(0.0, "usual for"), (1.0, ", more than usual for"), (-1.0, ", less than usual for"),
     (3.0, "far more than"), (-3.0, "far less than")],
)  # fmt: skip
def test_how_a_value_stands(standing: float, words: str) -> None:
    reason = Reason("tempo", 0.9, "tempo", "BPM", 140.0, 120.0, 150.0, standing)
    (line,) = reason_text.lines(Explanation("rock", "vote", "replacing", (reason,), ()), (reason,))
    assert words in line.caption


def test_a_value_that_would_contradict_its_weight_is_compared_with_most_music() -> None:
    reason = replace(TEMPO, standing=-3.0, among_all=True)
    (line,) = reason_text.lines(Explanation("rock", "vote", "replacing", (reason,), ()), (reason,))
    assert line.caption == "140 BPM, far less than in most music (120 to 150 BPM)"


def test_an_unknown_genre_is_compared_with_most_music() -> None:
    whole = Explanation("polka", "vote", "replacing", (TEMPO,), (), usual_known=False)
    assert reason_text.lines(whole, whole.pro)[0].caption == "140 BPM, as in most music (120 to 150 BPM)"
    assert "was replaced by" in reason_text.method(whole)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [(2180.4, "Hz", "2,180 Hz"), (12.345, "dB", "12.3 dB"), (-1.234, "", "−1.23"), (0.0712, "", "0.071"),
     (2.83, "1/s", "2.83 per second"), (0.0, "", "0.000"), (-0.00002, "", "−2e−5")],
)  # fmt: skip
def test_numbers(value: float, unit: str, text: str) -> None:
    assert reason_text.measure(value, unit) == text


@pytest.mark.parametrize(
    ("likeness", "words"),
    [(1.0, "nearly identical · 100 %"), (0.999, "extremely similar · 99 %"), (0.96, "very similar · 96 %"), (0.85, "similar · 85 %"), (0.6, "somewhat similar · 60 %")],
)  # fmt: skip
def test_likeness_in_words(likeness: float, words: str) -> None:
    assert reason_text.alike(SimilarClip("x.mp3", "rock", own=True, likeness=likeness)) == words


def test_a_number_is_called_by_its_property() -> None:
    assert reason_text.called("mfcc3_var") == "Timbre variation, broad shape (MFCC 3 to 6)"
    assert reason_text.called("of_another_version") == "of another version"


def described(*tags: str, unlike: tuple[str, ...] = ()) -> Explanation:
    scores = tuple(TagScore(tag, 0.9) for tag in tags)
    return Explanation("jazz", "vote", "contributions", (), (), tags=scores, unlike=unlike)


@pytest.mark.parametrize(
    ("tags", "text"),
    [
        (("jazz", "instrumental", "blues", "mellow"), "Sounds like Jazz and Blues; Instrumental, Mellow"),
        (("jazz",), "Sounds like Jazz"),
        (("jazz", "blues", "soul", "funk"), "Sounds like Jazz, Blues and Soul"),
        (("instrumental", "80s"), "Sound: Instrumental, 1980s"),
        ((), ""),
    ],
)
def test_a_song_is_described_by_its_tags(tags: tuple[str, ...], text: str) -> None:
    assert reason_text.sounds_like(described(*tags)) == text


@pytest.mark.parametrize(
    ("standing", "caption"),
    [
        (2.0, "More pronounced than in 97 % of varied music"),
        (-1.0, "Less pronounced than in 84 % of varied music"),
        (6.0, "More pronounced than in 99 % of varied music"),
    ],
)
def test_tags_are_compared_with_varied_music(standing: float, caption: str) -> None:
    reason = Reason("tag:jazz", 0.8, "tag_jazz", standing=standing)
    (line,) = reason_text.lines(Explanation("jazz", "vote", "contributions", (reason,), ()), (reason,))
    assert (line.title, line.caption) == ("Tag: Jazz", caption)


def test_an_unusual_song_says_by_what() -> None:
    text = reason_text.unlike(described(unlike=("tempo", "tag:house")))
    assert text.startswith("Differs most from the training music in: Tempo (beats per minute); Tag: House.")
    assert reason_text.unlike(described("jazz")) == ""
