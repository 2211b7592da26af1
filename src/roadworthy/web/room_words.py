"""What the pages of a mock's room say: pace, counts, time left, and the words of an item."""

from __future__ import annotations

import math
import re
from dataclasses import asdict, dataclass
from typing import Any

from markupsafe import Markup, escape

from roadworthy.items.item import Exhibit
from roadworthy.study.form_view import FormView, Place

PACE_PX = 180
"""Width of the pace line."""
FIRST_PASS, LAST_PASS = 0.5, 0.15
"""Shares of the time: for what is known at once, and for a last look."""
PASS_WORDS = (
    "Answer what you know, flag the rest.",
    "Go to the flagged items.",
    "Look once more at what you flagged; leave none open.",
)
_CHOOSE = re.compile(r"\s*\(Choose \w+\.\)\s*$")
_CODE_NAME = re.compile(
    r"(?<![\w.])(?:"
    r"\w*[A-Za-z0-9]_[A-Za-z0-9]\w*(?:=\w+)?"  # asked_local, steps_per_execution=100
    r"|[A-Za-z]\w*=\w+"  # patience=3
    r"|[A-Z]{2,}\.[A-Z_]{2,}"  # ML.PREDICT
    r"|[a-z]{2,}[A-Z]\w*"  # maxReplicaCount
    r")(?![\w/])"
)
_COLUMN = re.compile(r"(?<=\bcolumn )(\w+)")


@dataclass(frozen=True)
class Pace:
    """The pace line in pixels, and its words."""

    done: float
    even: float
    words: str


@dataclass(frozen=True)
class Counts:
    """Items by what stands there. ``half`` have too few or too many chosen."""

    answered: int
    open: int
    half: int
    half_words: str


def pace_of(view: FormView, used: float) -> Pace:
    """Items answered beside the time used, in seconds: even pace is the same share of both."""
    share = view.answered / view.size
    even = min(1.0, used / (view.minutes * 60))
    ahead = round((share - even) * view.minutes)
    words = "at even pace"
    if ahead:
        words = f"{abs(ahead)} min {'ahead of' if ahead > 0 else 'behind'} even pace"
    return Pace(round(share * PACE_PX, 1), round(even * PACE_PX, 1), words)


def pass_of(view: FormView, used: float) -> tuple[int, str]:
    """The pass that the time used, in seconds, has come to: its number from 1, its words."""
    share = used / (view.minutes * 60)
    place = (share >= FIRST_PASS) + (share >= 1 - LAST_PASS)
    return place + 1, PASS_WORDS[place]


def counts_of(view: FormView) -> Counts:
    """How many items are answered, open, and neither."""
    halves = half_chosen(view)
    many = any(len(place.chosen) > len(place.item.keys) for place in halves)
    return Counts(
        answered=view.answered,
        open=view.size - view.answered - len(halves),
        half=len(halves),
        half_words="with too few or too many chosen" if many else "with too few chosen",
    )


def half_chosen(view: FormView) -> list[Place]:
    """Items where something is chosen, but not as many options as they ask for."""
    return [place for place in view.places if place.chosen and not place.answered]


def half_words(view: FormView) -> str:
    """The sentence on items that count as wrong although something is chosen; '' without any."""
    halves = half_chosen(view)
    if not halves:
        return ""
    if len(halves) == 1:
        one = halves[0]
        return (
            f"Item {one.ordinal} has {len(one.chosen)} of {len(one.item.keys)} chosen; "
            "as it stands it counts as wrong."
        )
    *first, last = [str(one.ordinal) for one in halves]
    what = counts_of(view).half_words.removeprefix("with ")
    return f"Items {', '.join(first)} and {last} have {what}; as they stand they count as wrong."


def state_words(place: Place) -> str:
    """'open', 'answered, flagged', or '1 of 2 chosen'."""
    words = "answered" if place.answered else "open"
    if place.chosen and not place.answered:
        words = f"{len(place.chosen)} of {len(place.item.keys)} chosen"
    return f"{words}, flagged" if place.flagged else words


def time_left(seconds: float) -> str:
    """'2 hours are left', '1 hour and 22 minutes are left', '1 minute is left'; rounded up."""
    hours, minutes = divmod(math.ceil(max(0.0, seconds) / 60), 60)
    parts = [
        f"{count} {name}{'' if count == 1 else 's'}"
        for count, name in ((hours, "hour"), (minutes, "minute"))
        if count
    ]
    single = len(parts) == 1 and hours + minutes == 1
    return f"{' and '.join(parts) or 'No time'} {'is' if single or not parts else 'are'} left"


def bare_stem(stem: str) -> str:
    """The stem without '(Choose two.)' at its end, where the page says so above the options."""
    return _CHOOSE.sub("", stem)


def named(text: str, exhibit: Exhibit | None = None) -> Markup:
    """Text with names of code set as code, told by their shape, or by backticks.

    A plain word is such a name only after 'column', and only if the exhibit holds it.
    """
    if text.count("`") % 2 == 0 and "`" in text:
        return _joined(text.split("`"))
    spans = [found.span() for found in _CODE_NAME.finditer(text)]
    if exhibit is not None:
        words = set(re.findall(r"\w+", "\n".join(exhibit.lines)))
        spans += [
            found.span()
            for found in _COLUMN.finditer(text)
            if found[1] in words and not _CODE_NAME.fullmatch(found[1])
        ]
    parts, at = [], 0
    for start, end in sorted(spans):
        parts += [text[at:start], text[start:end]]
        at = end
    return _joined([*parts, text[at:]])


def _joined(parts: list[str]) -> Markup:
    """Every second part as code."""
    return Markup("").join(
        Markup('<code class="name">{}</code>').format(part) if place % 2 else escape(part)
        for place, part in enumerate(parts)
    )


def as_json(pace: Pace, counts: Counts | None = None) -> dict[str, Any]:
    """Pace and counts for the script of the room."""
    told: dict[str, Any] = {"pace": asdict(pace)}
    if counts is not None:
        told["counts"] = asdict(counts)
    return told
