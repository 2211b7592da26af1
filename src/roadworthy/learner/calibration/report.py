"""A whole calibration: curves, their errors, and what looks wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from roadworthy.learner.calibration.first_answers import Gathered
from roadworthy.learner.calibration.fit import TOLERANCE, Fit, fit
from roadworthy.learner.calibration.flags import FEWEST_ANSWERS, Flag, flags_of
from roadworthy.learner.calibration.maximize import Priors
from roadworthy.learner.calibration.precision import StandardErrors, standard_errors
from roadworthy.learner.calibration.weights_file import ItemWeights


@dataclass(frozen=True)
class Calibration:
    """What ``calibrate`` found. ``seen[I]``: answers of each item; ``flags``: gravest first."""

    items: Sequence[str]
    learners: int
    seen: NDArray[np.integer]
    fit: Fit
    errors: StandardErrors
    flags: Sequence[Flag]

    @property
    def enough(self) -> int:
        """Number of items with as many answers as a flag needs."""
        return int((self.seen >= FEWEST_ANSWERS).sum())

    def as_json(self) -> dict[str, Any]:
        """The report as plain JSON data."""
        curves, errors = self.fit.curves, self.errors
        return {
            "learners": self.learners,
            "answers": int(self.seen.sum()),
            "items_with_enough_answers": self.enough,
            "rounds": self.fit.rounds,
            "converged": self.fit.converged,
            "items": [
                {
                    "item": name,
                    "answers": int(self.seen[n]),
                    "slope": float(curves.slope[n]),
                    "se_slope": float(errors.slope[n]),
                    "difficulty": float(curves.difficulty[n]),
                    "se_difficulty": float(errors.difficulty[n]),
                    "floor": float(curves.floor[n]),
                }
                for n, name in enumerate(self.items)
            ],
            "flags": [
                {"item": self.items[flag.item], "kind": flag.kind, "why": flag.why}
                for flag in self.flags
            ],
        }

    def weights(self, *, source: str, made_at: datetime) -> ItemWeights:
        """The curves as a weights file's content; ``source`` says what they were fitted to."""
        return ItemWeights(
            self.items,
            self.fit.curves,
            self.errors,
            tuple(self.seen.tolist()),
            self.learners,
            source,
            made_at,
        )


def calibrate(
    gathered: Gathered,
    *,
    plain: bool = False,
    tolerance: float = TOLERANCE,
    priors: Priors | None = None,
) -> Calibration:
    """Fit the curves of all items and look for what is wrong.

    ``plain``: without guess floors. ``priors``: weak ones by default; with ``Priors.flat()`` an
    item that everybody or nobody knows runs out to where the fit stops. Where no item has enough
    answers, nothing is flagged. Any input gives finite numbers: an item with no answer has the
    curve of the priors.
    """
    floor = np.zeros_like(gathered.floor) if plain else gathered.floor
    found = fit([gathered.answers], floor=floor, tolerance=tolerance, priors=priors)
    seen = gathered.answers.seen_of_items()
    flags: Sequence[Flag] = ()
    if (seen >= FEWEST_ANSWERS).any():
        flags = flags_of(gathered.answers, found.curves, choices=gathered.choices)
    return Calibration(
        gathered.items,
        gathered.answers.people,
        seen,
        found,
        standard_errors([gathered.answers], found.curves, priors=priors),
        tuple(flags),
    )
