"""The fold: events in, what the candidate knows out.

``fold`` gives a new state and leaves the old one as it is. It copies only the parts that an event
touches, and ``replay`` copies none of them twice, so both stay cheap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from roadworthy.items.recall import holds
from roadworthy.journal.event import Event, study_day
from roadworthy.learner.evidence import awaited_of, judge
from roadworthy.learner.learning import Learning
from roadworthy.learner.state import (
    Allowance,
    Awaited,
    Checkpoint,
    ExamTaken,
    FormTaken,
    LearnerState,
    Lesson,
    LimitMemory,
    Mark,
    ResourceMark,
    Settings,
)
from roadworthy.learner.weights import WEIGHTS, Weights
from roadworthy.learner.workbench import Workbench
from roadworthy.pack.model import Pack

LONGEST_GAP_SECONDS = 180.0
"""A longer silence between two events of a session counts as this much study."""
LONGEST_READING_SECONDS = 900.0
"""A text read outside a session counts as at most this much study."""

_Handler = Callable[[Workbench, Mapping[str, Any], Event, Weights], None]


def fold(state: LearnerState, event: Event, pack: Pack, weights: Weights = WEIGHTS) -> LearnerState:
    """The state after one more event. ``state`` is not changed; unknown kinds only move ``until``.

    Events come in the order ``(at, journal, seq)``. ``pack`` is for renames of rules, which no
    pack has yet: items carry all else.
    """
    bench = Workbench(state)
    _take(bench, event, weights)
    return bench.finished()


def replay(events: Iterable[Event], pack: Pack, weights: Weights = WEIGHTS) -> LearnerState:
    """The state after all events: the same as folding them one by one, and faster."""
    bench = Workbench(LearnerState())
    for event in events:
        _take(bench, event, weights)
    return bench.finished()


def _take(bench: Workbench, event: Event, weights: Weights) -> None:
    bench.until, bench.journal = event.seq, event.journal
    _count_minutes(bench, event)
    handler = _HANDLERS.get(event.kind)
    if handler is not None:
        handler(bench, event.payload, event, weights)


# -- time spent


def _count_minutes(bench: Workbench, event: Event) -> None:
    """Add the time since the last event of the session or form to the study day of this one."""
    session = bench.session_of(event.payload)
    if session is None and event.kind in ("form_started", "form_responded"):
        # Its end counts for none: a form left open is closed whenever someone looks again.
        session = f"form:{event.payload['form']}"
    seconds = 0.0
    if session is not None:
        last = bench.last_event.get(session)
        if last is not None:
            seconds = min((event.at - last).total_seconds(), LONGEST_GAP_SECONDS)
        bench.own_last_event()[session] = event.at
    elif event.kind == "lesson_read":
        seconds = min(event.payload["milliseconds"] / 1000, LONGEST_READING_SECONDS)
    if seconds > 0:
        minutes = bench.own_minutes_by_day()
        day = study_day(event.at, event.zone)
        minutes[day] = minutes.get(day, 0.0) + seconds / 60


# -- who and how


def _enrolled(bench: Workbench, payload: Mapping[str, Any], event: Event, _: Weights) -> None:
    enrolled_at = bench.state.enrolled_at or event.at
    bench.set(learner=payload["learner"], pack=payload["pack"], enrolled_at=enrolled_at)


def _settings(bench: Workbench, payload: Mapping[str, Any], event: Event, _: Weights) -> None:
    known: dict[str, Any] = {}
    for name, value in payload["values"].items():
        if name == "exam_date":
            known[name] = None if value is None else date.fromisoformat(value)
        elif name == "days_off":
            known[name] = tuple(value)
        elif name == "day_minutes":
            known[name] = {date.fromisoformat(day): minutes for day, minutes in value.items()}
        elif name == "mock_days":
            known[name] = tuple(date.fromisoformat(day) for day in value)
        elif name in Settings.__dataclass_fields__:
            known[name] = value
    bench.set(settings=replace(bench.state.settings, **known))


# -- items and responses


def _item_shown(bench: Workbench, payload: Mapping[str, Any], event: Event, _: Weights) -> None:
    _await(bench, payload)


def _await(bench: Workbench, shown: Mapping[str, Any]) -> None:
    situation = shown["item"]["situation"]
    before = bench.seen.get(situation, 0)
    bench.own_awaited()[shown["presentation"]] = awaited_of(shown, repeated=before > 0)
    bench.own_seen()[situation] = before + 1


def _responded(
    bench: Workbench, payload: Mapping[str, Any], event: Event, weights: Weights
) -> None:
    awaited = bench.awaited.get(payload["presentation"])
    if awaited is None:
        return
    del bench.own_awaited()[payload["presentation"]]
    if awaited.recall is not None:
        _recalled(bench, awaited, payload, event)
        return
    response = judge(
        awaited,
        at=event.at,
        zone=event.zone,
        chosen=tuple(payload["chosen"]),
        confidence=payload["confidence"],
        seconds=payload["milliseconds"] / 1000,
        aids=bool(payload["aids"]),
    )
    Learning(bench, weights).take(response)


def _recalled(bench: Workbench, awaited: Awaited, payload: Mapping[str, Any], event: Event) -> None:
    """Note a typed answer with its limit; it is no evidence for rules of decisions."""
    assert awaited.recall is not None
    limit = awaited.rules[0].split(".", 1)[1]
    right = holds(awaited.recall, payload["typed"] or "")
    answers = bench.limits.get(limit, LimitMemory()).answers
    entry = (awaited.presentation, event.at, right)
    bench.own_limits()[limit] = LimitMemory((*answers, entry))


def _forget_recall(bench: Workbench, presentation: str) -> None:
    """Take the newest typed answer back, if it is the one of this presentation."""
    for limit, memory in bench.limits.items():
        if memory.answers and memory.answers[-1][0] == presentation:
            bench.own_limits()[limit] = LimitMemory(memory.answers[:-1])
            return


def _withdrawn(
    bench: Workbench, payload: Mapping[str, Any], event: Event, weights: Weights
) -> None:
    bench.own_awaited().pop(payload["presentation"], None)
    Learning(bench, weights).take_back(payload["presentation"])
    _forget_recall(bench, payload["presentation"])


def _lesson_read(
    bench: Workbench, payload: Mapping[str, Any], event: Event, weights: Weights
) -> None:
    lesson = bench.lessons.get(payload["lesson"], Lesson())
    if payload["step"] not in lesson.steps:
        steps = {**lesson.steps, payload["step"]: event.at}
        bench.own_lessons()[payload["lesson"]] = Lesson(steps)
    Learning(bench, weights).taught(payload["rules"], event.at)


# -- resources outside: kept with the state, evidence for nothing


def _resource_done(bench: Workbench, payload: Mapping[str, Any], event: Event, _: Weights) -> None:
    _mark_resource(bench, payload, done_at=event.at if payload["done"] else None)


def _resource_rated(bench: Workbench, payload: Mapping[str, Any], event: Event, _: Weights) -> None:
    _mark_resource(bench, payload, rating=payload["rating"])


def _resource_read(bench: Workbench, payload: Mapping[str, Any], event: Event, _: Weights) -> None:
    """Minutes that are said to be read count for the day on which that is said, as do others."""
    before = bench.state.resources.get(payload["resource"], ResourceMark())
    more = payload["minutes"] - before.read
    day = study_day(event.at, event.zone)
    if more < 0 and before.settled_on != day:  # begun again; what was read then stays with its day
        more = payload["minutes"]
    later = None if payload["later"] is None else date.fromisoformat(payload["later"])
    settled = day if more > 0 or later is not None else None
    _mark_resource(bench, payload, read=payload["minutes"], later=later, settled_on=settled)
    if more:
        minutes = bench.own_minutes_by_day()
        minutes[day] = max(0.0, minutes.get(day, 0.0) + more)


def _lab_checked(bench: Workbench, payload: Mapping[str, Any], event: Event, _: Weights) -> None:
    """A lab gives no credit to memory; that it was passed only takes it out of the plan."""
    lab, state = payload["lab"], bench.state
    if payload["passed"] and lab not in state.labs:
        bench.set(labs={**state.labs, lab: event.at})
    elif not payload["passed"]:
        bench.set(labs_tried={**state.labs_tried, lab: event.at})


def _lab_put_off(bench: Workbench, payload: Mapping[str, Any], event: Event, _: Weights) -> None:
    later = {name: day for name, day in bench.state.labs_later.items() if name != payload["lab"]}
    if payload["later"] is not None:
        later[payload["lab"]] = date.fromisoformat(payload["later"])
    bench.set(labs_later=later)


def _mark_resource(bench: Workbench, payload: Mapping[str, Any], **marks: Any) -> None:
    known = bench.state.resources
    mark = replace(known.get(payload["resource"], ResourceMark()), **marks)
    bench.set(resources={**known, payload["resource"]: mark})


# -- doubts and results


def _disputed(bench: Workbench, payload: Mapping[str, Any], event: Event, _: Weights) -> None:
    bench.own_disputes()[payload["presentation"]] = tuple(payload["rules"])
    _set_disputed_rules(bench)


def _settled(bench: Workbench, payload: Mapping[str, Any], event: Event, _: Weights) -> None:
    bench.own_disputes().pop(payload["presentation"], None)
    _set_disputed_rules(bench)


def _set_disputed_rules(bench: Workbench) -> None:
    bench.set(disputed_rules=frozenset(r for rules in bench.disputes.values() for r in rules))


def _checkpoint(bench: Workbench, payload: Mapping[str, Any], event: Event, _: Weights) -> None:
    checkpoint = Checkpoint(
        payload["which"], date.fromisoformat(payload["date"]), payload["right"], payload["of"]
    )
    bench.set(checkpoints=(*bench.state.checkpoints, checkpoint))
    _learned_allowance(bench, payload)


def _exam_sat(bench: Workbench, payload: Mapping[str, Any], event: Event, _: Weights) -> None:
    day = date.fromisoformat(payload["date"])
    taken = ExamTaken(day, payload["passed"], tuple(payload["weak_sections"]))
    bench.set(exams=(*bench.state.exams, taken))
    _learned_allowance(bench, payload)


def _learned_allowance(bench: Workbench, payload: Mapping[str, Any]) -> None:
    """What an outcome taught was computed when it was entered, with what was known then."""
    learned = payload.get("allowance")
    if learned is not None:
        bench.set(allowance=Allowance(learned["mean"], learned["sd"]))


# -- mock exams: what stands at the end counts


def _place(form: str, ordinal: int) -> str:
    return f"{form}#{ordinal}"


def _form_started(bench: Workbench, payload: Mapping[str, Any], event: Event, _: Weights) -> None:
    for number, shown in enumerate(payload["presentations"], start=1):
        if isinstance(shown, Mapping) and "item" in shown:
            place = _place(payload["form"], number)
            _await(bench, {**shown, "presentation": place, "form": payload["form"]})


def _form_responded(bench: Workbench, payload: Mapping[str, Any], event: Event, _: Weights) -> None:
    place = payload["form"], payload["ordinal"]
    marks = bench.own_marks()
    before = marks.get(place, Mark((), 0.0, 0))
    seconds = before.seconds + payload.get("milliseconds", 0) / 1000
    # Two merged journals may both hold a rev; the later event of the highest one stands.
    newest = payload["rev"] >= before.rev
    chosen = tuple(payload["chosen"]) if newest else before.chosen
    marks[place] = Mark(chosen, seconds, max(payload["rev"], before.rev))


def _form_finished(
    bench: Workbench, payload: Mapping[str, Any], event: Event, weights: Weights
) -> None:
    form = payload["form"]
    learning = Learning(bench, weights)
    marks = bench.own_marks()
    waiting = [one for one in bench.awaited.values() if one.form == form]
    responses = []
    for number, awaited in enumerate(waiting, start=1):
        del bench.own_awaited()[awaited.presentation]
        mark = marks.pop((form, number), Mark((), 0.0, 0))
        seconds = mark.seconds or None  # not every face takes the time
        response = judge(
            awaited,
            at=event.at,
            zone=event.zone,
            chosen=mark.chosen,
            confidence=None,
            seconds=seconds,
        )
        learning.take(response)
        responses.append(response)
    right = sum(one.right for one in responses)
    weighed = sum(one.weight > 0 for one in responses)
    taken = FormTaken(form, event.at, len(responses), right, weighed)
    bench.set(forms=(*bench.state.forms, taken))


_HANDLERS: Final[Mapping[str, _Handler]] = {
    "enrolled": _enrolled,
    "settings": _settings,
    "item_shown": _item_shown,
    "responded": _responded,
    "withdrawn": _withdrawn,
    "lesson_read": _lesson_read,
    "resource_done": _resource_done,
    "resource_read": _resource_read,
    "lab_put_off": _lab_put_off,
    "resource_rated": _resource_rated,
    "lab_checked": _lab_checked,
    "item_disputed": _disputed,
    "dispute_settled": _settled,
    "checkpoint": _checkpoint,
    "exam_sat": _exam_sat,
    "form_started": _form_started,
    "form_responded": _form_responded,
    "form_finished": _form_finished,
}
