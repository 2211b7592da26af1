"""Easiest that holds: the order, the constraint, and the end, by plain forms."""

from __future__ import annotations

from roadworthy.items.ladder import Climb, climb

from .conftest import Visitor, main_of

PATH = "/learn/ladders/narrow-lanes"


def ladder_of(visitor: Visitor) -> Climb:
    """The ladder of the tiny pack."""
    desk = visitor.desk
    return climb(desk.generator, "narrow-lanes", desk.pack.ladders["narrow-lanes"])


def ordered(visitor: Visitor, names: list[str]) -> str:
    """Tell an order; the address that follows."""
    ranks = {f"rank-{name}": str(place) for place, name in enumerate(names, start=1)}
    answer = visitor.post(PATH, **ranks)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_all_ladders_are_listed(settled: Visitor) -> None:
    """Each with a link, under Learn."""
    assert f'href="{PATH}"' in settled.get("/learn/ladders")
    assert 'href="/learn/ladders"' in settled.get("/learn")


def test_the_constraint_comes_after_the_order(settled: Visitor) -> None:
    """At first all works and no effort is told; the right order counts all of its pairs."""
    found = ladder_of(settled)
    first = settled.get(PATH)
    assert found.constraint not in first
    assert found.rungs[0].why not in first
    names = [rung.option for rung in found.rungs]
    pairs = len(names) * (len(names) - 1) // 2
    page = settled.get(ordered(settled, names))
    assert f"{pairs} of {pairs} pairs in order" in page
    assert found.constraint in main_of(page)
    assert "you had" not in page
    page = settled.get(ordered(settled, names[::-1]))
    assert f"0 of {pairs} pairs in order" in page
    assert "you had" in page


def test_each_place_is_given_once(settled: Visitor) -> None:
    """Two designs on one place are refused, and what was chosen stays."""
    found = ladder_of(settled)
    answer = settled.post(PATH, **{f"rank-{rung.option}": "1" for rung in found.rungs})
    assert answer.status_code == 422
    assert f"Give each place from 1 to {len(found.rungs)} once." in answer.text
    assert answer.text.count(" selected") == len(found.rungs)


def test_the_end_says_what_falls_and_why(settled: Visitor) -> None:
    """The easiest that holds is right; a struck one is told with its rule, a harder one as well."""
    found = ladder_of(settled)
    order = ",".join(rung.option for rung in found.rungs)

    def held(option: str) -> str:
        answer = settled.post(PATH, order=order, held=option)
        return main_of(settled.get(str(answer.headers["location"])))

    best = found.rungs[found.easiest]
    words = held(best.option)
    assert f"Right: the easiest that holds is “{best.name}”" in words
    struck = next(rung for rung in found.rungs if not rung.holds)
    assert struck.because in words
    assert f"falls; the easiest that holds is “{best.name}”" in held(struck.option)
    harder = next((rung for rung in found.rungs[found.easiest + 1 :] if rung.holds), None)
    if harder is not None:
        assert f"holds, but “{best.name}” is easier" in held(harder.option)


def test_an_address_that_is_none_begins_anew(settled: Visitor) -> None:
    """A cut order shows the first page again; an unknown ladder is not there."""
    assert "easiest first" in settled.get(f"{PATH}?order=a,b&held=c")
    settled.get("/learn/ladders/nowhere", status=404)
