"""Events of a journal in which items are answered evening by evening, without a learner behind.

For measurements and tests that need a journal of some length; what is answered is luck.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from roadworthy.items.item import Item
from roadworthy.journal.event import Event

SECONDS = 60
JOURNAL = "simulated"
ZONE = "UTC"


def answered_events(
    items: Sequence[Item],
    answers: int,
    *,
    begin: datetime,
    pack: str,
    pack_hash: str,
    seed: int,
    learner: str = "simulated",
    lessons: Mapping[str, Sequence[str]] | None = None,
    right: float = 0.7,
    a_day: int = 50,
) -> Iterator[Event]:
    """An enrolment, lessons, then ``answers`` times an item shown and answered, a minute each.

    ``lessons``: rules of each decision whose brief is read on the first evening, a second apart.
    Items come in turn, ``a_day`` of them each evening from ``begin`` on; the share ``right`` of
    answers is right, a wrong one chooses any distractor. Items are of kinds that have options.
    """
    rng = np.random.default_rng(seed)
    known, luck = rng.random(answers) < right, rng.random(answers)
    shown = [item.as_json() for item in items]
    enrolled = {"learner": learner, "pack": pack}
    yield _event(1, begin, "enrolled", "enrolled", enrolled)
    read = list((lessons or {}).items())
    for place, (name, rules) in enumerate(read):
        at = begin + timedelta(seconds=1 + place)
        lesson = {
            "lesson": name, "step": "brief", "rules": list(rules), "milliseconds": 60_000,
            "session": None,
        }  # fmt: skip
        yield _event(2 + place, at, f"read:{name}", "lesson_read", lesson)
    first = 2 + len(read)
    opening = begin + timedelta(seconds=60 + len(read))
    for number in range(answers):
        item = items[number % len(items)]
        evening, place = divmod(number, a_day)
        at = opening + timedelta(days=evening, seconds=SECONDS * place)
        name = f"{learner}-{number}"
        wrong = [n for n, one in enumerate(item.options) if not one.correct]
        chosen = list(item.keys) if known[number] else [wrong[int(luck[number] * len(wrong))]]
        payload: dict[str, Any] = {
            "presentation": name, "session": f"evening-{evening}", "form": None,
            "ordinal": place + 1, "purpose": "practice", "step": "full", "aided": False,
            "item": shown[number % len(items)], "pack_hash": pack_hash, "generator": "simulated",
        }  # fmt: skip
        yield _event(first + 2 * number, at, f"shown:{name}", "item_shown", payload)
        answer: dict[str, Any] = {
            "presentation": name, "chosen": chosen, "typed": None, "confidence": 2,
            "milliseconds": 1000 * (SECONDS - 15), "eliminated": [], "marked": [], "aids": [],
        }  # fmt: skip
        at += timedelta(seconds=SECONDS - 15)
        yield _event(first + 2 * number + 1, at, name, "responded", answer)


def _event(number: int, at: datetime, key: str, kind: str, payload: dict[str, Any]) -> Event:
    return Event(JOURNAL, number, at, ZONE, key, kind, payload)
