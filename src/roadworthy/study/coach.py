"""The reading coach, pure: what a miss came from, which step comes next, how well it was done.

Every score is exact, because an item carries the words that decide, the goal, and for each option
the rules that it falls to. Nothing here reads a journal or a clock (``coaching.py`` does).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from roadworthy.items.item import Item

Step = Literal["mark", "goal", "predict", "eliminate", "sure", "flip"]
Blame = Literal["misread", "time", "knowledge"]
Reason = Literal["impossible", "breaks_limit", "worse", "unrequested_work", "deprecated"]

BLAMES: tuple[Blame, ...] = ("misread", "time", "knowledge")
STEPS_FOR: Mapping[Blame, tuple[Step, ...]] = {
    "misread": ("mark", "goal"),
    "time": ("sure",),
    "knowledge": ("eliminate", "predict", "flip"),
}
"""The steps that mend a kind of miss, in the order in which they are first tried."""
REASONS: tuple[Reason, ...] = (
    "impossible",
    "breaks_limit",
    "worse",
    "unrequested_work",
    "deprecated",
)
NO_GOAL = "none"
LAST_TENTH = 0.9
HURRIED = 0.25
"""Under this share of one's own median time an answer counts as hurried."""
RECENT_MISSES = 10
DONE_WELL = 3
"""So many faultless turns in a row, and a step is left out."""
AN_EVENING = 2
"""At most so many items of a study day are coached."""
_SMALL = frozenset(
    {
        "a", "an", "the", "and", "or", "but", "of", "in", "on", "at", "to", "for", "from",
        "by", "with", "as", "is", "are", "be", "it", "its", "that", "this", "than", "so",
        "into", "their", "your", "you", "we", "our", "has", "have", "do", "does"
    }
)  # fmt: skip
"""Words that carry no fact: they count neither as deciding nor as needless."""


# -- what a miss came from


@dataclass(frozen=True, slots=True)
class Missed:
    """What is known of a wrong answer. None where nothing is known.

    ``overlooked``: words were marked, and those against the chosen option were not among them.
    ``flip_right``: the change afterwards was answered right. ``usual``: one's own median seconds.
    ``clock``: used share of the planned time. ``named``: what the candidate says it was.
    """

    seconds: float
    overlooked: bool = False
    flip_right: bool | None = None
    usual: float | None = None
    clock: float | None = None
    named: Blame | None = None


def blame_of(missed: Missed) -> Blame:
    """Misread, out of time, or not known; the candidate's own word goes before all signs."""
    if missed.named is not None:
        return missed.named
    if missed.overlooked or missed.flip_right:
        return "misread"
    late = missed.clock is not None and missed.clock >= LAST_TENTH
    hurried = missed.usual is not None and missed.seconds < HURRIED * missed.usual
    return "time" if late or hurried else "knowledge"


# -- which step comes


def can_be_coached(item: Item) -> bool:
    """Whether the item has all that the steps need: exam length, four options, one key."""
    return item.kind in ("choice", "diagnosis") and item.length == "exam" and len(item.keys) == 1


def steps_on(item: Item, goals: Collection[str]) -> set[Step]:
    """The steps that make sense on an item whose decision knows these goals."""
    found: set[Step] = {"predict", "eliminate", "sure"}
    if item.decisive:
        found.add("mark")
    if len(goals) > 1:
        found.add("goal")
    if item.flips:
        found.add("flip")
    return found


def next_step(
    blames: Sequence[Blame],
    on: Collection[Step],
    turns: Mapping[Step, int],
    mastered: Collection[Step],
) -> tuple[Step, Blame] | None:
    """The step against the commonest kind of recent miss, of its steps the least used one.

    ``blames``: newest first. None when nothing was missed or all steps against it are mastered.
    """
    recent = list(blames[:RECENT_MISSES])
    counts = Counter(recent)
    for blame in sorted(counts, key=lambda one: (-counts[one], recent.index(one))):
        left = [step for step in STEPS_FOR[blame] if step in on and step not in mastered]
        if left:
            return min(left, key=lambda step: turns.get(step, 0)), blame
    return None


# -- marking words


@dataclass(frozen=True, slots=True)
class MarkedPlace:
    """A place that decides: what it states, its words as a half-open span, whether it was found."""

    about: str
    start: int
    end: int
    found: bool


