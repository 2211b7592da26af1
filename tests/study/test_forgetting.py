from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from roadworthy.pack.model import Pack
from roadworthy.study.forgetting import forgetting

from .conftest import Studied

DAYS = timedelta(days=20)


def test_only_what_was_met_can_be_forgotten(
    tiny_pack: Pack, studied: Studied, now: datetime
) -> None:
    """Nothing before the first lesson; then the rules of the decisions that were taught."""
    assert forgetting(studied(), tiny_pack, now, now + DAYS).rules == ()
    found = forgetting(studied(["delivery-route"]), tiny_pack, now, now + DAYS)
    assert {one.decision for one in found.rules} == {"delivery-route"}
    rows = {one.section: one for one in found.sections}
    assert rows["2"].rules == len(found.rules) and rows["1"].rules == 0


def test_it_fades_with_the_days(tiny_pack: Pack, studied: Studied, now: datetime) -> None:
    """The longer until the exam, the fewer rules hold; at the exam itself nothing is lost."""
    state = studied(["delivery-route"], answers=6)
    held = [
        forgetting(state, tiny_pack, now, now + timedelta(days=days)).exam for days in (0, 5, 20)
    ]
    assert held[0] > held[1] > held[2]
    same = forgetting(state, tiny_pack, now, now)
    assert same.now == same.exam
    past = forgetting(state, tiny_pack, now, now - DAYS)
    assert past.exam == past.now


def test_sums_and_order(tiny_pack: Pack, studied: Studied, now: datetime) -> None:
    """Sections add up to the whole; the rule whose fading weighs most in the exam is first."""
    found = forgetting(
        studied(["delivery-route", "stale-bread"], answers=5), tiny_pack, now, now + DAYS
    )
    assert sum(one.now for one in found.sections) == pytest.approx(found.now)
    assert sum(one.exam for one in found.sections) == pytest.approx(found.exam)
    weighed = [one.loss * one.share for one in found.rules]
    assert weighed == sorted(weighed, reverse=True) and weighed[0] > 0


def test_a_rule_in_dispute_is_left_out(tiny_pack: Pack, studied: Studied, now: datetime) -> None:
    """Its forecast waits until the dispute is settled."""
    state = studied(["delivery-route"])
    rule = forgetting(state, tiny_pack, now, now + DAYS).rules[0].rule
    disputed = replace(state, disputed_rules=frozenset({rule}))
    left = forgetting(disputed, tiny_pack, now, now + DAYS).rules
    assert rule not in {one.rule for one in left}
