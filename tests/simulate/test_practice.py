from __future__ import annotations

import numpy as np
import pytest
from tests.simulate.conftest import PEOPLE, MakeMinds

from roadworthy.simulate.blueprint400 import Blueprint
from roadworthy.simulate.practice import Items, compose

NOW = np.full(PEOPLE, 1.0)


def test_items_hold_the_wished_rule_and_others_of_its_section(blueprint: Blueprint) -> None:
    """About 75, 18 and 7% of items have one, two, three rules: all different, of one section."""
    wished = np.random.default_rng(1).integers(0, blueprint.count, 20_000)
    rules = compose(wished, blueprint.section_of, np.random.default_rng(2)).rules
    count = (rules >= 0).sum(axis=1)
    same = blueprint.section_of[np.maximum(rules, 0)] == blueprint.section_of[wished][:, None]

    assert (rules[:, 0] == wished).all()
    assert (same | (rules < 0)).all()
    assert all(len(set(row[row >= 0])) == (row >= 0).sum() for row in rules[count > 1])
    assert np.bincount(count)[1:] / len(wished) == pytest.approx([0.75, 0.18, 0.07], abs=0.01)


def test_answers_follow_what_comes_to_mind(minds: MakeMinds) -> None:
    """The share right is .22 + .73 x the product of recalls; a wrong answer blames a rule of it."""
    made = minds()
    items = Items(np.tile([3, 6, -1], (PEOPLE, 1)))
    rng = np.random.default_rng(3)
    got = [made.respond(items, NOW, rng) for _ in range(400)]
    right = np.mean([one.right for one in got])
    blamed = np.array([one.blamed for one in got])

    expected = 0.22 + 0.73 * made.recall(items.rules, NOW).prod(axis=1).mean()
    assert right == pytest.approx(expected, abs=0.01)
    assert set(blamed.ravel()) == {-1, 3, 6}
    assert ((blamed < 0) == np.array([one.right for one in got])).all()


def test_a_rule_that_comes_to_mind_is_not_blamed(minds: MakeMinds) -> None:
    """Of two rules the one that is known less is blamed more often."""
    made = minds()
    recall = made.recall_all(1.0).mean(axis=0)
    first = 0
    best = 1 + int(recall[1:21].argmax())
    worst = 1 + int(recall[1:21].argmin())
    rng = np.random.default_rng(4)
    items = Items(np.tile([best, worst], (PEOPLE, 1)))
    blamed = np.concatenate([made.respond(items, NOW, rng).blamed for _ in range(200)])

    assert first not in blamed
    assert (blamed == worst).sum() > 1.3 * (blamed == best).sum()


def test_time_is_that_of_an_item_of_its_length(minds: MakeMinds) -> None:
    """90 s right and 150 s wrong at exam length, 35 and 60 brief, times the candidate's pace."""
    made = minds()
    rules = np.full((PEOPLE, 1), 3)
    for brief, right, wrong in ((False, 90.0, 150.0), (True, 35.0, 60.0)):
        got = made.respond(Items(rules, brief), NOW, np.random.default_rng(5))
        took = got.seconds / made.people.pace
        assert took == pytest.approx(np.where(got.right, right, wrong))
        assert 0 < got.right.sum() < PEOPLE


def test_misreading_lowers_scores(minds: MakeMinds) -> None:
    """Candidates who overlook what decides answer worse, and what they blame says less."""
    items = Items(np.full((PEOPLE, 1), 3))
    shares = []
    for misreading in (False, True):
        made = minds(misreading=misreading)
        made.meet(items.rules, NOW, np.ones(PEOPLE, dtype=np.bool_), np.zeros((PEOPLE, 1)))
        rng = np.random.default_rng(6)
        later = NOW + 0.1
        shares.append(np.mean([made.respond(items, later, rng).right for _ in range(300)]))

    assert shares[1] < shares[0] - 0.01
