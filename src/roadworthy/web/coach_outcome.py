"""What came of a step of the coach: beside the item before the answer, and with its reasons."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from roadworthy.items.item import Item
from roadworthy.learner.state import Response
from roadworthy.study.coach import (
    Blame,
    MarkScore,
    Step,
    Struck,
    goal_of,
    score_marks,
)
from roadworthy.study.coach_log import Coaching, coaching_of
from roadworthy.study.coach_turns import strikes_of
from roadworthy.study.course import Course
from roadworthy.study.miss_causes import Signs
from roadworthy.study.session_view import Shown
from roadworthy.web.answer import CONFIDENCE
from roadworthy.web.coach_words import BLAME_NAMES, FEW, REASON_WORDS, STEP_NAMES
from roadworthy.web.render import letter, plural
from roadworthy.workspace import Workspace


@dataclass(frozen=True)
class Outcome:
    """What came of a step: a sentence, and a line for each option where it has any."""

    step: Step
    name: str
    right: bool | None
    text: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class MissView:
    """What a miss looks like, and what it may be called instead."""

    kind: Blame
    names: tuple[tuple[Blame, str], ...] = tuple(BLAME_NAMES.items())

    @property
    def name(self) -> str:
        return BLAME_NAMES[self.kind]


def miss_view(course: Course, response: Response | None, shown: Shown) -> MissView | None:
    """What a wrong answer came from; None for a right one and for first meetings."""
    if response is None or response.right or not response.chosen or shown.step != "full":
        return None
    return MissView(Signs(course).blame(response))


def outcome_of(desk: Workspace, shown: Shown) -> Outcome | None:
    """What came of the step on an item that is answered; None where none was done."""
    coaching = coaching_of(desk.course, shown.presentation)
    if coaching is None or coaching.done is None or not coaching.was_done:
        return None
    item, done = shown.item, coaching.done
    name = STEP_NAMES[coaching.step]
    if coaching.step == "mark":
        score = score_marks(item, done["marked"])
        return Outcome("mark", name, None, marks_text(score))
    if coaching.step == "goal":
        right = done["said"] == goal_of(item)
        truth = f"The stem names {item.goal_name}" if item.goal else "The stem names no goal"
        return Outcome("goal", name, right, f"{'Yes' if right else 'No'}. {truth}.")
    if coaching.step == "predict":
        return _predicted(desk, item, done["said"])
    if coaching.step == "eliminate":
        return _eliminated(desk.course, item, done)
    if coaching.step == "sure":
        return _second_look(shown, done)
    return None  # the flip has its own place on the page


def marks_text(score: MarkScore) -> str:
    """'Found: 2 of 3 places that decide, 5 of 9 deciding words, and 1 word besides. …'."""
    besides = score.marked - score.hit
    places = plural(len(score.places), "place")
    needless = f"{plural(besides, 'word')} besides" if besides else "no word besides"
    return (
        f"Found: {score.found} of {places} that decide, {score.hit} of {score.deciding} deciding "
        f"words, and {needless}. Precision {score.precision:.0%}, recall {score.recall:.0%}."
    )


def _predicted(desk: Workspace, item: Item, said: str) -> Outcome:
    key = item.options[item.key]
    right = said == key.id
    names = {option.id: option.name for option in item.options}
    name = STEP_NAMES["predict"]
    if right:
        return Outcome("predict", name, True, f"You predicted the key: {key.name}.")
    shown = "it falls" if said in names else "it is not among the options"
    return Outcome("predict", name, False, f"You predicted another way, and {shown}.")


def _eliminated(course: Course, item: Item, done: Any) -> Outcome:
    scored = strikes_of(course, item, done)
    wrong = [one for one in scored if one.holds]
    fits = sum(one.fits for one in wrong)
    text = f"{fits} of {len(wrong)} options struck with a reason that its rules bear out."
    return Outcome(
        "eliminate",
        STEP_NAMES["eliminate"],
        all(one.fits for one in scored),
        text,
        tuple(_strike_line(one, item) for one in scored),
    )


def _strike_line(one: Struck, item: Item) -> str:
    at = letter(one.place)
    holds = " or ".join(REASON_WORDS[reason].lower() for reason in one.holds)
    if not one.holds:
        return f"{at}: kept, rightly." if one.fits else f"{at}: struck, but it is the key."
    if one.reason is None:
        return f"{at}: left standing; {holds}."
    said = REASON_WORDS[one.reason].lower()
    if one.told is not None and one.told not in one.facts:
        told = ", ".join(words_of_fact(item, fact) for fact in one.facts)
        return f"{at}: another fact strikes it: {told}."
    return f"{at}: rightly, {said}." if one.fits else f"{at}: not {said}; {holds}."


def words_of_fact(item: Item, fact: str) -> str:
    """A stated fact in its short words; the goal by its name."""
    if fact == "goal":
        return f"your goal, {item.goal_name}"
    return next((row.words for row in item.argue if row.fact == fact), fact)


def _second_look(shown: Shown, done: Any) -> Outcome:
    before = set(done["chosen"]) == set(shown.item.keys)
    if set(done["chosen"]) == set(shown.picked):
        text = "You kept your first answer" + (", and it holds." if shown.right else ".")
    else:
        text = {
            (False, True): "The second look changed a wrong answer to the right one.",
            (True, False): "The second look changed the right answer to a wrong one.",
        }.get((before, shown.right), "The second look changed one wrong answer to another.")
    return Outcome("sure", STEP_NAMES["sure"], shown.right, text)


@dataclass(frozen=True)
class BeforeAnswer:
    """What the page of the item shows of a step that was done before it."""

    step: Step
    text: str
    struck: dict[int, str]
    stem: Markup | None = None
    chosen: tuple[int, ...] = ()
    confidence: int | None = None


def before_answer(desk: Workspace, shown: Shown, coaching: Coaching | None) -> BeforeAnswer | None:
    """One's own marks, goal, prediction, strikes or first answer beside the item."""
    if coaching is None or not coaching.helped or coaching.done is None:
        return None
    item, done = shown.item, coaching.done
    if coaching.step == "mark":
        return BeforeAnswer("mark", "Your marks stay.", {}, own_marks(item, done["marked"]))
    if coaching.step == "eliminate":
        struck = {
            int(one["option"]): REASON_WORDS[one["reason"]].lower() for one in done["eliminated"]
        }
        return BeforeAnswer("eliminate", "What you struck stays struck; you may choose it.", struck)
    if coaching.step == "sure":
        told = _record_of_level(desk.course, done["confidence"])
        text = f"This was your first answer. {told}Look once more: keep it or change it."
        return BeforeAnswer(
            "sure", text, {}, None, tuple(done["chosen"]), done["confidence"]
        )  # fmt: skip
    word = "goal" if coaching.step == "goal" else "prediction"
    return BeforeAnswer(coaching.step, f"Your {word}: {_said(desk, item, done)}.", {})


