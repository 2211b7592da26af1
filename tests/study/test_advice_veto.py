"""Cues fire where a stem states a fact, and not where it takes the fact back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from roadworthy.pack.advice import Veto
from roadworthy.pack.model import Pack
from roadworthy.study.advice_ear import Ear
from roadworthy.study.advise import NO_ORDER, Adviser
from roadworthy.study.brought import Brought

OURS = Path(__file__).parents[1] / "advise"
CARS = "Cars are banned in the old town."

PAIRS = [
    # a name holds the words, or the author says them
    ("least-operations", "Runs need a managed service.", "Managed Service for Apache Spark runs."),
    ("no-network", "The hall has no network.", "The hall used to have no network."),
    ("custom-ops", "It holds custom operations.", "It once contained custom operations."),
    ("online", "Clients wait for a quote.", "At first clients wait for a quote."),
    ("joined", "A report must join records.", "An earlier draft asks to join records."),
    ("input-bound", "GPUs are idle and wait for data.", "GPUs wait for data. It has since ended."),
    ("too-big", "The model does not fit the GPU.", "The model was believed not to fit the GPU."),
    ("too-big", "The model no longer fits one GPU.", "The limit that the model exceeds memory of "
     "the GPU is no longer true."),
    ("no-move", "The team avoids moving rows.", "It avoids moving rows. The rule has been lifted."),
    ("no-baseline", "The training data is no longer available.", "Someone believes that the "
     "training data is not available."),
    # somebody or something else
    ("tree-model", "It is a boosted tree.", "An older model, a boosted tree, has been shut down."),
    ("fresh-text", "Articles change daily.", "Another system serves articles that change daily."),
    ("at-once", "Events stream to the pipeline.", "A sister team streams events."),
    ("sql-team", "The analysts know SQL.", "The analysts know SQL; the net will be written by us."),
    ("low-latency", "It needs low latency.", "A shop that needs low latency is out of scope."),
    ("rare", "Only 2% of rows are fraud.", "A colleague said that fraud is a rare class."),
    # the stem says the contrary of a cue
    ("online", "The app shows a fresh score in real time.",
     "The app shows the score in real time, but it only reads what is stored."),
    ("bulk", "Scores are recomputed once a month.", "The subscribers renew once a month."),
    ("bulk", "Nobody asks for a score in between.", "Members ask for a score in between."),
    ("does-fit", "The model does fit on one device.", "The model does not fit on one device."),
    ("fully-busy", "GPUs show 98% utilization.", "GPUs show 38% utilization."),
    ("python-team", "Six engineers program in Python.", "Six analysts know no Python."),
    ("too-big-for-device", "The model is too large for the robot.", "The model suits the robot."),
    ("sent-later", "Readings are stored and uploaded in port.", "Readings are shown at once."),
    ("trained-already", "A trained model is at hand.", "A model must be made."),
]  # fmt: skip


@pytest.fixture(scope="module")
def ear(shipped_pack: Pack) -> Ear:
    """The ear of the shipped pack."""
    return Ear(shipped_pack)


@pytest.mark.parametrize(("cue", "fires", "silent"), PAIRS)
def test_a_cue_is_heard_only_where_it_is_stated(
    ear: Ear, cue: str, fires: str, silent: str
) -> None:
    """The first sentence states the fact; the second takes it back or speaks of another."""
    assert cue in ear.cues(fires)
    assert cue not in ear.cues(silent)


def test_what_is_taken_back_still_lifts_a_rule(ear: Ear) -> None:
    """Doubtful words count against a claim, so that doubt always leads to silence."""
    stem = "At first predictions are needed once a month."
    assert "bulk" not in ear.cues(stem) and "bulk" in ear.touched(stem)


def test_a_pattern_that_asks_for_a_name_sees_it(ear: Ear) -> None:
    """A name is hidden from plain words only, and the words are told as they were written."""
    assert ear.cues("All orders are kept in BigQuery.")["in-warehouse"].endswith("in BigQuery")


@pytest.mark.parametrize(
    ("reach", "stem", "heard"),
    [
        ("sentence", f"{CARS} It is void.", True),
        ("sentence", "Cars are banned, which is void.", False),
        ("before", f"{CARS} It is void.", False),
        ("before", "Cars are banned, which is void.", True),
        ("before", f"{CARS} All is quiet. It is void.", False),
        ("before", f"It is void. {CARS}", True),
        ("both", f"{CARS} It is void.", False),
        ("both", "Cars are banned, which is void.", False),
    ],
)
def test_a_veto_reaches_as_far_as_it_says(
    tiny_pack: Pack, reach: str, stem: str, heard: bool
) -> None:
    """Its own sentence, all before it, or both; never what comes after."""
    assert tiny_pack.advice is not None
    veto = Veto.model_validate({"says": "it is void", "any": ["void"], "reach": reach})
    advice = tiny_pack.advice.model_copy(update={"vetoes": {"void": veto}})
    assert ("no-motors" in Ear(replace(tiny_pack, advice=advice)).cues(stem)) is heard


def test_options_are_ranked_only_where_a_rule_orders_those_that_are_left(tiny_pack: Pack) -> None:
    """One left is ranked, and so is a rival before another; equals are not."""
    adviser = Adviser(tiny_pack)

    def ranking(*options: str) -> tuple[int, ...] | None:
        return adviser.advise(Brought(CARS, options, "ours")).ranking

    assert ranking("Lease two vans.", "Buy cargo bikes.") == (1, 0)
    assert ranking("Lease two vans.", "Walk.", "Buy cargo bikes.") == (2, 1, 0)
    assert ranking("Lease two vans.", "Buy cargo bikes.", "Buy bikes.") is None
    equal = adviser.advise(
        Brought(CARS, ("Lease two vans.", "Buy cargo bikes.", "Buy bikes."), "ours")
    )
    assert equal.spoke and equal.note == NO_ORDER


@pytest.mark.parametrize(
    ("file", "least"),
    [("fresh", 8), ("fresh_second", 3), ("fresh_third", 4), ("fresh_fourth", 12)],
)
def test_no_claim_rests_on_a_fact_that_is_taken_back(
    shipped_pack: Pack, file: str, least: int
) -> None:
    """Stems with lifted, past and foreign facts; some state a fact, and there a claim is made."""
    adviser = Adviser(shipped_pack)
    lines = (OURS / f"{file}.jsonl").read_text(encoding="utf-8").splitlines()
    claims = 0
    for one in map(json.loads, lines):
        found = adviser.advise(Brought(one["stem"], tuple(one["options"]), "ours"))
        for option, falls in zip(found.options, one["falls"], strict=True):
            assert falls or not option.falls, (one["stem"], option)
            claims += option.falls
    assert claims >= least
