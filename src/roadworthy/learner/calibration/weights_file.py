"""Item curves as a file: versioned, dated, hashed over its content, written in one step."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import numpy as np

from roadworthy.errors import BadInput
from roadworthy.learner.calibration.curves import Curves
from roadworthy.learner.calibration.precision import StandardErrors

MODEL_VERSION: Final = 1
HASH_LENGTH: Final = 16
DIGITS: Final = 6
COLUMNS: Final = ("slope", "easiness", "floor", "se_slope", "se_easiness", "se_difficulty")


@dataclass(frozen=True)
class ItemWeights:
    """Curves of the items named in ``items``, their errors, and how they came about.

    ``answers[I]``: number of answers of each item. ``hash`` names the content.
    """

    items: Sequence[str]
    curves: Curves
    errors: StandardErrors
    answers: Sequence[int]
    learners: int
    source: str
    made_at: datetime

    @property
    def hash(self) -> str:
        """16 hex digits over all of the content."""
        return _hash_of(self.as_json())

    def as_json(self) -> dict[str, Any]:
        """The content as plain JSON data, without its hash."""
        return {
            "kind": "roadworthy item weights",
            "model_version": MODEL_VERSION,
            "made_at": self.made_at.isoformat(timespec="seconds"),
            "source": self.source,
            "learners": self.learners,
            "answers": int(sum(self.answers)),
            "items": {
                name: {
                    "answers": int(self.answers[n]),
                    "slope": _short(self.curves.slope[n]),
                    "easiness": _short(self.curves.easiness[n]),
                    "floor": _short(self.curves.floor[n]),
                    "se_slope": _short(self.errors.slope[n]),
                    "se_easiness": _short(self.errors.easiness[n]),
                    "se_difficulty": _short(self.errors.difficulty[n]),
                }
                for n, name in enumerate(self.items)
            },
        }


def write_weights(weights: ItemWeights, to: Path) -> None:
    """Write the file beside ``to`` and rename it, so that no half of one is ever read.

    Raises BadInput where the folder cannot be written.
    """
    content = {**weights.as_json(), "hash": weights.hash}
    text = json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    partial = ""
    try:
        handle, partial = tempfile.mkstemp(dir=to.parent, prefix=f".{to.name}-")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, to)
    except OSError as error:
        Path(partial).unlink(missing_ok=True) if partial else None
        raise BadInput(
            f"The weights were not written: {error.strerror}.",
            where=str(to),
            mend="Name a file in a folder that exists and can be written.",
        ) from error


def read_weights(path: Path) -> ItemWeights:
    """The weights of a file; BadInput if it is none, of a newer version, or changed since."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["model_version"] != MODEL_VERSION:
            raise BadInput(
                f"The weights are of version {content['model_version']}.",
                where=str(path),
                mend=f"This program reads version {MODEL_VERSION}; calibrate again with it.",
            )
        said = content.pop("hash")
        weights = _from_json(content)
        intact = said == _hash_of(content)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInput(
            "The file holds no item weights.",
            where=str(path),
            mend="Name a file that roadworthy calibrate wrote.",
        ) from error
    if not intact:
        raise BadInput(
            "The weights were changed after they were written.",
            where=str(path),
            mend="Write them anew with roadworthy calibrate.",
        )
    return weights


def _from_json(content: Mapping[str, Any]) -> ItemWeights:
    rows: Mapping[str, Mapping[str, float]] = content["items"]
    columns = {name: np.array([row[name] for row in rows.values()], np.float64) for name in COLUMNS}
    return ItemWeights(
        items=tuple(rows),
        curves=Curves(columns["slope"], columns["easiness"], columns["floor"]),
        errors=StandardErrors(
            columns["se_slope"], columns["se_easiness"], columns["se_difficulty"]
        ),
        answers=tuple(int(row["answers"]) for row in rows.values()),
        learners=int(content["learners"]),
        source=str(content["source"]),
        made_at=datetime.fromisoformat(content["made_at"]),
    )


def _hash_of(content: Mapping[str, Any]) -> str:
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:HASH_LENGTH]


def _short(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")