@dataclass(frozen=True, slots=True)
class MarkScore:
    """Marks against the words that decide; small words count on neither side."""

    hit: int
    deciding: int
    marked: int
    places: tuple[MarkedPlace, ...]

    @property
    def precision(self) -> float:
        """Share of the marked words that decide; 0 when nothing is marked."""
        return self.hit / self.marked if self.marked else 0.0

    @property
    def recall(self) -> float:
        """Share of the deciding words that are marked; 1 when none decides."""
        return self.hit / self.deciding if self.deciding else 1.0

    @property
    def found(self) -> int:
        return sum(place.found for place in self.places)


def score_marks(item: Item, marked: Collection[int]) -> MarkScore:
    """Precision and recall by words; a place is found when half of its words are marked."""
    words = item.stem.split()
    told = {place for place in marked if 0 <= place < len(words)}
    deciding: set[int] = set()
    places = []
    for about, (start, end) in sorted(item.spans.items(), key=lambda pair: pair[1]):
        if (start, end) not in item.decisive:
            continue
        own = {place for place in range(start, end) if not _small(words[place])}
        own = own or set(range(start, end))
        deciding |= own
        places.append(MarkedPlace(about, start, end, 2 * len(own & told) >= len(own)))
    inside = {place for start, end in item.decisive for place in range(start, end)}
    needless = {place for place in told - inside if not _small(words[place])}
    hit = len(deciding & told)
    return MarkScore(hit, len(deciding), hit + len(needless), tuple(places))


def overlooked(item: Item, chosen: int, marked: Collection[int]) -> bool:
    """Whether a place that speaks against the chosen option was left unmarked.

    Where no deciding place does, any deciding place counts.
    """
    places = score_marks(item, marked).places
    against = facts_against(item, chosen)
    blamed = [place for place in places if place.about in against] or list(places)
    return any(not place.found for place in blamed)


def _small(word: str) -> bool:
    return word.strip(".,;:?!()“”\"'").lower() in _SMALL


# -- goal, prediction, elimination


def goal_of(item: Item) -> str:
    """The goal that the stem names, or that it names none."""
    return item.goal or NO_GOAL


@dataclass(frozen=True, slots=True)
class Struck:
    """What was done with an option. ``fits``: struck with a reason that its rules bear out, and
    for no fact that does not strike it; or kept as the key. ``holds``: the reasons that its rules
    bear out; none for the key. ``told``: the fact that was named, ``facts``: those that strike it.
    """

    place: int
    reason: Reason | None
    fits: bool
    holds: tuple[Reason, ...]
    told: str | None = None
    facts: tuple[str, ...] = ()


def facts_against(item: Item, place: int) -> tuple[str, ...]:
    """The stated facts, or the goal, that strike an option."""
    found = tuple(row.fact for row in item.argue if row.cells[place])
    loses = any(".goal:" in rule for rule in item.options[place].rules)
    return (*found, "goal") if loses else found


def fact_of(item: Item, words: Collection[int]) -> str | None:
    """The fact whose words these are; None for any others."""
    told = set(words)
    return next((name for name, (a, b) in item.spans.items() if told == set(range(a, b))), None)


def reasons_against(item: Item, strengths: Mapping[str, str]) -> list[tuple[Reason, ...]]:
    """For each option the reasons that hold. ``strengths``: rule id -> strength, from the pack."""
    found = []
    for option in item.options:
        told = [option.strength]
        told += ["worse" if ".goal:" in rule else strengths.get(rule) for rule in option.rules]
        found.append(
            () if option.correct else tuple(reason for reason in REASONS if reason in told)
        )
    return found


def score_strikes(
    item: Item,
    struck: Mapping[int, str],
    strengths: Mapping[str, str],
    words: Mapping[int, Collection[int]] | None = None,
) -> tuple[Struck, ...]:
    """Each option with what was said of it and what holds.

    ``struck``: position -> reason. ``words``: position -> words of the fact that was named.
    """
    found = []
    for place, holds in enumerate(reasons_against(item, strengths)):
        reason = next((one for one in REASONS if one == struck.get(place)), None)
        facts = facts_against(item, place)
        told = fact_of(item, (words or {}).get(place, ())) if reason else None
        fits = reason in holds and told in (None, *facts) if holds else reason is None
        found.append(Struck(place, reason, fits, holds, told, facts))
    return tuple(found)
