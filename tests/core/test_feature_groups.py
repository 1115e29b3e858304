from __future__ import annotations

import pytest

from genre_desktop.core.feature_groups import topic_of


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("spectral_centroid_mean", "brightness"),
        ("contrast_0_std", "bass-rhythm"),
        ("mfcc13_var", "grain-changes"),
        ("chroma_stft_mean", "notes"),
        ("chroma_stft_3_mean", "chords"),
    ],
)
def test_some_by_name(name: str, key: str) -> None:
    topic = topic_of(name)
    assert topic is not None
    assert topic.key == key


def test_a_name_of_another_contract_has_no_topic() -> None:
    assert topic_of("mfcc_1_mean") is None
