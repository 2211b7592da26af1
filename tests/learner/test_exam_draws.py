from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from roadworthy.learner.exam_draws import ExamDraws, exam_draws
from roadworthy.learner.syllabus import syllabus_of
from roadworthy.learner.weights import WEIGHTS
from roadworthy.pack.model import Pack


def drawn(pack: Pack, **changes: Any) -> ExamDraws:
    """Draws for a pack with plain settings, changed as asked."""
    plain: dict[str, Any] = {
        "seed": 1,
        "pass_mark": 0.7,
        "outside_floor": 0.1,
        "disputed": frozenset(),
        "weights": WEIGHTS,
    }
    return exam_draws(syllabus_of(pack), **{**plain, **changes})


def test_same_seed_same_exams(tiny_pack: Pack) -> None:
    """Two makings with one seed draw the same exams, with another seed others."""
    first, other = drawn(tiny_pack), drawn(tiny_pack, seed=2)
    again = drawn(tiny_pack, outside_floor=0.1 + 1e-15)  # made anew, not found

    assert np.array_equal(first.rules, again.rules)
    assert not np.array_equal(first.rules, other.rules)


def test_exams_have_the_size_of_the_blueprint(tiny_pack: Pack) -> None:
    """Every exam has between the fewest and the most items."""
    sizes = drawn(tiny_pack).asked.sum(axis=1)

    assert sizes.min() >= 15
    assert sizes.max() <= 20
    assert len(set(sizes.tolist())) > 1


def test_sections_come_in_their_shares(tiny_pack: Pack) -> None:
    """On average a section gets the items of its decisions and of what it lacks."""
    draws = drawn(tiny_pack)
    syllabus = syllabus_of(tiny_pack)
    decisions = [syllabus.weights.share(name) for name in syllabus.decisions]
    expected = np.bincount(syllabus.section_of_decision, weights=decisions, minlength=3)
    shares = np.bincount(draws.section[draws.asked], minlength=3) / draws.asked.sum()

    assert shares == pytest.approx(expected + syllabus.uncovered_by_section, abs=0.03)


@pytest.mark.parametrize("floor", [0.1, 0.4, 0.9, 1.0])
def test_outside_share_is_at_least_what_is_asked(tiny_pack: Pack, floor: float) -> None:
    """The share outside the pack is what its decisions leave open, or the floor if higher."""
    uncovered = syllabus_of(tiny_pack).weights.outside_share

    assert drawn(tiny_pack, outside_floor=floor).outside_share == pytest.approx(
        max(uncovered, floor), abs=0.04
    )


def test_disputed_rules_do_not_come_up(tiny_pack: Pack) -> None:
    """Items avoid rules in dispute; a decision wholly in dispute counts as outside."""
    syllabus = syllabus_of(tiny_pack)
    one = frozenset({"stale-bread.SB1"})
    whole = frozenset(rule for rule in syllabus.rules if rule.startswith("delivery-route."))

    assert syllabus.place["stale-bread.SB1"] not in drawn(tiny_pack, disputed=one).rules
    assert drawn(tiny_pack, disputed=whole).outside_share > drawn(tiny_pack).outside_share + 0.1


def test_pass_chances_follow_the_mark(tiny_pack: Pack) -> None:
    """A higher mark is harder to reach, and all right always passes."""
    low, high = drawn(tiny_pack, pass_mark=0.6), drawn(tiny_pack, pass_mark=0.8)
    logits = np.zeros(low.section.shape)
    easy, hard = (one.pass_chances(logits, WEIGHTS, transfer=True).mean() for one in (low, high))
    last = high.asked.sum(axis=1)

    assert easy > hard
    assert high.passes[np.arange(len(last)), last] == pytest.approx(1.0, abs=1e-6)


def test_allowance_makes_the_exam_harder(tiny_pack: Pack) -> None:
    """With the transfer allowance the chance to pass is lower."""
    draws = drawn(tiny_pack)
    logits = np.full(draws.section.shape, 1.0)
    own = draws.pass_chances(logits, WEIGHTS, transfer=False).mean()

    assert draws.pass_chances(logits, WEIGHTS, transfer=True).mean() < own
