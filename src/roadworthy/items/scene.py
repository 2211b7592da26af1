"""The nouns of an item: which frames fit a situation, and the words that its templates use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from random import Random

from simpleeval import simple_eval

from roadworthy.items.phrase import Sentence, fill, sentence
from roadworthy.pack.catalog import Frames, Term
from roadworthy.pack.decision import Numbers, Scene


class Vocabulary:
    """Terms and frames of a pack, ready for templates."""

    def __init__(self, frames: Frames, terms: Mapping[str, Term]) -> None:
        self.frames = {
            name: (frozenset(one.tags), one.slots) for name, one in frames.frames.items()
        }
        self.terms = {f"@{name}": term.name for name, term in terms.items()}
        self._words = {name: {**self.terms, **slots} for name, (_, slots) in self.frames.items()}
        self._fitting: dict[frozenset[str], list[str]] = {}

    def fitting(self, needs: Iterable[str]) -> list[str]:
        """Frames that carry all of the tags, in the order of the file."""
        wanted = frozenset(needs)
        known = self._fitting.get(wanted)
        if known is None:
            known = [name for name, (tags, _) in self.frames.items() if wanted <= tags]
            self._fitting[wanted] = known
        return known

    def words(self, frame: str, numbers: Mapping[str, str] | None = None) -> Mapping[str, str]:
        """Slot -> words of a frame, with number draws added."""
        words = self._words[frame]
        return {**words, **numbers} if numbers else words


def opened(
    said: list[Sentence], scene: Scene, random: Random, words: Mapping[str, str], *, room: int
) -> list[Sentence]:
    """A brief stem with the sentence that opens it, where that leaves it within ``room`` words."""
    if not scene.brief_setup:
        return said
    opening = sentence(fill(random.choice(scene.brief_setup), words))
    whole = [opening, *said]
    return whole if sum(len(one.text.split()) for one in whole) <= room else said


def draw_numbers(
    random: Random, numbers: Mapping[str, Numbers], derive: Mapping[str, str]
) -> dict[str, float]:
    """One value for each draw, then the derived ones in order."""
    values: dict[str, float] = {
        name: random.randrange(one.low, one.high + 1, one.step) for name, one in numbers.items()
    }
    for name, expression in derive.items():
        values[name] = evaluate(expression, values)
    return values


def evaluate(expression: str, values: Mapping[str, float]) -> float:
    """A formula over named numbers, by ``simpleeval`` (no attribute access, no calls but these)."""
    return float(
        simple_eval(
            expression,
            names=dict(values),
            functions={"round": round, "min": min, "max": max, "abs": abs},
        )
    )


def printed(value: float) -> str:
    """A number for prose: thousands separated, at most one decimal."""
    if abs(value - round(value)) < 1e-9:
        return f"{round(value):,}"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    if abs(value) < 1:
        return f"{value:.2f}"
    return f"{value:.1f}"
