"""The state of a learner: plain records that ``replay`` folds from events.

Nothing here is stored. ``responses`` keep what later models need, so a model can change without a
change of the journal.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from roadworthy.items.item import Recall

MINIMUM_SHARE_OF_READING = 0.25
READING_WORDS_PER_SECOND = 3.4


@dataclass(frozen=True, slots=True)
class Settings:
    """What the candidate has told us; ``None`` where nothing was said yet."""

    exam_date: date | None = None
    minutes_per_day: int = 45
    days_off: tuple[int, ...] = ()  # 0 is Monday
    day_minutes: dict[date, int] = field(default_factory=dict)  # single days; 0 is a day off
    mock_days: tuple[date, ...] = ()  # confirmed at the real length of a mock
    experience: dict[str, str] = field(default_factory=dict)  # section -> new | some | work
    theme: str | None = None
    text_size: str = "usual"  # large, larger, largest: a class of the root element
    letters: bool = True
    coach: bool = True  # whether the reading coach steps in
    pass_mark: float = 0.70
    outside_share: float | None = None
    mock_time: float = 1.0  # multiple of the usual time of a mock exam
    mock_seconds: bool = True  # whether its clock shows them


@dataclass(frozen=True, slots=True)
class Response:
    """One answered presentation, as learning evidence.

    ``day``: the study day that it belongs to, where it was given. ``seconds``: time used;
    ``reading_seconds``: words shown divided by 3.4 a second. ``weight`` is 0.0 for an answer under
    a quarter of reading time, and ``why_no_weight`` says so. ``memory``: what memory added to the
    chance of a right answer just before it, in logits, as the mean over ``rules`` and by the
    weights of this program; ability is estimated around it.
    """

    presentation: str
    session: str | None
    form: str | None
    at: datetime
    day: date
    decision: str
    section: str
    kind: str
    length: str
    step: str
    purpose: str
    situation: str
    rules: tuple[str, ...]
    blamed: tuple[str, ...]  # rules of the chosen option when wrong
    right: bool
    confidence: int | None
    seconds: float
    reading_seconds: float
    aided: bool
    repeated: bool  # the situation was seen before: memory only
    options: int
    weight: float
    why_no_weight: str | None
    misconception: str | None
    chosen: tuple[int, ...]
    memory: float = 0.0


@dataclass(frozen=True, slots=True)
class RuleMemory:
    """What happened with one rule. Times are UTC, oldest first; ``readings`` of lessons on it.

    ``traces``: of right answers, wrong answers and readings, one strength for each time constant
    of ``learner/weights.py``, as they stood at ``traced_at``; they decay from there
    (``learner/memory.py``). Empty until something leaves a trace.
    """

    rule: str
    decision: str
    met_at: datetime | None = None  # first shown in a brief, a table or a refutation
    successes: tuple[datetime, ...] = ()
    failures: tuple[datetime, ...] = ()
    readings: tuple[datetime, ...] = ()
    traces: tuple[float, ...] = ()
    traced_at: datetime | None = None

    @property
    def last_seen(self) -> datetime | None:
        times = [*self.successes[-1:], *self.failures[-1:]]
        if self.met_at is not None:
            times.append(self.met_at)
        return max(times, default=None)


@dataclass(frozen=True, slots=True)
class WrongBelief:
    """A rule that was answered wrong and has not yet held twice since, one of them a day later.

    ``misses`` counts wrong answers; ``sure`` whether one of them was certain. ``held`` are the
    times of right answers since the last miss.
    """

    rule: str
    decision: str
    misconception: str | None
    since: datetime
    misses: int
    sure: bool
    held: tuple[datetime, ...]
    presentation: str


@dataclass(frozen=True, slots=True)
class LimitMemory:
    """Typed answers on one limit: (presentation, when, whether it was right), oldest first.

    Limits are drilled apart from items and bear on no forecast.
    """

    answers: tuple[tuple[str, datetime, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class ResourceMark:
    """What the candidate said of a resource; it bears on no forecast.

    ``done_at``: when it was called worked through, None while it is open. ``read``: minutes of it
    that were read by the plan. ``later``: the plan names it again from that day. ``settled_on``:
    study day on which a part was read or put off, None when that was taken back.
    """

    done_at: datetime | None = None
    rating: int | None = None
    read: int = 0
    later: date | None = None
    settled_on: date | None = None


@dataclass(frozen=True, slots=True)
class Lesson:
    """Steps of a lesson that were read, with the time of each first reading."""

    steps: dict[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Awaited:
    """A presentation without its response yet: what the response will need of its item.

    ``options``: for each shown option whether it is a key, its rules and its misconception.
    """

    presentation: str
    session: str | None
    form: str | None
    decision: str
    section: str
    kind: str
    length: str
    step: str
    purpose: str
    situation: str
    rules: tuple[str, ...]
    options: tuple[tuple[bool, tuple[str, ...], str | None], ...]
    words: int
    aided: bool
    repeated: bool
    recall: Recall | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """How the rules of the newest response stood before it, so that it can be taken back."""

    presentation: str
    rules: dict[str, RuleMemory | None]
    wrong: dict[str, WrongBelief | None]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A result on items that are not ours, entered by hand."""

    which: str
    on: date
    right: int
    of: int


