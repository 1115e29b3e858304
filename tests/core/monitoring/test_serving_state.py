import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genre_desktop.core.monitoring.serving_state import (
    CONCLUSIVE,
    CleanSeen,
    DriftSeen,
    FailoverPolicy,
    ModelFault,
    ModelHealthy,
    ModelPromoted,
    ServingState,
    StartersRestored,
    state_from,
    step,
)

DRIFT = DriftSeen("52 % of the features differ.")
CLEAN = CleanSeen()
TAMPERED = ModelFault("champion", "model-digest", "The champion's files were changed.")
RAISED = ModelFault("champion", "model-raised", "The champion stopped with an error.")
GONE = ModelFault("fallback", "model-missing", "The fallback's folder is gone.")
WELL, FALLBACK_WELL = ModelHealthy("champion"), ModelHealthy("fallback")
RECODED = CleanSeen("Like strongly compressed files.")


def run(*events, state=None, policy=None, now=0.0):
    """Return the state after some events, and the switches."""
    state, policy, switches = state or ServingState(), policy or FailoverPolicy(), []
    for event in events:
        state, switch = step(state, event, policy, now)
        switches += [switch] if switch else []
    return state, switches


def path(switches):
    return [switch.new for switch in switches]


def test_at_first_the_champion_serves():
    state = ServingState()
    assert (state.active, state.code, state.because) == ("champion", "", "")


def test_one_drifted_window_changes_nothing_two_in_a_row_do():
    assert run(DRIFT)[1] == []
    assert run(DRIFT, CLEAN, DRIFT)[1] == []
    state, switches = run(DRIFT, DRIFT)
    assert [(s.old, s.new, s.code) for s in switches] == [("champion", "fallback", "drift")]
    assert state.because == "52 % of the features differ."


def test_clean_windows_restore_the_champion():
    state, switches = run(DRIFT, DRIFT, CLEAN, CLEAN)
    assert path(switches) == ["fallback", "champion"]
    assert switches[-1].code == "drift-over"
    assert (state.active, state.code, state.drifted) == ("champion", "", "")


def test_every_comeback_makes_the_next_one_harder():
    state, _ = run(DRIFT, DRIFT, CLEAN, CLEAN, DRIFT, DRIFT, CLEAN, CLEAN)
    assert state.active == "fallback"
    state, _ = run(CLEAN, CLEAN, state=state)
    assert state.active == "champion"


def test_after_a_calm_day_comebacks_are_reset():
    state, _ = run(DRIFT, DRIFT, CLEAN, CLEAN)
    state, _ = run(DRIFT, DRIFT, CLEAN, CLEAN, state=state, now=FailoverPolicy().calm_s)
    assert state.active == "champion"


@pytest.mark.parametrize("fault", [TAMPERED, RAISED])
def test_a_fault_counts_at_once(fault):
    state, switches = run(fault)
    assert (state.active, state.code, state.reason) == ("fallback", fault.code, fault.reason)
    assert (switches[0].code, switches[0].reason) == (fault.code, fault.reason)


def test_one_load_proves_a_file_but_not_a_model_that_raised():
    assert path(run(TAMPERED, WELL)[1]) == ["fallback", "champion"]
    assert path(run(RAISED, WELL, WELL)[1]) == ["fallback"]
    assert path(run(RAISED, WELL, WELL, WELL)[1]) == ["fallback", "champion"]
    assert path(run(RAISED, WELL, WELL, RAISED, WELL)[1]) == ["fallback"]


def test_success_of_a_healthy_model_changes_nothing():
    assert run(WELL, FALLBACK_WELL) == (ServingState(), [])


def test_with_both_broken_no_model_serves():
    state, switches = run(TAMPERED, GONE)
    assert path(switches) == ["fallback", "none"]
    assert state.code == "no-model"
    assert TAMPERED.reason in state.because
    assert GONE.reason in state.because
    assert run(GONE, TAMPERED)[0].active == "none"


def test_a_broken_fallback_alone_changes_nothing():
    state, switches = run(GONE)
    assert (state.active, switches) == ("champion", [])


def test_a_champion_on_unfamiliar_music_beats_no_answer():
    state, switches = run(DRIFT, DRIFT, GONE)
    assert path(switches) == ["fallback", "champion"]
    assert state.code == "drift"
    assert state.because == ""
    assert run(FALLBACK_WELL, FALLBACK_WELL, state=state)[0].active == "fallback"


@pytest.mark.parametrize("event", [ModelPromoted(), StartersRestored()])
@pytest.mark.parametrize("before", [(DRIFT, DRIFT), (TAMPERED,), (TAMPERED, GONE)])
def test_new_models_start_without_evidence(event, before):
    state, switches = run(*before, event)
    assert switches[-1].new == "champion"
    assert switches[-1].code in {"promoted", "restored"}
    assert state == ServingState(since=0.0)


def test_a_state_survives_json():
    for events in [(), (DRIFT, DRIFT), (RAISED, WELL, GONE)]:
        state, _ = run(*events)
        assert state_from(json.loads(json.dumps(state.to_dict()))) == state


ORDINARY = st.sampled_from([DRIFT, CLEAN, TAMPERED, RAISED, GONE, WELL, FALLBACK_WELL])
ANY = st.one_of(ORDINARY, st.sampled_from([ModelPromoted(), StartersRestored()]))


@given(st.lists(ANY, max_size=80))
def test_who_serves_follows_from_what_is_known(events):
    state = ServingState()
    for event in events:
        before = state
        state, switch = step(state, event, FailoverPolicy(), 0.0)
        assert (switch is None) == (before.active == state.active)
        broken = state.champion_fault is not None, state.fallback_fault is not None
        assert (state.active == "none") == all(broken)
        assert state.active != "champion" or not broken[0]
        assert state.active != "fallback" or not broken[1]
        assert bool(state.because) == (state.active != "champion")
        if switch is not None:
            assert switch.reason
            assert (switch.old, switch.new) == (before.active, state.active)


@given(st.lists(ORDINARY, max_size=200), st.integers(1, 4), st.integers(1, 4))
def test_it_never_flaps(events, confirmations, proofs):
    """Within a day, n events cause at most 5 + n / 4 switches."""
    policy = FailoverPolicy(confirmations=confirmations, proofs=proofs)
    _, switches = run(*events, policy=policy)
    assert len(switches) <= 5 + len(events) / 4


@given(st.lists(st.sampled_from([DRIFT, CLEAN]), max_size=200), st.integers(1, 5))
def test_drift_alone_switches_no_faster_than_its_windows_allow(events, confirmations):
    """Between two switches are at least as many windows as a confirmation needs."""
    state, policy, last = ServingState(), FailoverPolicy(confirmations=confirmations), -confirmations
    for index, event in enumerate(events):
        state, switch = step(state, event, policy, 0.0)
        if switch is not None:
            assert index - last >= confirmations
            assert set(events[index - confirmations + 1 : index + 1]) == {event}
            last = index


def test_another_way_of_recording_counts_as_clean_for_drift():
    state, switches = run(DRIFT, DRIFT, RECODED, RECODED)
    assert path(switches) == ["fallback", "champion"]
    assert state.recoded


@pytest.mark.parametrize("code", sorted(CONCLUSIVE))
def test_one_load_proves_that_a_fault_of_the_files_is_gone(code):
    state, switches = run(ModelFault("champion", code, "It is broken."), WELL)
    assert path(switches) == ["fallback", "champion"]
    assert state.champion_fault is None
