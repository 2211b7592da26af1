from __future__ import annotations

import numpy as np
import pytest
from tests.simulate.conftest import MakeMinds

from roadworthy.simulate.blueprint400 import Blueprint
from roadworthy.simulate.exam_hall import counts_by_section, draw_forms, sit


def test_forms_follow_the_blueprint_exactly(blueprint: Blueprint) -> None:
    """55 items, as many of each section as the largest remainder gives; rules of an item differ."""
    forms = draw_forms(blueprint, 3, forms=20)
    sections = blueprint.section_of[forms.rules[..., 0]]
    counts = counts_by_section(blueprint.shares)

    assert counts.tolist() == [11, 8, 10, 11, 8, 7]
    assert all(np.bincount(one).tolist() == counts.tolist() for one in sections)
    assert (forms.rules[..., 0] != forms.rules[..., 1]).all()


def test_frequent_rules_are_asked_more(blueprint: Blueprint) -> None:
    """The first rule of an item comes by its exam weight."""
    forms = draw_forms(blueprint, 3, forms=400)
    asked = np.bincount(forms.rules[..., 0].ravel(), minlength=blueprint.count)

    assert np.corrcoef(asked / asked.sum(), blueprint.weight)[0, 1] > 0.98


def test_pass_rate_rises_with_the_score(blueprint: Blueprint, minds: MakeMinds) -> None:
    """Nobody who expects under 50% passes often, and who expects over 85% nearly always does."""
    forms = draw_forms(blueprint, 3, forms=40)
    made = minds()
    fresh = sit(made, forms, 11.0, 3)
    everyone = np.ones(made.people.count, dtype=np.bool_)
    for day in (1.0, 4.0, 8.0):
        for rule in range(blueprint.count):
            rules = np.full((made.people.count, 1), rule)
            made.meet(rules, np.full(len(rules), day), everyone, np.zeros(rules.shape))
    taught = sit(made, forms, 11.0, 3)

    assert 0.22 < fresh.score.mean() < 0.5
    assert fresh.passes[fresh.score < 0.5].max() < 0.1
    assert taught.passes[taught.score > 0.85].min() > 0.9
    assert taught.score.mean() > fresh.score.mean() + 0.15


def test_who_misreads_loses_on_the_exam_too(blueprint: Blueprint, minds: MakeMinds) -> None:
    """Of what is known, the share that a candidate misreads falls back to a guess."""
    forms = draw_forms(blueprint, 3, forms=10)
    plain, careless = minds(), minds(misreading=True)
    known = sit(plain, forms, 11.0, 3).score - 0.22
    left = sit(careless, forms, 11.0, 3).score - 0.22

    assert left == pytest.approx(known * (1.0 - careless.people.misreads))
    assert careless.people.misreads.mean() > 0.05


def test_same_seed_same_luck(blueprint: Blueprint, minds: MakeMinds) -> None:
    """Two sittings with one seed agree to the last form: policies can be compared in pairs."""
    forms = draw_forms(blueprint, 3, forms=10)

    assert (sit(minds(), forms, 11.0, 3).passes == sit(minds(), forms, 11.0, 3).passes).all()
    assert sit(minds(), forms, 11.0, 3).score.mean() == pytest.approx(
        sit(minds(), forms, 11.0, 4).score.mean()
    )