def _said(desk: Workspace, item: Item, done: Any) -> str:
    """The goal or option that was named, in words."""
    decision = desk.pack.decisions.get(item.decision)
    found = getattr(decision, "goals" if done["step"] == "goal" else "options", {})
    known = found.get(done["said"])
    return desk.fill(known.name, item) if known is not None else "no goal is named"


def _record_of_level(course: Course, level: int) -> str:
    """How often answers of that level were right; '' while there are few."""
    told = [
        one.right for one in course.state().responses
        if one.confidence == level and one.weight > 0 and not one.aided
    ]  # fmt: skip
    if len(told) < FEW:
        return ""
    return f"When you {CONFIDENCE[level]}, {sum(told)} of {len(told)} answers were right. "


def own_marks(item: Item, marked: Collection[int]) -> Markup:
    """The stem with one's own marks."""
    return _stem(item, lambda place: "own-mark" if place in set(marked) else "")


def scored_stem(item: Item, marked: Collection[int]) -> Markup:
    """The stem with marks that hit, deciding words that were missed, and needless marks."""
    deciding = {place for start, end in item.decisive for place in range(start, end)}
    own = set(marked)

    def state(place: int) -> str:
        if place in deciding:
            return "deciding hit" if place in own else "deciding missed"
        return "needless" if place in own else ""

    return _stem(item, state)


def _stem(item: Item, state: Callable[[int], str]) -> Markup:
    """Neighbors of one state share a mark."""
    parts: list[Markup] = []
    words = item.stem.split()
    place = 0
    while place < len(words):
        end = place + 1
        while end < len(words) and state(end) == state(place):
            end += 1
        text = escape(" ".join(words[place:end]))
        name = state(place)
        parts.append(Markup('<mark class="{}">{}</mark>').format(name, text) if name else text)
        place = end
    return Markup(" ").join(parts)
