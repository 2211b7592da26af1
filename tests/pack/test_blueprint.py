from __future__ import annotations

from fractions import Fraction
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadworthy.pack.blueprint import (
    PSEUDO_ITEMS,
    allocate,
    consideration_weights,
    considerations_of,
    exam_weights,
    section_weights,
)
from roadworthy.pack.catalog import Blueprint
from roadworthy.pack.model import Pack

GUIDE = dict(zip("123456", (13.0, 16.0, 21.0, 20.0, 18.0, 13.0), strict=True))
WEIGHTS = st.dictionaries(
    st.text(min_size=1, max_size=3), st.integers(0, 50).map(float), min_size=1, max_size=9
).filter(lambda weights: sum(weights.values()) > 0)
TIES: st.SearchStrategy[Literal["lower", "higher"]] = st.sampled_from(["lower", "higher"])


@pytest.mark.parametrize(
    ("n", "tie", "shares"),
    [
        # 13 of 101 is 6.44 of 50: sections 1 and 6 tie for the last item
        (50, "lower", [7, 8, 10, 10, 9, 6]),
        (50, "higher", [6, 8, 10, 10, 9, 7]),
        (60, "lower", [8, 9, 12, 12, 11, 8]),
        (0, "lower", [0, 0, 0, 0, 0, 0]),
    ],
)
def test_a_form_follows_the_guide(
    n: int, tie: Literal["lower", "higher"], shares: list[int]
) -> None:
    """Weights that sum to 101 are normalized, and a tie goes where it is told to."""
    assert list(allocate(GUIDE, n, tie=tie).values()) == shares


@given(WEIGHTS, st.integers(0, 200), TIES)
def test_shares_are_whole_and_near_their_quota(
    weights: dict[str, float], n: int, tie: Literal["lower", "higher"]
) -> None:
    """They sum to n, and each is its quota rounded down or up."""
    shares = allocate(weights, n, tie=tie)
    total = sum(Fraction(weight) for weight in weights.values())
    assert sum(shares.values()) == n
    assert list(shares) == list(weights)
    for name, weight in weights.items():
        assert abs(shares[name] - Fraction(weight) * n / total) < 1


@given(WEIGHTS, st.integers(0, 200), TIES)
def test_more_weight_never_gets_less(
    weights: dict[str, float], n: int, tie: Literal["lower", "higher"]
) -> None:
    """Shares keep the order of weights."""
    shares = allocate(weights, n, tie=tie)
    for one in weights:
        for other in weights:
            if weights[one] > weights[other]:
                assert shares[one] >= shares[other]


@given(st.integers(1, 9), st.integers(0, 60))
def test_ties_are_taken_from_one_end(count: int, n: int) -> None:
    """Of equal weights, 'lower' serves the first and 'higher' the last."""
    names = [str(number) for number in range(count)]
    lower = list(allocate(dict.fromkeys(names, 7.0), n, tie="lower").values())
    higher = list(allocate(dict.fromkeys(names, 7.0), n, tie="higher").values())
    assert lower == sorted(lower, reverse=True)
    assert higher == sorted(lower)


@pytest.mark.parametrize("weights", [{}, {"a": 0.0}, {"a": -1.0, "b": 2.0}])
def test_senseless_weights_are_refused(weights: dict[str, float]) -> None:
    """There is nothing to divide by."""
    with pytest.raises(ValueError, match="weights"):
        allocate(weights, 3, tie="lower")


def test_negative_count_is_refused() -> None:
    """A form cannot have less than no items."""
    with pytest.raises(ValueError, match="n >= 0"):
        allocate({"a": 1.0}, -1, tie="lower")


def test_considerations_keep_the_order_of_the_guide(tiny_pack: Pack) -> None:
    """Each consideration knows its section and objective."""
    found = considerations_of(tiny_pack.blueprint)
    assert list(found)[:4] == ["1.1.a", "1.1.b", "1.1.c", "2.1.a"]
    assert found["2.2.a"] == ("2", "2.2")


def test_without_samples_a_section_is_spread_evenly(tiny_pack: Pack) -> None:
    """Section 1 of the tiny guide has 40 of 101 and three considerations."""
    weights = consideration_weights(tiny_pack.blueprint)
    assert weights["1.1.b"] == pytest.approx(40 / 101 / 3)
    assert sum(weights.values()) == pytest.approx(1)
    assert section_weights(tiny_pack.blueprint)["3"] == pytest.approx(26 / 101)


def test_official_samples_move_half_of_a_section(tiny_pack: Pack) -> None:
    """Three samples on one of three considerations: half even, half (3 + 1) / (3 + 3)."""
    raw = tiny_pack.blueprint.model_dump(mode="json", by_alias=True)
    raw["sections"]["1"]["objectives"]["1.1"]["considerations"]["1.1.a"]["documented"] = 3
    weights = consideration_weights(Blueprint.model_validate(raw))
    assert weights["1.1.a"] == pytest.approx(40 / 101 * (0.5 / 3 + 0.5 * 4 / 6))
    assert weights["1.1.b"] == pytest.approx(40 / 101 * (0.5 / 3 + 0.5 * 1 / 6))
    assert sum(weights.values()) == pytest.approx(1)


def test_what_no_decision_covers_is_named_and_counted(tiny_pack: Pack) -> None:
    """Counts of decisions and the uncovered rest make one whole."""
    decisions = {name: one for name, one in tiny_pack.decisions.items() if name != "van-list"}
    weights = exam_weights(tiny_pack.blueprint, decisions)
    assert list(weights.uncovered) == ["2.1.b", "3.1.b"]
    assert weights.outside_share == pytest.approx(35 / 101 / 3 + 26 / 101 / 2)
    assert sum(weights.counts.values()) + weights.outside == pytest.approx(PSEUDO_ITEMS)
    # delivery-route: 2.1.a as its main consideration and all of 2.2.a
    assert weights.share("delivery-route") == pytest.approx(35 / 101 * 2 / 3)


def test_main_consideration_claims_twice_what_a_side_one_does(tiny_pack: Pack) -> None:
    """Two decisions on one consideration share it 2 : 1 if it is the main one of the first only."""
    route = tiny_pack.decisions["delivery-route"]
    first = route.model_copy(update={"considerations": ["2.1.a"]})
    second = route.model_copy(update={"considerations": ["2.2.a", "2.1.a"]})
    weights = exam_weights(tiny_pack.blueprint, {"first": first, "second": second})
    third = 35 / 101 / 3
    assert weights.share("first") == pytest.approx(third * 2 / 3)
    assert weights.share("second") == pytest.approx(third + third / 3)
