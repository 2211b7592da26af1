"""In which unit a page tells gains: one for steps and for what is left out, named once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from roadworthy.study.day_course import Block

COARSE = 0.5
"""From this largest gain on, tenths of a point tell the gains apart; below it, hundredths."""
LEAST = 0.005
"""A page on which no gain of the chance reaches this tells gains of the expected score."""


@dataclass(frozen=True)
class Gains:
    """Unit and fineness of all gains of a page; both units are points of 100.

    ``by_score``: right answers that are expected in the exam, instead of the chance to pass.
    """

    by_score: bool
    places: int

    @property
    def meaning(self) -> str:
        """What a point is: 'chances in 100 to pass'."""
        return "right answers in 100" if self.by_score else "chances in 100 to pass"

    @property
    def least(self) -> float:
        return 0.1 if self.places == 1 else 0.01

    def counts(self, gain: float, score: float) -> bool:
        """Whether the gain shows as more than nothing."""
        return self._of(gain, score) >= self.least / 2

    def words(self, gain: float, score: float) -> str:
        """'+0.04', or 'under 0.01'."""
        found = self._of(gain, score)
        if not self.counts(gain, score):
            return f"under {self.least:.{self.places}f}"
        return f"+{found:.{self.places}f}"

    def _of(self, gain: float, score: float) -> float:
        return score if self.by_score else gain


def gains_of(blocks: Iterable[Block]) -> Gains:
    """How the gains of these blocks are told; each as the plan holds it (``Block.gain``)."""
    known = list(blocks)
    by_score = max((one.gain for one in known), default=0.0) < LEAST
    largest = max((one.score if by_score else one.gain for one in known), default=0.0)
    return Gains(by_score, 1 if largest >= COARSE else 2)
