from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from roadworthy.items.generate import Generator
from roadworthy.learner.syllabus import served_rules, syllabus_of
from roadworthy.pack.decision import ChoiceDecision
from roadworthy.pack.model import Pack


def test_rules_are_those_of_the_generator(tiny_pack: Pack, generator: Generator) -> None:
    """Learner and generator name the same rules in the same order."""
    known = {name: served_rules(one) for name, one in tiny_pack.decisions.items()}

    assert known == generator.rules


def test_shares_and_outside_sum_to_the_exam(tiny_pack: Pack) -> None:
    """What the rules weigh and what no decision covers make up the whole exam."""
    syllabus = syllabus_of(tiny_pack)

    assert syllabus.rule_shares.sum() + syllabus.uncovered_by_section.sum() == pytest.approx(1.0)
    assert syllabus.weights.outside_share == pytest.approx(syllabus.uncovered_by_section.sum())
    assert np.all(syllabus.rule_shares > 0)


def test_unconfirmed_rules_are_not_served(tiny_pack: Pack) -> None:
    """A decision of which nothing is confirmed leaves the syllabus, and its weight goes outside."""
    decision = tiny_pack.decisions["stale-bread"]
    assert isinstance(decision, ChoiceDecision)
    rules = [one.model_copy(update={"status": "unconfirmed"}) for one in decision.rules]
    doubtful = decision.model_copy(update={"rules": rules, "goals": {}})
    pack = replace(tiny_pack, decisions={**tiny_pack.decisions, "stale-bread": doubtful})

    syllabus = syllabus_of(pack)

    assert "stale-bread" not in syllabus.decisions
    assert syllabus.weights.outside_share > syllabus_of(tiny_pack).weights.outside_share
