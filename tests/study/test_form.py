from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from roadworthy.items.generate import Generator
from roadworthy.pack.model import Pack
from roadworthy.study.form import (
    MOST_OF_A_DECISION,
    SHRUNK,
    ReserveTooSmall,
    Used,
    allocation,
    covered_sections,
    draw_form,
    minutes_for,
    sizes,
)


@pytest.fixture(scope="module")
def generator(tiny_pack: Pack) -> Generator:
    """The items of the tiny pack, solved once."""
    return Generator(tiny_pack)


def weighted(pack: Pack, weights: list[int]) -> Pack:
    """The tiny pack with other published weights."""
    sections = {
        name: section.model_copy(update={"weight": float(weight)})
        for (name, section), weight in zip(pack.blueprint.sections.items(), weights, strict=True)
    }
    blueprint = pack.blueprint.model_copy(update={"sections": sections})
    changed: Pack = pack.__class__(**{**_fields(pack), "blueprint": blueprint})
    return changed


def _fields(pack: Pack) -> dict[str, Any]:
    return {name: getattr(pack, name) for name in pack.__dataclass_fields__}


@given(
    weights=st.lists(st.integers(1, 60), min_size=3, max_size=3),
    size=st.integers(1, 80),
    number=st.integers(1, 9),
)
def test_allocation_follows_the_blueprint(
    weights: list[int], size: int, number: int, tiny_pack: Pack
) -> None:
    """Each covered section gets its quota rounded down or up, and the sum is the size."""
    pack = weighted(tiny_pack, weights)
    shares = allocation(pack, size, number=number)
    covered = weights[0] + weights[1]  # nothing of section 3 is covered

    assert list(shares) == ["1", "2"]
    assert sum(shares.values()) == size
    for section, weight in zip("12", weights, strict=False):
        assert abs(shares[section] - size * weight / covered) < 1


@pytest.mark.parametrize(("number", "expected"), [(1, {"1": 8, "2": 7}), (2, {"1": 7, "2": 8})])
def test_ties_alternate(number: int, expected: dict[str, int], tiny_pack: Pack) -> None:
    """Two equal sections and 15 items: the odd form gives the last to the lower section."""
    assert allocation(weighted(tiny_pack, [5, 5, 9]), 15, number=number) == expected


@examples(max_examples=12)
@given(seed=st.integers(0, 10_000), number=st.integers(1, 6), size=st.sampled_from([8, 15, 30]))
def test_form_matches_its_allocation_and_repeats_nothing(
    seed: int, number: int, size: int, generator: Generator
) -> None:
    """Sections as allocated, exam length, no situation and no text twice, the same for a seed."""
    form = draw_form(generator, size, number=number, seed=seed, used=Used())

    assert form.size in {size, *SHRUNK}
    assert form.allocation == allocation(generator.pack, form.size, number=number)
    assert Counter(item.section for item in form.items) == form.allocation
    assert {item.length for item in form.items} == {"exam"}
    assert len({item.situation for item in form.items}) == form.size
    assert form.repeated == 0
    again = draw_form(generator, size, number=number, seed=seed, used=Used())
    assert [item.surface for item in again.items] == [item.surface for item in form.items]


@examples(max_examples=6)
@given(seed=st.integers(0, 10_000))
def test_form_holds_nothing_practiced(seed: int, generator: Generator) -> None:
    """What practice has shown is left out, even where it is reserved by now."""
    first = draw_form(generator, 15, number=1, seed=seed, used=Used())
    practiced = frozenset(item.situation for item in first.items[:8])

    form = draw_form(generator, 15, number=1, seed=seed, used=Used(practiced))

    assert not practiced & {item.situation for item in form.items}


def test_practice_and_forms_share_no_situation(generator: Generator) -> None:
    """The reserve is never practiced: 400 items of practice against three forms."""
    practiced = {item.situation for item in generator.sample(400, seed=3)}
    used = Used()
    for number in (1, 2, 3):
        form = draw_form(generator, 30, number=number, seed=number, used=used)
        assert not practiced & {item.situation for item in form.items}


def test_at_most_two_of_a_decision_where_that_fills_a_section(generator: Generator) -> None:
    """Ten items over five decisions: none comes three times."""
    form = draw_form(generator, 8, number=1, seed=5, used=Used())

    assert max(Counter(item.decision for item in form.items).values()) <= MOST_OF_A_DECISION


def test_section_of_few_decisions_is_spread_evenly(generator: Generator) -> None:
    """Seven items over two decisions: four and three."""
    form = draw_form(generator, 15, number=1, seed=5, used=Used())
    counts = Counter(item.decision for item in form.items if item.section == "2")

    assert sorted(counts.values()) == [3, 4]


def test_used_reserve_shrinks_the_form_and_then_repeats(generator: Generator) -> None:
    """What is left fills a smaller form; when it fills none, the next one repeats situations."""
    seen: Counter[str] = Counter()
    forms = []
    for number, size in enumerate((30, 30, 15), start=1):
        form = draw_form(generator, size, number=number, seed=1, used=Used(in_forms=dict(seen)))
        seen.update(item.situation for item in form.items)
        forms.append(form)

    assert [(form.asked, form.size, form.scored) for form in forms] == [
        (30, 30, True),
        (30, 15, True),
        (15, 15, False),
    ]
    assert forms[2].repeated == sum(seen[item.situation] > 1 for item in forms[2].items)


def test_everything_practiced_is_an_error(generator: Generator) -> None:
    """With no situation left that was not practiced there is no form."""

    class Everything(frozenset[str]):
        def __contains__(self, one: object) -> bool:
            return True

    with pytest.raises(ReserveTooSmall):
        draw_form(generator, 15, number=1, seed=1, used=Used(Everything()))


def test_missing_considerations_are_named(generator: Generator) -> None:
    """The form says which considerations no decision covers."""
    form = draw_form(generator, 15, number=1, seed=1, used=Used())
    covered = {name for one in generator.pack.decisions.values() for name in one.considerations}

    assert form.missing
    assert not covered & set(form.missing)
    assert "3" not in covered_sections(generator.pack)


def test_time_is_in_proportion(tiny_pack: Pack) -> None:
    """The tiny exam has 40 minutes for at least 15 items; a shorter form has less."""
    assert [minutes_for(size, tiny_pack) for size in (60, 15, 6)] == [40, 40, 16]
    assert sizes(tiny_pack) == {"full": 15, "longest": 20, "half": 7, "short": 5}
