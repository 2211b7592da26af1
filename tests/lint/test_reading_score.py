from __future__ import annotations

from dataclasses import replace

import pytest

from roadworthy.lint.reading.answers import Answer, Asked
from roadworthy.lint.reading.report import as_markdown, bar_words, doubt_lines, summary_lines
from roadworthy.lint.reading.score import Bar, Score, score

OPTIONS = tuple(f"Do {letter}." for letter in "ABCD")
ITEM = Asked(
    number=1,
    part=1,
    key="B",
    purposes=("rule:route.R1", "key:route.b"),
    decision="route",
    kind="choice",
    length="brief",
    facts={"load": "bulky"},
    goal="cost",
    stem="What now?",
    options=OPTIONS,
    rules=(("route.R1",), (), ("route.goal:cost",), ("route.R2", "route.R3")),
)


def items(count: int) -> dict[int, Asked]:
    """So many items whose key is B."""
    return {number: replace(ITEM, number=number) for number in range(1, count + 1)}


def answers(keys: str, *, also: str = "", natural: int | None = 4) -> dict[int, Answer]:
    """An answer for each letter, by number from 1."""
    return {n: Answer(n, key, also, f"Reason {n}.", natural) for n, key in enumerate(keys, 1)}


def outcome(*keys: str, judge: str = "") -> str:
    """The one outcome of one item that readers answer so."""
    readings = {str(number): answers(key) for number, key in enumerate(keys)}
    result = score(items(1), readings, judge=answers(judge))
    return next(name for name, count in result.outcomes.items() if count)


@pytest.mark.parametrize(
    ("keys", "judge", "expected"),
    [
        (("B", "B"), "", "agreed"),
        (("A", "A"), "", "other"),
        (("A", "A"), "B", "other"),
        (("A", "B"), "", "undecided"),
        (("A", "B"), "B", "agreed"),
        (("A", "B"), "A", "other"),
        (("A", "B", "B"), "A", "agreed"),
        (("A", "C", "B"), "B", "agreed"),
        (("B",), "", "read once"),
        (("B",), "B", "read once"),
    ],
)
def test_majority_then_judge(keys: tuple[str, ...], judge: str, expected: str) -> None:
    """More than half of the readers decide; the judge decides only where they part."""
    assert outcome(*keys, judge=judge) == expected


def test_reader_rows_count_agreement_doubt_and_naturalness() -> None:
    """Each reader has the share with our key, the items with 'also', the mean naturalness."""
    result = score(
        items(4),
        {"ann": answers("BBBA", natural=3), "bob": answers("BBBB", also="C", natural=5)},
        judge={},
    )

    ann, bob = result.readers
    assert (ann.read, ann.agreed, ann.also, ann.natural) == (4, 3, 0, 3.0)
    assert (bob.read, bob.agreed, bob.also, bob.natural) == (4, 4, 4, 5.0)
    assert (result.agreed, result.items) == (3, 4)


@pytest.mark.parametrize(
    ("wrong", "natural", "control", "missed"),
    [
        (3, 4, 35, []),
        (4, 4, 35, ["the majority agrees"]),
        (0, 3, 35, ["naturalness"]),
        (0, 4, 36, ["options-only control"]),
    ],
)
def test_bars_hold_at_their_bounds(
    wrong: int, natural: int, control: int, missed: list[str]
) -> None:
    """97%, 4 and 35% hold; one item or one key more does not."""
    keys = "A" * wrong + "B" * (100 - wrong)
    readings = {name: answers(keys, natural=natural) for name in ("ann", "bob")}
    guesses = answers("B" * control + "A" * (100 - control))

    result = score(items(100), readings, judge={}, control=guesses)

    assert [bar.name for bar in result.bars if not bar.holds] == missed


def test_control_is_compared_with_chance() -> None:
    """Chance is one of four for four options, one of ten for two keys of five."""
    two = replace(
        ITEM, number=2, key="AB", options=(*OPTIONS, "Do E."), rules=(*ITEM.rules, ("route.R4",))
    )
    guesses = {1: Answer(1, "B", "", "", None), 2: Answer(2, "AC", "", "", None)}

    result = score(
        items(1), {"ann": answers("B")}, judge={}, control=guesses, control_asked={1: ITEM, 2: two}
    )

    assert result.control is not None
    assert (result.control.right, result.control.items) == (1, 2)
    assert result.control.chance == pytest.approx((1 / 4 + 1 / 10) / 2)
    assert not result.control.same_items


def test_tables_by_decision_kind_and_purpose() -> None:
    """An item counts once in each table row that it belongs to."""
    other = replace(ITEM, number=2, decision="bread", kind="diagnosis", purposes=("random",))
    readings = {"ann": answers("BA", natural=4), "bob": answers("BA", also="C", natural=2)}

    result = score({1: ITEM, 2: other}, readings, judge={})

    rows = {(row.name, row.items, row.agreed, row.also, row.natural) for row in result.by_decision}
    assert rows == {("route", 1, 1, 1, 3.0), ("bread", 1, 0, 1, 3.0)}
    assert [row.name for row in result.by_kind] == ["choice", "diagnosis"]
    assert [row.name for row in result.by_purpose] == ["key", "random", "rule"]


@pytest.fixture
def parted() -> Score:
    """Two items; on the first the readers part, on the second one sees another option."""
    readings = {
        "ann": answers("BB"),
        "bob": {1: Answer(1, "D", "C", "It is heavy.", 4), 2: Answer(2, "B", "A", "Hm.", 4)},
    }
    return score(items(2), readings, judge={})


def test_disagreement_carries_rules_and_reasons(parted: Score) -> None:
    """It names who said what and why, with the rules by which the chosen options fall."""
    (doubt,) = parted.disagreements

    assert (doubt.number, doubt.key, doubt.outcome) == (1, "B", "undecided")
    said = {one.by: one for one in doubt.said}
    assert said["ann"].rules == ()
    assert said["bob"].why == "It is heavy."
    assert set(said["bob"].rules) == {"route.R2", "route.R3", "route.goal:cost"}
    assert [one.number for one in parted.also] == [1, 2]


def test_page_shows_each_doubt_once(parted: Score) -> None:
    """Stem, options, reasons and rules are on the page; the terminal has a line for each."""
    page = as_markdown(parted, ["seed: 5"])

    assert page.startswith("# Score of a blind reading\n\n- seed: 5\n\n- Reader ann: 2 of 2")
    assert page.count("### 1. route, choice, brief (readers part") == 1
    assert "bob: D, also C [falls by route.R2, route.R3, route.goal:cost]: It is heavy." in page
    assert page.index("## Another option") < page.index("### 2. route")
    assert list(doubt_lines(parted)) == [
        "  1. route: key B; ann B, bob D; readers part and no judge has decided"
    ]
    assert "Control: none was given" in list(summary_lines(parted))


def test_near_miss_has_digits_enough() -> None:
    """A value that rounds to the bar and is below it is not printed as the bar."""
    near = Bar("agreement", 452 / 466, 0.97, True)

    assert bar_words(near) == "agreement: 96.996%, at least 97.000%: below the bar"
    assert bar_words(Bar("naturalness", 4.0, 4.0, True)).endswith("4.00, at least 4.00: holds")


def test_json_says_which_bars_hold(parted: Score) -> None:
    """Programs find each bar with its value, bound and outcome."""
    bars = {bar["name"]: bar for bar in parted.as_json()["bars"]}

    assert bars["the majority agrees"]["holds"] is False
    assert bars["naturalness"] == {
        "name": "naturalness", "value": 4.0, "bound": 4.0, "at_least": True, "holds": True,
    }  # fmt: skip
