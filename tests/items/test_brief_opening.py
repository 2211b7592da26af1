"""A brief stem may open with a sentence that says where the candidate is."""

from __future__ import annotations

from random import Random

from roadworthy.items.scene import brief_opening
from roadworthy.pack.decision import Scene


def scene(*opening: str) -> Scene:
    """A scene with these openings of brief stems."""
    return Scene(
        setup=["A", "B", "C"],
        lead=["a", "b", "c"],
        brief_setup=list(opening),
        brief_ask=["Which?", "What?"],
    )


def test_no_opening_gives_no_sentence() -> None:
    """Decisions written before this field keep their brief stems word for word."""
    assert brief_opening(scene(), Random(1), {}) == []


def test_the_opening_is_filled_from_the_frame() -> None:
    """Slots of an opening get the words of the frame of the same stem."""
    made = brief_opening(scene("You train {a_model}."), Random(1), {"a_model": "a tide model"})
    assert made == ["You train a tide model."]
