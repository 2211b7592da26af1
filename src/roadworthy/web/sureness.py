"""How often answers were right by how sure the candidate was: guess, fairly, certain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from roadworthy.learner.interval import EIGHT_OF_TEN, wilson
from roadworthy.learner.state import Response

LEVELS = ((1, "Guess", 0.25), (2, "Fairly", 0.70), (3, "Certain", 0.95))
"""Level, its name, and the share that we read it as."""
FEW = 5
LEANS = 5
"""Points of 100 from which the average counts as off."""


@dataclass(frozen=True)
class Sureness:
    """One level: answers, right ones, and the share with its 8-of-10 interval, 0 to 1."""

    name: str
    meant: float
    count: int
    right: int
    low: float
    high: float

    @property
    def share(self) -> float:
        return self.right / self.count if self.count else 0.0


def sureness_of(responses: Iterable[Response]) -> list[Sureness]:
    """The three levels, over answers without help that count."""
    told = Counter(
        (one.confidence, one.right) for one in responses if one.weight > 0 and not one.aided
    )
    rows = []
    for level, name, meant in LEVELS:
        right = told[level, True]
        count = right + told[level, False]
        rows.append(Sureness(name, meant, count, right, *wilson(right, count, EIGHT_OF_TEN)))
    return rows


def leaning(rows: list[Sureness]) -> str:
    """Over all levels: what was meant on average beside what came; '' under ten answers."""
    count = sum(row.count for row in rows)
    if count < 2 * FEW:
        return ""
    meant = sum(row.meant * row.count for row in rows) / count
    right = sum(row.right for row in rows) / count
    gap = round(right * 100) - round(meant * 100)
    text = (
        f"Over {count} answers you meant {round(meant * 100)}% on average, and "
        f"{round(right * 100)}% were right"
    )
    if abs(gap) < LEANS:
        return f"{text}: your words and your answers agree."
    points = f"{abs(gap)} point{'' if abs(gap) == 1 else 's'}"
    return f"{text}: you trust yourself {points} too {'little' if gap > 0 else 'much'}."


def advice_on(rows: list[Sureness]) -> str:
    """The one sentence that helps most; '' when there is too little to say one."""
    certain, guess = rows[2], rows[0]
    if min(certain.count, guess.count) >= FEW and guess.share > certain.share:
        return (
            f"You were right more often when you guessed ({guess.right} of {guess.count}) than "
            f"when you were certain ({certain.right} of {certain.count}). Read the options once "
            "more before you choose Certain."
        )
    if certain.count >= FEW and certain.high < certain.meant:
        share = round(certain.share * 100)
        return (
            f"When certain you were right {share}% of the time. Read the options once more before "
            "you choose Certain."
        )
    if guess.count >= FEW and guess.low > guess.meant + 0.1:
        share = round(guess.share * 100)
        return f"Your guesses were right {share}% of the time: you know more than you trust."
    return ""
