from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from roadworthy.pack.stage_map import StageMap
from roadworthy.study.map_round import ROUND, round_of

from .conftest import Visitor, main_of

PLAY = "/learn/map/play"


@pytest.fixture
def tiny_map(settled: Visitor) -> StageMap:
    """Plan, drive, hand over; two products on level 1, one of them on two stages."""
    assert settled.desk.pack.map is not None
    return settled.desk.pack.map


def put(visitor: Visitor, chosen: str, **state: str) -> str:
    """Place the next product; the address of the feedback."""
    answer = visitor.post(PLAY, chosen=chosen, **{"level": "1", "seed": "7", **state})
    assert answer.status_code == 303
    return str(answer.headers["location"])


def fields_of(address: str) -> dict[str, str]:
    """The state in an address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def test_the_map_shows_one_level(settled: Visitor) -> None:
    """Each stage with what its products do there; an empty one says so; links switch the level."""
    page = settled.get("/learn/map?level=1")
    words = main_of(page)
    assert "On level 1, by desk: the desk plans each round" in words
    assert "Plans each round from the orders of the night." in words
    assert "Tells drivers of Crumbline Lockers on their way." in words
    assert '<a href="/learn/map?level=0"' in page
    assert re.search(r'href="/learn/map\?level=1" aria-current="page"', page)
    assert words.count("· new") + words.count(" new ") == 2  # on both stages of one product
    assert "No product: on this level somebody does it by hand." in main_of(
        settled.get("/learn/map?level=0")
    )


def test_the_lowest_level_comes_without_asking(settled: Visitor) -> None:
    """Without a level the first one is shown, and nothing on it is new."""
    words = main_of(settled.get("/learn/map"))
    assert "On level 0, by hand" in words and "New" not in words


def test_what_nobody_confirmed_is_not_on_the_map(settled: Visitor) -> None:
    """A placement that leans on no page is never shown."""
    assert "Nobody has seen" not in settled.get("/learn/map?level=1")


def test_an_unknown_level_is_not_there(settled: Visitor) -> None:
    """A wrong level says which there are."""
    assert "The map has no level" in settled.get("/learn/map?level=9", status=404)


def test_a_round_begins_at_an_address_of_its_own(settled: Visitor) -> None:
    """The seed stands in the address, so that loading again shows the same product."""
    answer = settled.client.get(f"{PLAY}?level=1", follow_redirects=False)
    address = answer.headers["location"]
    assert answer.status_code == 303 and fields_of(address)["level"] == "1"
    assert main_of(settled.get(address)) == main_of(settled.get(address))
    assert "1 of 2" in main_of(settled.get(address))


def test_each_stage_of_a_product_is_accepted(settled: Visitor, tiny_map: StageMap) -> None:
    """A product on two stages is right on both; the feedback names what it does on each."""
    terms = round_of(tiny_map, "1", 7)
    given = ["hand-over"] * terms.index("dispatch")
    for stage in ("plan", "drive"):
        words = main_of(settled.get(put(settled, stage, given=",".join(given))))
        assert "Right: Crumbline Dispatch belongs to" in words
        assert "Plans each round" in words and "It stands on 2 stages" in words
        assert "it would have to" not in words


def test_a_wrong_stage_says_what_it_would_take(settled: Visitor, tiny_map: StageMap) -> None:
    """The feedback names where the product stands and what the chosen stage asks for."""
    terms = round_of(tiny_map, "1", 7)
    given = ["plan"] * terms.index("lockers")
    words = main_of(settled.get(put(settled, "drive", given=",".join(given))))
    assert "Crumbline Lockers does not belong to “Drive”" in words
    assert "Hand over Take goods when nobody is in the shop." in words
    assert "To belong to “Drive”, it would have to move goods." in words


def test_a_round_ends_with_its_misses_first_in_the_next(settled: Visitor) -> None:
    """The result counts, lists what was misplaced, and offers a round that begins with it."""
    first = put(settled, "hand-over")
    again = fields_of(first)
    last = put(settled, "hand-over", given=again["given"])
    page = settled.get(f"{last}&next=1")
    words = main_of(page)
    assert "1 of 2 placed right" in words and "you said Hand over" in words
    assert "does not count for the forecast" in words
    assert "before=dispatch" in page


def test_play_leaves_no_trace_in_the_journal(settled: Visitor) -> None:
    """A round is no evidence of memory: no event is written."""
    before = len(settled.desk.course.events())
    put(settled, "plan")
    assert len(settled.desk.course.events()) == before


@pytest.mark.parametrize(
    "state",
    [{"seed": "x"}, {"given": "nowhere"}, {"given": "plan," * 41}, {"level": "9"}],
    ids=["seed", "stage", "too-long", "level"],
)
def test_a_broken_round_is_refused(settled: Visitor, state: dict[str, str]) -> None:
    """What cannot be a round says so and offers a new one."""
    answer = settled.post(PLAY, chosen="plan", **{"level": "1", "seed": "7", **state})
    assert answer.status_code in (400, 404)


def test_a_stage_has_to_be_chosen(settled: Visitor) -> None:
    """A form without a known stage is refused."""
    assert settled.post(PLAY, level="1", seed="7", chosen="moon").status_code == 400


def test_an_answer_after_the_last_changes_nothing(settled: Visitor) -> None:
    """Two tabs, or a form sent again: the round keeps its length."""
    address = put(settled, "plan", given="plan,plan")
    assert fields_of(address)["given"] == "plan,plan"


def test_rounds_are_drawn_by_seed(tiny_map: StageMap) -> None:
    """The same seed gives the same round; misses come first; each product comes once."""
    rounds = {round_of(tiny_map, "1", seed) for seed in range(20)}
    assert rounds == {("dispatch", "lockers"), ("lockers", "dispatch")}
    assert round_of(tiny_map, "1", 3) == round_of(tiny_map, "1", 3)
    for seed in range(20):
        assert round_of(tiny_map, "1", seed, ["oven", "lockers"])[0] == "lockers"
    assert round_of(tiny_map, "0", 3) == ("lockers",)
    assert ROUND == 10
