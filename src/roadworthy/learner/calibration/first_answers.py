"""From a journal's events to the answers that count for calibration.

Of each learner and item the first one counts, if it was unaided, slow enough to have read the item,
and its situation was new to the learner; typed answers don't count. What an answer weighs is
decided by ``learner/evidence.py``, as everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from roadworthy.journal.event import Event
from roadworthy.journal.forms import form_state
from roadworthy.learner.calibration.answers import Answers
from roadworthy.learner.calibration.curves import Floats
from roadworthy.learner.calibration.flags import NO_OPTION, Choices
from roadworthy.learner.evidence import awaited_of, judge
from roadworthy.learner.state import Awaited


@dataclass(frozen=True, slots=True)
class FirstAnswer:
    """One answer. ``option``: id of what was chosen, '' if unknown; ``ways``: how many choices."""

    learner: str
    item: str
    right: bool
    option: str = ""
    ways: int = 0


@dataclass(frozen=True)
class Gathered:
    """Answers of all sources in numbers. ``floor[I]``: guess floor 1 / ways, 0 where unknown."""

    answers: Answers
    items: Sequence[str]
    floor: Floats
    choices: Choices


@dataclass(frozen=True, slots=True)
class _Shown:
    """An item that waits for its answer: its id, what judging needs, ids of options as shown."""

    item: str
    awaited: Awaited
    options: tuple[str, ...]


def gathered(sources: Iterable[Iterable[FirstAnswer]]) -> Gathered:
    """Answers of several sources, one read after the other; the first of a learner and item."""
    learners: dict[str, int] = {}
    items: dict[str, int] = {}
    options: dict[str, int] = {}
    pairs: dict[tuple[int, int], tuple[bool, int]] = {}
    ways: dict[int, int] = {}
    for source in sources:
        for one in source:
            item = items.setdefault(one.item, len(items))
            pair = learners.setdefault(one.learner, len(learners)), item
            chosen = options.setdefault(one.option, len(options)) if one.option else NO_OPTION
            pairs.setdefault(pair, (one.right, chosen))
            ways.setdefault(item, one.ways)
    numbers = np.array(list(pairs), np.int32).reshape(-1, 2)
    results = np.array(list(pairs.values()), np.int32).reshape(-1, 2)
    many = np.array([ways[item] for item in range(len(items))], np.float64)
    floor = np.divide(1, many, out=np.zeros_like(many), where=many > 1)
    right = results[:, 0].astype(np.uint8)
    return Gathered(
        Answers(numbers[:, 0], numbers[:, 1], right, len(learners), len(items)),
        tuple(items),
        floor,
        Choices(results[:, 1], tuple(options)),
    )


def first_answers(events: Iterable[Event], learner: str) -> Iterator[FirstAnswer]:
    """The answers of one journal's events, which come in their order."""
    kept: dict[str, FirstAnswer] = {}
    waiting: dict[str, _Shown] = {}
    forms: dict[str, list[Event]] = {}
    seen: set[str] = set()
    for event in events:
        payload = event.payload
        form = payload.get("form")
        if event.kind == "item_shown":
            waiting[payload["presentation"]] = _shown(payload, payload["presentation"], seen)
        elif event.kind == "responded" and payload["presentation"] in waiting:
            name = payload["presentation"]
            answer = _answer(waiting.pop(name), payload, event, learner)
            if answer is not None:
                kept[name] = answer
        elif event.kind == "withdrawn":
            kept.pop(payload["presentation"], None)
        elif event.kind == "form_started":
            for place, one in enumerate(payload["presentations"], start=1):
                if "item" in one:
                    name = _place(payload["form"], place)
                    waiting[name] = _shown(one, name, seen)
            forms[payload["form"]] = [event]
        elif event.kind == "form_responded" and form in forms:
            forms[form].append(event)
        elif event.kind == "form_finished" and form in forms:
            kept.update(_form_answers(forms.pop(form), waiting, event, learner))
    return iter(kept.values())


def _shown(payload: Mapping[str, Any], name: str, seen: set[str]) -> _Shown:
    item = payload["item"]
    awaited = awaited_of({**payload, "presentation": name}, repeated=item["situation"] in seen)
    seen.add(item["situation"])
    return _Shown(item["id"], awaited, tuple(option["id"] for option in item["options"]))


def _form_answers(
    events: Sequence[Event], waiting: dict[str, _Shown], finished: Event, learner: str
) -> Iterator[tuple[str, FirstAnswer]]:
    """A form counts once it is finished, with what then stood at each place."""
    form = events[0].payload["form"]
    state = form_state(events, form)
    spent: dict[int, int] = {}
    for event in events[1:]:
        place = event.payload["ordinal"]
        spent[place] = spent.get(place, 0) + event.payload.get("milliseconds", 0)
    for place, entry in sorted(state.entries.items()) if state else ():
        name = _place(form, place)
        if name not in waiting:
            continue
        payload = {"chosen": entry.chosen, "milliseconds": spent.get(place, 0) or None}
        answer = _answer(waiting.pop(name), payload, finished, learner)
        if answer is not None:
            yield name, answer


def _answer(
    shown: _Shown, payload: Mapping[str, Any], event: Event, learner: str
) -> FirstAnswer | None:
    """The answer as evidence, or None where it does not count."""
    awaited = shown.awaited
    if awaited.recall is not None or not shown.options:
        return None
    spent = payload["milliseconds"]
    response = judge(
        awaited,
        at=event.at,
        zone=event.zone,
        chosen=tuple(payload["chosen"]),
        confidence=None,
        seconds=None if spent is None else spent / 1000,
        aids=bool(payload.get("aids")),
    )
    if response.aided or response.repeated or response.weight <= 0:
        return None
    option = "+".join(sorted(shown.options[place] for place in response.chosen))
    return FirstAnswer(learner, shown.item, response.right, option, response.options)


def _place(form: str, number: int) -> str:
    return f"{form}#{number}"
