"""A few seconds of fuzzing of every target, and the inputs of all findings that were mended."""

from __future__ import annotations

import importlib
import sys
from random import Random

import pytest

from fuzz import known
from fuzz.campaign import Campaign
from fuzz.executor import Executor
from fuzz.regressions import regressions
from fuzz.state import State
from fuzz.targets import NAMES, find

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is measured on Linux")
SECONDS = 1.0


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_found(name, tmp_path):
    campaign = Campaign(find(name), State(tmp_path), Random(name), print, minimise_s=0)
    found = known.new(name, campaign.run(SECONDS))
    assert [outcome.key for outcome in found] == [], f"the inputs are in {tmp_path}"
    assert campaign.sums.inputs > len(find(name).seeds())
    assert campaign.sums.signatures


@pytest.mark.parametrize("name", [name for name in NAMES if regressions(name)])
def test_mended_findings_stay_mended(name, tmp_path):
    with Executor(name, tmp_path) as executor:
        found = {file: executor.run(file, data) for file, data in regressions(name).items()}
    assert {file: outcome.key for file, outcome in found.items() if outcome.is_finding} == {}


def test_every_target_is_listed():
    modules = {find(name): importlib.import_module(find(name).run.__module__) for name in NAMES}
    assert {target.name for module in set(modules.values()) for target in module.TARGETS} == set(NAMES)