@dataclass(frozen=True, slots=True)
class Allowance:
    """How much harder the real exam is than our items, in logits: mean and standard deviation."""

    mean: float
    sd: float


@dataclass(frozen=True, slots=True)
class ExamTaken:
    """A real exam: its day, whether it was passed, and the sections that felt weak."""

    date: date
    passed: bool
    weak: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands at a place of an open form, and the seconds that were spent on it."""

    chosen: tuple[int, ...]
    seconds: float
    rev: int


@dataclass(frozen=True, slots=True)
class FormTaken:
    """A finished form. ``weighed``: how many of its answers took long enough to count."""

    form: str
    at: datetime
    size: int
    right: int
    weighed: int


@dataclass(frozen=True, slots=True)
class LearnerState:
    """Everything that is known of a learner up to an event.

    ``awaited``: presentation -> what waits for its response. ``marks``: form and ordinal -> what
    stands there. ``disputes``: presentation -> rules in doubt. ``last_event``: session -> time of
    its last event. ``forms``: forms that were finished, ``exams``: real ones, each in order.
    """

    learner: str | None = None
    pack: str | None = None
    until: int = 0  # last seq folded
    enrolled_at: datetime | None = None
    settings: Settings = field(default_factory=Settings)
    rules: dict[str, RuleMemory] = field(default_factory=dict)
    responses: tuple[Response, ...] = ()
    seen: dict[str, int] = field(default_factory=dict)  # situation -> presentations
    wrong: dict[str, WrongBelief] = field(default_factory=dict)
    lessons: dict[str, Lesson] = field(default_factory=dict)
    limits: dict[str, LimitMemory] = field(default_factory=dict)
    resources: dict[str, ResourceMark] = field(default_factory=dict)
    labs: dict[str, datetime] = field(default_factory=dict)  # lab -> when its checks first held
    labs_tried: dict[str, datetime] = field(default_factory=dict)  # lab -> last check that did not
    labs_later: dict[str, date] = field(default_factory=dict)  # lab -> day until which it waits
    disputed_rules: frozenset[str] = frozenset()
    minutes_by_day: dict[date, float] = field(default_factory=dict)
    journal: str = ""
    awaited: dict[str, Awaited] = field(default_factory=dict)
    marks: dict[tuple[str, int], Mark] = field(default_factory=dict)
    disputes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    last_event: dict[str, datetime] = field(default_factory=dict)
    before: Before | None = None
    checkpoints: tuple[Checkpoint, ...] = ()
    forms: tuple[FormTaken, ...] = ()
    exams: tuple[ExamTaken, ...] = ()
    allowance: Allowance | None = None  # None: the prior

    @property
    def weak_sections(self) -> frozenset[str]:
        """Sections that felt weak in the last exam, if it was failed."""
        last = self.exams[-1] if self.exams else None
        return frozenset() if last is None or last.passed else frozenset(last.weak)
