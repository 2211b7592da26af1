from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

from roadworthy.learner.ability import Ability, ability_of
from roadworthy.learner.link import chance
from roadworthy.learner.state import LearnerState, Response, Settings
from roadworthy.learner.weights import WEIGHTS

RULES = ("a.1", "a.2", "b.1", "c.1")
SECTIONS = ("1", "2")
SECTION_OF = np.array([0, 0, 0, 1])
AT = datetime(2026, 11, 2, tzinfo=UTC)


def response(rules: tuple[str, ...], right: bool, **changes: Any) -> Response:
    """A weighted answer in section 1, blaming all rules when wrong."""
    plain = Response(
        presentation="p", session=None, form=None, at=AT, day=AT.date(), decision="a", section="1",
        kind="choice", length="brief", step="full", purpose="", situation="s", rules=rules,
        blamed=() if right else rules, right=right, confidence=None, seconds=40.0,
        reading_seconds=20.0, aided=False, repeated=False, options=4, weight=1.0,
        why_no_weight=None, misconception=None, chosen=(0,),
    )  # fmt: skip
    return replace(plain, **changes)


def fit(*responses: Response, **experience: str) -> Ability:
    """The posterior after these answers."""
    state = LearnerState(responses=responses, settings=Settings(experience=experience))
    return ability_of(state, RULES, SECTIONS, WEIGHTS)


def means(ability: Ability) -> list[float]:
    """Posterior means of the four rules."""
    return ability.rule_means(SECTION_OF).tolist()


def test_without_answers_the_self_rating_is_the_mean() -> None:
    """Before any answer a rule has the prior of its section and the full prior spread."""
    ability = fit(**{"1": "work", "2": "new"})

    assert means(ability) == pytest.approx([WEIGHTS.start_work] * 3 + [WEIGHTS.start_new])
    spread = (WEIGHTS.sd_learner**2 + WEIGHTS.sd_section**2 + WEIGHTS.sd_rule**2) ** 0.5
    assert ability.rule_spreads(SECTION_OF) == pytest.approx([spread] * 4)


def test_evidence_is_shared_from_near_to_far() -> None:
    """Right answers on a rule lift it most, then its section, then the other section."""
    before, after = fit(), fit(*[response(("a.1",), True)] * 4)
    lift = np.subtract(means(after), means(before))

    assert lift[0] > lift[1] > lift[3] > 0
    assert lift[1] == pytest.approx(lift[2])


def test_wrong_answer_lowers_the_blamed_rule_most() -> None:
    """Of two rules of an item, the one of the chosen option falls further."""
    ability = fit(response(("a.1", "a.2"), False, blamed=("a.2",)))
    lift = np.subtract(means(ability), means(fit()))

    assert lift[1] < lift[0] < 0


def test_more_answers_narrow_the_doubt() -> None:
    """The spread of an answered rule falls with each answer."""
    spreads = [
        fit(*[response(("a.1",), n % 2 == 0) for n in range(count)]).rule_spreads(SECTION_OF)[0]
        for count in (0, 5, 20)
    ]

    assert spreads[0] > spreads[1] > spreads[2]


@pytest.mark.parametrize("change", [{"weight": 0.0}, {"repeated": True}, {"section": "9"}])
def test_answers_that_say_nothing_of_ability(change: dict[str, Any]) -> None:
    """Answers too fast, on known situations, or of a section that is gone leave the prior."""
    assert means(fit(response(("a.1",), True, **change))) == means(fit())


def test_help_and_memory_explain_a_right_answer() -> None:
    """A right answer says less of ability when help or fresh memory made it likely."""
    plain = means(fit(response(("a.1",), True)))[0]

    assert means(fit(response(("a.1",), True, aided=True)))[0] < plain
    assert means(fit(response(("a.1",), True, memory=3.0)))[0] < plain


def test_full_fit_finds_where_the_posterior_is_highest() -> None:
    """No small step from what a settled session left finds a higher posterior."""
    responses = [response(("a.1", "a.2"), n % 3 > 0) for n in range(9)]
    responses += [response(("c.1",), n % 4 == 0, section="2", memory=0.5) for n in range(8)]
    new_session = replace(response(("b.1",), True), session="next", weight=0.0)
    belief = fit(*responses, new_session).belief
    mode = np.r_[belief.mean[0], belief.start[0] + belief.pull[0] @ belief.mean[0]]
    deviations = [WEIGHTS.sd_learner] + [WEIGHTS.sd_section] * 2 + [WEIGHTS.sd_rule] * 4

    def posterior(x: np.ndarray[Any, Any]) -> float:
        total = -0.5 * sum((x[n] / sd) ** 2 for n, sd in enumerate(deviations))
        for one in responses:
            section = SECTIONS.index(one.section)
            rules = np.mean([x[3 + RULES.index(rule)] for rule in one.rules])
            logit = WEIGHTS.start_unsaid + x[0] + x[1 + section] + rules + one.memory
            p = float(chance(np.array(logit), 0.25, WEIGHTS))
            total += np.log(p if one.right else 1 - p)
        return float(total)

    best = posterior(mode)
    for place in range(len(mode)):
        for step in (-0.01, 0.01):
            moved = mode.copy()
            moved[place] += step
            assert posterior(moved) < best


def test_updates_of_a_session_stay_near_a_full_fit() -> None:
    """Forty answers one by one leave what all of them at once would, to a tenth of a spread."""
    rng = np.random.default_rng(3)
    responses = [
        response((("a.1", "a.2"), ("b.1",), ("a.2", "b.1"))[n % 3], rng.random() < 0.6)
        for n in range(40)
    ]
    one_by_one = fit(*responses)
    at_once = fit(*responses, replace(response(("b.1",), True), session="next", weight=0.0))
    spread = at_once.rule_spreads(SECTION_OF)

    assert np.abs(means(one_by_one) - np.array(means(at_once))).max() < 0.1 * spread.max()
    assert one_by_one.rule_spreads(SECTION_OF) == pytest.approx(spread, rel=0.05)


def test_posterior_does_not_depend_on_what_was_asked_before() -> None:
    """Asking after every answer, or once at the end, gives the same numbers to the last bit."""
    responses = [response(("a.1", "a.2"), n % 3 > 0) for n in range(12)]
    for count in range(1, 12):
        fit(*responses[:count])
    asked_often = fit(*responses).belief
    once = fit(*[replace(one) for one in responses]).belief

    assert asked_often.mean.tolist() == once.mean.tolist()
    assert asked_often.start.tolist() == once.start.tolist()


def test_draws_have_the_posterior_moments() -> None:
    """Many draws have the posterior's mean and spread."""
    ability = fit(*[response(("a.1", "b.1"), n % 3 > 0) for n in range(12)])
    normals = np.random.default_rng(1).standard_normal((20_000, 7))
    drawn = ability.draws(normals, SECTION_OF)

    assert drawn.mean(axis=0) == pytest.approx(ability.rule_means(SECTION_OF), abs=0.03)
    assert drawn.std(axis=0) == pytest.approx(ability.rule_spreads(SECTION_OF), abs=0.03)


def test_chance_runs_from_guess_to_slip() -> None:
    """The chance of a right answer never leaves the room between guessing and slipping."""
    ends = chance(np.array([-50.0, 50.0]), 0.25, WEIGHTS)

    assert ends == pytest.approx([0.25, 1 - WEIGHTS.slip])
