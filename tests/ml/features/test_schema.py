"""The schema is one unambiguous list, and other versions are refused."""

from __future__ import annotations

import csv
import re

import numpy as np
import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.core.feature_groups import TOPICS
from genre_desktop.ml.features import schema
from genre_desktop.ml.features.schema import SIGNAL_NAMES, feature_group_columns
from tests.fixtures.shared_data import REPOSITORY, shared_data


def test_names_are_unique_and_begin_with_the_57() -> None:
    assert len(set(schema.NAMES)) == len(schema.NAMES)
    assert tuple(feature.name for feature in schema.FEATURES) == schema.SIGNAL_NAMES
    assert schema.NAMES == schema.SIGNAL_NAMES + schema.TAG_NAMES + schema.EMBEDDING_NAMES
    assert "tag_female_vocalists" in schema.TAG_NAMES
    assert schema.NAMES[:57] == schema.PUBLISHED_57
    assert schema.PUBLISHED_57[:2] == ("chroma_stft_mean", "chroma_stft_var")
    assert schema.PUBLISHED_57[16] == "tempo"
    assert schema.PUBLISHED_57[-1] == "mfcc20_var"


def test_every_feature_is_described() -> None:
    for feature in schema.FEATURES:
        assert feature.source
        assert feature.statistic == "value" or feature.name.endswith(f"_{feature.statistic}")


@pytest.mark.shared_data
def test_columns_exist_in_the_published_tables() -> None:
    headers = {}
    for table in (schema.TABLE_57, schema.TABLE_167):
        with shared_data("tables", table).open(newline="") as file:
            headers[table] = next(csv.reader(file))
    columns = schema.table_columns()
    assert tuple(columns) == schema.SIGNAL_NAMES
    assert all(column.column in headers[column.table] for column in columns.values())
    names_57 = tuple(headers[schema.TABLE_57][2:-1])  # without filename, length and label
    assert names_57 == schema.PUBLISHED_57


def test_versions_that_are_read_pass_and_are_prefixes() -> None:
    assert next(iter(schema.VERSIONS)) == schema.FEATURE_VERSION
    for version, names in schema.VERSIONS.items():
        schema.check_version(version)
        assert schema.NAMES[: len(names)] == names


def test_older_rows_are_widened() -> None:
    rows = np.arange(2.0 * len(schema.SIGNAL_NAMES)).reshape(2, -1)
    wide = schema.widen(rows)
    assert wide.shape == (2, len(schema.NAMES))
    np.testing.assert_array_equal(wide[:, : rows.shape[1]], rows)
    assert np.isnan(wide[:, rows.shape[1] :]).all()
    assert not schema.has_encoding(wide).any()
    wide[1, rows.shape[1] :] = 0.5
    assert schema.has_encoding(wide).tolist() == [False, True]
    np.testing.assert_array_equal(schema.widen(wide), wide)


@pytest.mark.parametrize("found", ["0", "", "1.1"])
def test_other_versions_are_refused(found: str) -> None:
    with pytest.raises(AppError) as caught:
        schema.check_version(found)
    problem = caught.value.problem
    assert problem.code == "feature-version"
    assert (found or "unknown") in problem.reason
    assert problem.hint


def test_document_holds_the_table_of_this_contract() -> None:
    text = (REPOSITORY / "docs" / "features.md").read_text("utf-8")
    assert schema.markdown() in text
    assert f"version **{schema.FEATURE_VERSION}**" in text


def test_every_column_has_exactly_one_feature_group() -> None:
    for name in SIGNAL_NAMES:
        assert len([topic for topic in TOPICS if re.fullmatch(topic.pattern, name)]) == 1, name
    assert sorted(place for places in feature_group_columns().values() for place in places) == list(
        range(len(SIGNAL_NAMES))
    )
    assert all(feature_group_columns().values())
