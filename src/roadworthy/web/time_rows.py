"""Time per item as rows with geometry in percent, and one sentence beside the chart."""

from __future__ import annotations

from dataclasses import dataclass

from roadworthy.learner.recent import Recent
from roadworthy.learner.state import LearnerState
from roadworthy.pack.model import Pack
from roadworthy.study.item_times import FEW, ItemTime, times_by_kind, times_by_section
from roadworthy.workspace import Workspace

HEADROOM = 1.1


@dataclass(frozen=True)
class TimeRow:
    """One kind of item: times in seconds, places from 0 to 100 on the common scale."""

    time: ItemTime
    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class TimesView:
    """Rows by kind, times by section, and what the exam gives for one item, in seconds.

    ``pace`` is for most items of the exam, ``slow`` for fewest.
    """

    rows: tuple[TimeRow, ...]
    sections: tuple[tuple[str, ItemTime], ...]
    pace: float
    slow: float
    pace_place: float
    sentence: str


_KNOWN: Recent[LearnerState, TimesView | None] = Recent(4)


def times_of(desk: Workspace) -> TimesView | None:
    """The view; None before an answer whose time was taken."""
    state = desk.course.state()
    return _KNOWN.get_or_make(state, desk.pack.hash, lambda: _times(state, desk.pack))


def _times(state: LearnerState, pack: Pack) -> TimesView | None:
    responses = state.responses
    kinds = times_by_kind(responses)
    if not any(one.count for one in kinds):
        return None
    head, sections = pack.head, pack.blueprint.sections
    pace = head.exam_minutes * 60 / head.exam_items_max
    slow = head.exam_minutes * 60 / head.exam_items_min
    most = HEADROOM * max(pace, *(one.high for one in kinds))
    rows = tuple(
        TimeRow(one, one.low / most * 100, one.middle / most * 100, one.high / most * 100)
        for one in kinds
    )
    by_section = tuple(
        (sections[one.name].short, one) for one in times_by_section(responses, list(sections))
    )
    return TimesView(rows, by_section, pace, slow, pace / most * 100, _sentence(kinds, pace))


def _sentence(kinds: list[ItemTime], pace: float) -> str:
    """What the times mean for the exam's clock; honest where there are few."""
    mock, long = kinds[2], kinds[1]
    told = mock if mock.count >= FEW else long
    if told.count < FEW:
        return (
            f"Too few items of the exam's length yet to say how your pace fits the exam, which "
            f"gives {pace:.0f} seconds an item."
        )
    what = "in mocks" if told is mock else "of the exam's length"
    gap = told.middle - pace
    if abs(gap) < 0.05 * pace:
        how = "about what the exam gives"
    else:
        how = f"{abs(gap):.0f} {'more' if gap > 0 else 'less'} than the exam gives"
    text = f"Half of your items {what} took {told.middle:.0f} seconds or less, {how}."
    if told.right is not None and told.wrong is not None and told.wrong > 1.25 * told.right:
        text += (
            f" Wrong ones took longer: {told.wrong:.0f} seconds against {told.right:.0f}. "
            "In a mock, flag such an item and go on."
        )
    return text
