from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadworthy.items.generate import Generator
from roadworthy.pack.decision import ChoiceDecision
from roadworthy.pack.load import load_pack
from roadworthy.pack.model import Pack
from roadworthy.study.advise import Adviser, ItemAdvice
from roadworthy.study.brought import Brought

OURS = Path(__file__).parents[1] / "advise"
STEM = "Cars are banned in the old town, and you want the least work. What should you do?"
OPTIONS = ("Lease two vans.", "Buy cargo bikes.", "Carry everything by hand.")


@pytest.fixture(scope="module")
def adviser(tiny_pack: Pack) -> Adviser:
    """An adviser over the tiny pack."""
    return Adviser(tiny_pack)


def falls(adviser: Adviser, stem: str, options: Sequence[str] = OPTIONS) -> list[bool]:
    """Which options fall."""
    found = adviser.advise(Brought(stem, tuple(options), "ours"))
    return [one.falls for one in found.options]


def test_an_option_falls_by_a_rule_with_its_source(adviser: Adviser) -> None:
    """Words of another author are heard; the rule, its page and the words that spoke are told."""
    found = adviser.advise(Brought(STEM, OPTIONS, "ours"))
    (reason,) = found.options[0].reasons
    assert [one.falls for one in found.options] == [True, False, False]
    assert (reason.rule, reason.page) == ("AV1", "https://example.org/guild/handbook")
    assert reason.words == ("Cars are banned", "vans")
    assert found.keywords == ("Cars are banned", "least work")
    assert found.goal == "the least work to run it"
    assert [one.rules for one in found.decisions] == [("delivery-route.DR1",)]
    assert found.ranking == (1, 2, 0)


@pytest.mark.parametrize(
    ("stem", "options"),
    [
        ("Cars are no longer banned in the old town. What should you do?", OPTIONS),
        ("Cars are banned, but only on Sundays. What should you do?", OPTIONS),
        (STEM, ("Lease vans that fill bread boxes.", *OPTIONS[1:])),
        (STEM, ("Lease two vans.", "Carry everything by hand.")),
        (STEM, ("Lease two vans.", "Lease vans and cargo bikes.")),
        ("Cars are banned in the old town. Which way should you not choose?", OPTIONS),
        ("Cars are banned in the old town. Choose three.", OPTIONS),
        ("The town is old. What should you do?", OPTIONS),
    ],
    ids=[
        "denied", "lifted", "spared", "without rival", "rival falls too", "turned", "too few left",
        "not stated",
    ],
)  # fmt: skip
def test_without_a_sure_rule_there_is_no_claim(
    adviser: Adviser, stem: str, options: tuple[str, ...]
) -> None:
    """No option falls, nothing is ranked, and the note says why."""
    found = adviser.advise(Brought(stem, options, "ours"))
    assert not any(one.falls for one in found.options)
    assert found.ranking is None and found.note == "no rule known"


def test_an_unconfirmed_rule_says_nothing(tiny_pack: Pack) -> None:
    """Like everywhere, what nobody saw is not served."""
    assert tiny_pack.advice is not None
    rules = [one.model_copy(update={"status": "unconfirmed"}) for one in tiny_pack.advice.rules]
    doubtful = replace(tiny_pack, advice=tiny_pack.advice.model_copy(update={"rules": rules}))
    assert falls(Adviser(doubtful), STEM) == [False, False, False]


def test_names_are_given_old_and_new(adviser: Adviser) -> None:
    """A former name leads to today's, with or without a plural s; today's own is not listed."""
    found = adviser.advise(
        Brought("Two Loaf Routers stand here.", ("Use Crumbline Lockers.", "Wait."), "ours")
    )
    assert [(one.written, one.today) for one in found.names] == [
        ("Loaf Router", "Crumbline Dispatch")
    ]


def test_a_pack_without_advice_still_solves_its_own_items(tiny_pack: Pack) -> None:
    """The phrases of decisions are enough, and what falls there is never the key."""
    bare = Adviser(replace(tiny_pack, advice=None))
    claims = 0
    for item in Generator(tiny_pack).sample(20, seed=3, length="exam", decision="delivery-route"):
        found = bare.advise(Brought(item.stem, tuple(one.text for one in item.options), "ours"))
        for shown, advice in zip(item.options, found.options, strict=True):
            assert not (shown.correct and advice.falls), (item.stem, advice)
            claims += advice.falls
    assert claims >= 20


@settings(max_examples=25)
@given(st.text(max_size=60), st.lists(st.text(max_size=20), min_size=2, max_size=6))
def test_the_order_of_options_changes_no_claim(stem: str, options: list[str]) -> None:
    """A ranking is a permutation, and turning the options around turns the claims around."""
    one = tiny_adviser()
    there = one.advise(Brought(f"{STEM} {stem}", tuple(options), "ours"))
    back = one.advise(Brought(f"{STEM} {stem}", tuple(options[::-1]), "ours"))
    assert [x.falls for x in there.options] == [x.falls for x in back.options][::-1]
    assert there.ranking is None or sorted(there.ranking) == list(range(len(options)))


@cache
def tiny_adviser() -> Adviser:
    """One for all examples: hypothesis takes no fixture of a module."""
    pack, _ = load_pack(Path(__file__).parents[1] / "packs" / "tiny")
    assert pack is not None
    return Adviser(pack)


@pytest.fixture(scope="module")
def knowing(shipped_pack: Pack) -> Adviser:
    """An adviser over the shipped pack."""
    return Adviser(shipped_pack)


def scores(advised: Sequence[tuple[ItemAdvice, Sequence[bool]]]) -> tuple[float, float]:
    """(precision, coverage) of the claim that an option falls."""
    pairs = [
        (option.falls, gold)
        for found, golds in advised
        for option, gold in zip(found.options, golds, strict=True)
    ]
    claimed = [gold for falls, gold in pairs if falls]
    return sum(claimed) / len(claimed), sum(claimed) / sum(gold for _, gold in pairs)


@pytest.mark.parametrize(
    ("file", "least"),
    [("development", 0.6), ("held_out", 0.4), ("second", 0.4), ("third", 0.4)],
)
def test_claims_hold_on_items_that_are_not_generated(
    knowing: Adviser, file: str, least: float
) -> None:
    """At least 90 of 100 claims are right, and enough is claimed; docs/measured.md has the rest."""
    lines = (OURS / f"{file}.jsonl").read_text(encoding="utf-8").splitlines()
    items = [json.loads(line) for line in lines]
    assert len(items) >= 20
    precision, coverage = scores([
        (knowing.advise(Brought(one["stem"], tuple(one["options"]), "ours")), one["falls"])
        for one in items
    ])  # fmt: skip
    assert precision >= 0.9 and coverage >= least


def test_claims_hold_on_our_own_items_said_anew(shipped_pack: Pack, knowing: Adviser) -> None:
    """Exam-length items of every third decision, each option in a style that was not shown."""
    generator = Generator(shipped_pack)
    advised = []
    for decision in [*shipped_pack.decisions.values()][::3]:
        if not isinstance(decision, ChoiceDecision):
            continue
        for item in generator.sample(3, seed=7, length="exam", decision=decision.id):
            brief = {
                one.id: one.text
                for other in generator.sample(6, seed=8, length="brief", decision=decision.id)
                for one in other.options
            }
            texts = tuple(brief.get(one.id, one.text) for one in item.options)
            found = knowing.advise(Brought(item.stem, texts, "ours"))
            advised.append((found, [not one.correct for one in item.options]))
    precision, coverage = scores(advised)
    assert precision >= 0.98 and coverage >= 0.6
