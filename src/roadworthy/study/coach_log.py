"""What the journal says of the coach on one item: the step that was asked, and what was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from roadworthy.items.item import Item
from roadworthy.study.coach import Blame, Step
from roadworthy.study.course import Course


@dataclass(frozen=True, slots=True)
class Coaching:
    """The coach on one item: the step, why, and what was done (None while it waits)."""

    step: Step
    because: Blame
    done: Mapping[str, Any] | None = None

    @property
    def waits(self) -> bool:
        return self.done is None

    @property
    def helped(self) -> bool:
        """Whether the step was done before the answer, so that the answer had help."""
        return self.done is not None and self.done["outcome"] == "done" and self.step != "flip"

    @property
    def was_done(self) -> bool:
        return self.done is not None and self.done["outcome"] == "done"


def coaching_of(course: Course, presentation: str) -> Coaching | None:
    """The coach on an item as the journal has it; None where it did not step in."""
    asked = course.journal.by_key(f"coach:{presentation}")
    if asked is None:
        return None
    done = course.journal.by_key(f"coached:{presentation}")
    payload = asked.payload
    return Coaching(payload["step"], payload["because"], done.payload if done else None)


def item_of(course: Course, presentation: str) -> Item:
    """The item of a presentation, as it was shown."""
    event = course.journal.by_key(f"shown:{presentation}")
    assert event is not None
    return Item.from_json(event.payload["item"])


def flip_right(course: Course, presentation: str) -> bool | None:
    """Whether the change after the answer was answered right; None where it was not."""
    event = course.journal.by_key(f"flip:{presentation}:0")
    return None if event is None else bool(event.payload["right"])
