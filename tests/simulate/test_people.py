from __future__ import annotations

import numpy as np
import pytest

from roadworthy.simulate.blueprint400 import Blueprint
from roadworthy.simulate.people import draw_people


def test_people_are_those_of_their_seed(blueprint: Blueprint) -> None:
    """The same seed gives the same candidates, another one others."""
    one, same, other = (draw_people(30, 5, blueprint, seed) for seed in (3, 3, 4))

    assert (one.ability == same.ability).all()
    assert (one.minutes == same.minutes).all()
    assert (one.ability != other.ability).any()


def test_a_variant_changes_only_what_it_is_about(blueprint: Blueprint) -> None:
    """Abilities, pace and old knowledge are the same with lapses, misreading or short evenings."""
    plain = draw_people(30, 5, blueprint, 3)
    for variant in ({"misreading": True}, {"lapses": True}, {"minutes": 15.0}):
        other = draw_people(30, 5, blueprint, 3, **variant)  # type: ignore[arg-type]
        assert (plain.ability == other.ability).all()
        assert (plain.pace == other.pace).all()
        assert np.array_equal(plain.old, other.old, equal_nan=True)


def test_attendance_is_beta_and_absences_stick(blueprint: Blueprint) -> None:
    """83% of evenings are used; who was absent yesterday is likelier absent today."""
    there = draw_people(2_000, 28, blueprint, 3).there

    assert there.mean() == pytest.approx(8 / 9.6, abs=0.02)
    assert (~there[1:])[~there[:-1]].mean() > 0.4


def test_lapses_miss_three_days_of_ten_in_runs(blueprint: Blueprint) -> None:
    """Everybody misses 30% of days; an absence lasts about six days."""
    there = draw_people(2_000, 28, blueprint, 3, lapses=True).there

    assert there.mean() == pytest.approx(0.7, abs=0.02)
    assert (~there[1:])[~there[:-1]].mean() == pytest.approx(0.825, abs=0.03)


def test_old_knowledge_comes_with_ability(blueprint: Blueprint) -> None:
    """Able candidates met more rules before the course; meetings are in order and all before it."""
    people = draw_people(400, 1, blueprint, 3)
    met = (~np.isnan(people.old)).sum(axis=2)
    gaps = np.diff(people.old, axis=2)

    assert np.corrcoef(people.ability.ravel(), met.ravel())[0, 1] > 0.2
    assert met.max() == 6
    assert np.nanmax(people.old) <= -3
    assert np.nanmin(gaps) >= 3
