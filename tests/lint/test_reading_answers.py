from __future__ import annotations

import json

import pytest

from roadworthy.errors import BadInput
from roadworthy.lint.reading.answers import Asked, Role, missing, read_answers, read_items


def asked(number: int, key: str = "B", *, part: int = 1) -> Asked:
    """An item of four options, of five where two keys are asked for."""
    count = 3 + len(key)
    return Asked(
        number=number,
        part=part,
        key=key,
        purposes=("random",),
        decision="route",
        kind="choice",
        length="brief",
        facts={},
        goal=None,
        stem="What now?",
        options=tuple(f"Do {letter}." for letter in "ABCDE"[:count]),
        rules=tuple(() if letter in key else (f"route.{letter}1",) for letter in "ABCDE"[:count]),
    )


ITEMS = {1: asked(1), 2: asked(2, "AD"), 3: asked(3, part=2), 4: asked(4, part=2)}
GOOD = {"n": 1, "key": "B", "also": None, "why": "It rains.", "natural": 4}


def line(**changes: object) -> str:
    """A good line of a reader with some fields changed; a field set to ... is left out."""
    fields = {**GOOD, **changes}
    return json.dumps({name: value for name, value in fields.items() if value is not ...})


def test_answers_are_read_with_letters_in_order() -> None:
    """Letters may be small, apart, or a list; empty lines and Windows line ends do not matter."""
    text = "\r\n".join(
        [line(key="b", also="D"), "", line(n=2, key="d, a", also=["C"]), line(n=3, also=[])]
    )

    found = read_answers(text, ITEMS, role="reader", where="a.jsonl")

    assert {n: (one.key, one.also) for n, one in found.items()} == {
        1: ("B", "D"),
        2: ("AD", "C"),
        3: ("B", ""),
    }
    assert (found[1].why, found[1].natural) == ("It rains.", 4)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "line 1 is not JSON"),
        ("[1]", "line 1 is no JSON object"),
        (line(n=9), "line 1 names no item of the sheet: n is 9"),
        (line(n=True), "line 1 names no item of the sheet: n is true"),
        (line() + "\n" + line(), "line 2 answers item 1 again"),
        (line(key="E"), "line 1 needs a key of one letter from ABCD"),
        (line(key="AB"), "line 1 needs a key of one letter from ABCD"),
        (line(key=None), "line 1 needs a key of one letter from ABCD"),
        (line(n=2, key="A"), "line 1 needs a key of two letters from ABCDE"),
        (line(n=2, key="AA"), "line 1 needs a key of two letters from ABCDE"),
        (line(also="B"), "line 1 needs another option of ABCD or null as `also`"),
        (line(also="none"), "line 1 needs another option of ABCD or null as `also`"),
        (line(alos="C"), "line 1 has an unknown field `alos`"),
        (line(why="  "), "line 1 needs a reason in `why`"),
        (line(natural=...), "line 1 needs `natural` from 1 to 5"),
        (line(natural=6), "line 1 needs `natural` from 1 to 5"),
        (line(natural=4.5), "line 1 needs `natural` from 1 to 5"),
    ],
)
def test_faulty_line_is_named_with_its_number(text: str, told: str) -> None:
    """A line that cannot be used is told with its number, what is wrong, and the file."""
    with pytest.raises(BadInput) as caught:
        read_answers(text, ITEMS, role="reader", where="a.jsonl")

    assert told in str(caught.value)
    assert "a.jsonl" in str(caught.value)


def test_many_faults_are_counted() -> None:
    """Five lines are told, the others counted."""
    with pytest.raises(BadInput, match="line 5 is not JSON; and 2 more"):
        read_answers("{\n" * 7, ITEMS, role="reader", where="a.jsonl")


@pytest.mark.parametrize(
    ("role", "fields"),
    [("control", {"why": ..., "natural": ...}), ("judge", {"natural": ..., "source": "page"})],
)
def test_control_and_judge_write_less(role: Role, fields: dict[str, object]) -> None:
    """The control needs a key alone, the judge a key and a reason."""
    assert read_answers(line(**fields), ITEMS, role=role, where="a.jsonl")[1].key == "B"


def test_judge_gives_a_reason() -> None:
    """A verdict without its reason is refused."""
    with pytest.raises(BadInput, match="needs a reason"):
        read_answers(line(why=...), ITEMS, role="judge", where="j.jsonl")


def test_missing_items_are_those_of_touched_parts() -> None:
    """A reader of one part need not answer the other."""
    found = read_answers(line(n=3), ITEMS, role="reader", where="a.jsonl")

    assert missing(ITEMS, found) == [4]


def item_line(**changes: object) -> str:
    """A line of items.jsonl as rounds 1 and 2 have them."""
    fields = {
        "n": 1,
        "key": "A",
        "decision": "route",
        "kind": "choice",
        "length": "exam",
        "facts": {"load": "bulky"},
        "goal": None,
        "stem": "What now?",
        "options": [{"text": "Go.", "rules": []}, {"text": "Stay.", "rules": ["route.R1"]}],
        **changes,
    }
    return json.dumps(fields)


def test_items_of_old_sheets_are_read() -> None:
    """Without parts and purposes all is one part at random, and the control had the same items."""
    items, control = read_items(item_line(), where="items.jsonl")

    assert (items[1].part, items[1].purposes, items[1].key) == (1, ("random",), "A")
    assert items[1].rules_of("B") == ["route.R1"]
    assert control is items


def test_items_of_the_control_are_apart() -> None:
    """Numbers of sheet and control may meet."""
    text = item_line(sheet="reading") + "\n" + item_line(sheet="control", key="B", part=0)

    items, control = read_items(text, where="items.jsonl")

    assert (items[1].key, control[1].key) == ("A", "B")


def test_item_of_a_pair_counts_for_the_pair() -> None:
    """An item over two decisions is not laid at the door of its first half."""
    text = item_line(sheet="reading", purposes=["pair:route-and-bread.choose_two.3"])

    items, _ = read_items(text, where="items.jsonl")

    assert items[1].decision == "route-and-bread"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (item_line() + "\n" + item_line(), "line 2 has the item 1 again"),
        ('{"n": 1}', "line 1 is no item of a sheet"),
        (item_line(options=None), "line 1 is no item of a sheet"),
        ("", "The sheet has no items"),
    ],
)
def test_broken_items_are_refused(text: str, told: str) -> None:
    """A file of items that was edited is refused with the line."""
    with pytest.raises(BadInput, match=told):
        read_items(text, where="items.jsonl")
