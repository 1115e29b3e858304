"""Two desktops, their model server and their cluster, as ``make team-demo`` walks through them."""

from __future__ import annotations

import sys

import pytest

from tools.team.services import ServiceUnavailableError
from tools.team.walk import STEPS, Outcome, walk

pytestmark = [
    pytest.mark.timeout(1500),
    pytest.mark.skipif(sys.platform == "win32", reason="PostgreSQL is started as on Linux"),
]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """The outcome of each step, up to the first that failed."""
    try:
        return {outcome.title: outcome for outcome in walk(tmp_path_factory.mktemp("team"))}
    except ServiceUnavailableError as error:
        pytest.skip(f"no servers for a team here: {error}")


@pytest.mark.parametrize("title", STEPS)
def test_step(outcomes: dict[str, Outcome], title: str) -> None:
    if title not in outcomes:
        pytest.skip("an earlier step failed")
    assert outcomes[title].passed, outcomes[title].sentence
