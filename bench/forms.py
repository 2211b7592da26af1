"""Forecasts of forms against what simulated candidates then score on them.

Two worlds that are not the learner model; candidates study for some weeks and sit a form each week,
with the forecast made before it by the function that the app calls. Peer in the same run: the
calibrated practice average, a logistic regression of passing on the share right of the last 60
practice answers, fitted on the other half of the candidates.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from bench.peers import logistic
from roadworthy.items.generate import Generator
from roadworthy.items.identity import generator_hash
from roadworthy.learner.form_forecast import form_forecast, needed_to_pass
from roadworthy.learner.syllabus import syllabus_of
from roadworthy.pack.compile import open_pack
from roadworthy.pack.find import find_pack
from roadworthy.simulate.activation import ActivationWorld
from roadworthy.simulate.answering import item_table, respond
from roadworthy.simulate.candidates import draw_candidates
from roadworthy.simulate.courses import begin, material_of, study_day
from roadworthy.simulate.power_law import PowerLawWorld
from roadworthy.study.form import Used, draw_form

WORLDS = (PowerLawWorld, ActivationWorld)
START = datetime(2026, 1, 5, tzinfo=UTC)
SIT_AFTER = (6, 12, 18, 24)
LAST_ANSWERS = 60
PRACTICE_ITEMS = 1500
FORMS = 12
BINS = 10
PEER_PENALTY = 0.01


def main(arguments: list[str]) -> int:
    """Print calibration of form forecasts in each world, and the peer beside it."""
    parser = argparse.ArgumentParser(prog="python -m bench forms")
    parser.add_argument("--candidates", type=int, default=260, help="in each world")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--quick", action="store_true", help="24 candidates")
    parser.add_argument("--size", type=int, default=50, help="items of a form")
    chosen = parser.parse_args(arguments)
    count = 24 if chosen.quick else chosen.candidates
    pack = open_pack(find_pack("gcp-pmle"), Path(tempfile.mkdtemp()), generator_hash())
    generator = Generator(pack)
    forms = [
        draw_form(generator, chosen.size, number=1 + n % 2, seed=1000 + n, used=Used()).items
        for n in range(FORMS)
    ]
    practice = list(generator.sample(PRACTICE_ITEMS, seed=chosen.seed))
    all_said, all_came, all_peer = [], [], []
    for kind in WORLDS:
        began = time.perf_counter()
        said, came, share, average, who = _run(
            kind, pack, generator, forms, practice, count, chosen.seed
        )
        peer = _peer(average, came, who)
        print(
            f"world {kind.name}: {len(said)} forms, {came.mean():.0%} pass, "
            f"mean score {share.mean():.0%}, {time.perf_counter() - began:.0f} s"
        )
        _report(said, came, peer)
        all_said.append(said)
        all_came.append(came)
        all_peer.append(peer)
    print(f"both worlds: {sum(map(len, all_said))} forms")
    _report(np.concatenate(all_said), np.concatenate(all_came), np.concatenate(all_peer))
    return 0


def _run(kind, pack, generator, forms, practice, count, seed):  # type: ignore[no-untyped-def]
    rng = np.random.default_rng([seed, WORLDS.index(kind)])
    syllabus = syllabus_of(pack)
    who = draw_candidates(count, syllabus.section_of, rng)
    world = kind(who, syllabus.section_of, rng)
    table = item_table(practice, syllabus.place)
    rules_of = {
        name: [syllabus.rules[n] for n in places]
        for name, places in zip(syllabus.decisions, syllabus.rules_of, strict=True)
    }
    material = material_of(practice, table, rules_of, syllabus.place)
    order = list(rng.permutation(list(material.of_decision)))
    courses = begin(count)
    tables = [item_table(items, syllabus.place) for items in forms]
    said, came, shares, average, owner = [], [], [], [], []
    for day in range(max(SIT_AFTER) + 1):
        study_day(world, who, material, courses, day=day, start=START, order=order, rng=rng)
        if day not in SIT_AFTER:
            continue
        now = np.full(count, day + 1.4)
        number = int(rng.integers(len(forms)))
        right = np.zeros(count)
        for item in range(len(forms[number])):
            places = np.full(count, item)
            choice, _ = respond(world, who, tables[number], places, now + item / 600, rng)
            right += choice == tables[number].key[item]
        for one in range(count):
            state = courses[one].state()
            forecast = form_forecast(
                state, pack, forms[number], START + timedelta(days=float(now[one])), seed
            )
            said.append(forecast.p)
            came.append(right[one] >= needed_to_pass(len(forms[number]), 0.7))
            shares.append(right[one] / len(forms[number]))
            last = courses[one].right[-LAST_ANSWERS:]
            average.append((sum(last) + 1) / (len(last) + 2))
            owner.append(one)
    return (
        np.array(said),
        np.array(came, float),
        np.array(shares),
        np.array(average),
        np.array(owner),
    )


def _peer(average, came, owner):  # type: ignore[no-untyped-def]
    """The chance to pass by practice average, fitted on the candidates of the other half."""
    x = np.stack([np.ones_like(average), np.log(average / (1 - average))], axis=1)
    said = np.zeros_like(average)
    for half in (0, 1):
        fit, told = owner % 2 != half, owner % 2 == half
        weights = logistic.fit(x[fit], came[fit], np.full(2, PEER_PENALTY))
        said[told] = logistic.chance(x[told], weights)
    return said


def _report(said, came, peer) -> None:  # type: ignore[no-untyped-def]
    ours, theirs = ((said - came) ** 2).mean(), ((peer - came) ** 2).mean()
    plain = ((came.mean() - came) ** 2).mean()
    print(f"  ECE {_ece(said, came):.3f} (peer {_ece(peer, came):.3f}; bar 0.05)")
    print(
        f"  Brier {ours:.3f}, calibrated practice average {theirs:.3f}, ratio {ours / theirs:.2f}, "
        f"base rate {plain:.3f}; said {said.mean():.2f}, came {came.mean():.2f}"
    )


def _ece(said, came) -> float:  # type: ignore[no-untyped-def]
    place = np.minimum((said * BINS).astype(int), BINS - 1)
    return float(
        sum(
            (place == n).mean() * abs(said[place == n].mean() - came[place == n].mean())
            for n in range(BINS)
            if (place == n).any()
        )
    )
