from __future__ import annotations

from random import Random

import pytest
from simpleeval import FeatureNotAvailable, FunctionNotDefined, NameNotDefined

from roadworthy.items.generate import Generator
from roadworthy.items.scene import draw_numbers, evaluate, printed
from roadworthy.pack.decision import Numbers


@pytest.mark.parametrize(
    ("value", "text"),
    [(1234567.0, "1,234,567"), (0.046, "0.05"), (12.34, "12.3"), (512.7, "513"), (3.0, "3")],
)
def test_number_is_printed_for_prose(value: float, text: str) -> None:
    """Thousands are separated, and nobody reads more than two decimals."""
    assert printed(value) == text


def test_formula_knows_names_and_four_functions() -> None:
    """Names are looked up, rounding and bounds work."""
    assert evaluate("round(max(a, b) / 3) + abs(0 - 2)", {"a": 10, "b": 4}) == 5


@pytest.mark.parametrize(
    ("expression", "refusal"),
    [
        ("__import__('os').getcwd()", (FeatureNotAvailable, FunctionNotDefined, NameNotDefined)),
        ("a.__class__", (FeatureNotAvailable, NameNotDefined)),
        ("open('x')", FunctionNotDefined),
    ],
)
def test_formula_cannot_leave_its_numbers(expression: str, refusal: type[Exception]) -> None:
    """A pack from elsewhere cannot run anything through a formula."""
    with pytest.raises(refusal):
        evaluate(expression, {"a": 1.0})


def test_draws_keep_to_their_steps() -> None:
    """Each draw lies on the grid of its limits; derived numbers follow in order."""
    for seed in range(50):
        values = draw_numbers(
            Random(seed),
            {"a": Numbers(low=10, high=50, step=20)},
            {"b": "a * 2", "c": "b + 1"},
        )
        assert values["a"] in (10, 30, 50)
        assert values["c"] == 2 * values["a"] + 1


def test_frame_fits_when_it_carries_all_tags(real: Generator) -> None:
    """A situation that presumes something is told only of organizations where it is so."""
    frames = real.pack.frames.frames
    for tag in real.pack.frames.tags:
        fitting = real.vocabulary.fitting([tag])
        assert fitting == [name for name, frame in frames.items() if tag in frame.tags]
    assert real.vocabulary.fitting([]) == list(frames)
