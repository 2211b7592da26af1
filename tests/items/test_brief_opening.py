"""A brief stem may open with a sentence that says where the candidate is."""

from __future__ import annotations

from random import Random

from roadworthy.items.phrase import Sentence, sentence
from roadworthy.items.scene import opened
from roadworthy.pack.decision import Scene

FACTS = [sentence("the lanes are closed to motor traffic"), sentence("What do you do?")]


def scene(*opening: str) -> Scene:
    """A scene with these openings of brief stems."""
    return Scene(
        setup=["A", "B", "C"],
        lead=["a", "b", "c"],
        brief_setup=list(opening),
        brief_ask=["Which?", "What?"],
    )


def stem(opening: list[str], room: int) -> list[str]:
    """The sentences of a stem in a frame whose model is of tides."""
    said: list[Sentence] = opened(
        list(FACTS), scene(*opening), Random(1), {"a_model": "a tide model"}, room=room
    )
    return [one.text for one in said]


def test_no_opening_gives_no_sentence() -> None:
    """Decisions written before this field keep their brief stems word for word."""
    assert stem([], 45) == [one.text for one in FACTS]


def test_the_opening_is_filled_from_the_frame() -> None:
    """Slots of an opening get the words of the frame of the same stem."""
    assert stem(["You train {a_model}."], 45)[0] == "You train a tide model."


def test_the_opening_is_left_out_where_it_would_not_fit() -> None:
    """Facts come first: a stem that is full already stays as it is."""
    assert stem(["You train {a_model}."], 12) == [one.text for one in FACTS]
