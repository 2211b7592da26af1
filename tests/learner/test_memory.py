from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadworthy.learner.memory import (
    FAILURE,
    READING,
    SUCCESS,
    memory_logit,
    memory_logits,
    strengthened,
    strengthened_all,
)
from roadworthy.learner.weights import WEIGHTS

FRESH = strengthened((), None, SUCCESS, 1.0, WEIGHTS)
gaps = st.lists(st.floats(0.0, 60.0), max_size=6)
kinds = st.sampled_from([SUCCESS, FAILURE, READING])


def after(days: list[float]) -> tuple[float, ...]:
    """Traces after a first success and one more after each gap."""
    traces = FRESH
    for gap in days:
        traces = strengthened(traces, gap, SUCCESS, 1.0, WEIGHTS)
    return traces


def test_untouched_rule_has_no_memory() -> None:
    """Without any event memory adds nothing."""
    assert memory_logit((), 3.0, WEIGHTS) == 0.0
    assert memory_logits(np.zeros((1, 3, 5)), np.array([np.inf]), WEIGHTS)[0] == 0.0


@given(days=gaps, wait=st.floats(0.0, 90.0), more=st.floats(0.001, 30.0))
def test_waiting_forgets(days: list[float], wait: float, more: float) -> None:
    """Memory falls with every day that passes."""
    traces = after(days)

    assert memory_logit(traces, wait + more, WEIGHTS) < memory_logit(traces, wait, WEIGHTS)


@given(
    days=gaps,
    gap=st.floats(0.0, 30.0),
    kind=kinds,
    credit=st.floats(0.01, 1.0),
    wait=st.floats(0.0, 60.0),
)
def test_an_event_never_weakens(
    days: list[float], gap: float, kind: int, credit: float, wait: float
) -> None:
    """One more event, also a miss whose reason was shown, leaves at least what there was."""
    traces = after(days)
    more = strengthened(traces, gap, kind, credit, WEIGHTS)

    assert memory_logit(more, wait, WEIGHTS) >= memory_logit(traces, gap + wait, WEIGHTS)


def test_spread_practice_lasts_longer_than_massed() -> None:
    """Five answers on five evenings hold more after two weeks than five in one evening."""
    spread = memory_logit(after([1.0] * 4), 14.0, WEIGHTS)
    massed = memory_logit(after([0.002] * 4), 18.0, WEIGHTS)

    assert spread > massed + 0.1


def test_forgetting_slows_down() -> None:
    """The first day takes more than the tenth."""
    days = [memory_logit(FRESH, float(day), WEIGHTS) for day in (0, 1, 9, 10)]

    assert days[0] - days[1] > 2 * (days[2] - days[3]) > 0


@given(days=gaps, gap=st.floats(0.0, 30.0), kind=kinds, credit=st.floats(0.01, 1.0))
def test_arrays_do_what_single_rules_do(
    days: list[float], gap: float, kind: int, credit: float
) -> None:
    """The vectorized forms agree with the plain ones."""
    traces = after(days)
    once = np.reshape(traces, (1, 3, 5))

    assert memory_logits(once, np.array([gap]), WEIGHTS)[0] == pytest.approx(
        memory_logit(traces, gap, WEIGHTS)
    )
    assert strengthened_all(once, np.array([gap]), kind, credit, WEIGHTS)[0].ravel() == (
        pytest.approx(strengthened(traces, gap, kind, credit, WEIGHTS))
    )


@given(kind=kinds)
def test_infinite_gap_is_a_first_time(kind: int) -> None:
    """Where nothing happened before, an event leaves its whole credit."""
    first = strengthened_all(np.zeros((1, 3, 5)), np.array([np.inf]), kind, 0.4, WEIGHTS)

    assert first[0].ravel() == pytest.approx(strengthened((), None, kind, 0.4, WEIGHTS))
