"""A diary: builds the events of a course by hand, from items of the tiny pack."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from roadworthy.items.generate import Generator
from roadworthy.items.item import Item
from roadworthy.journal.event import Event
from roadworthy.learner.replay import replay
from roadworthy.learner.state import LearnerState
from roadworthy.pack.model import Pack

START = datetime(2026, 11, 2, 18, tzinfo=UTC)


class Diary:
    """Events in order; every method adds one and moves the clock on."""

    def __init__(self, pack: Pack, generator: Generator) -> None:
        self.pack = pack
        self.generator = generator
        self.events: list[Event] = []
        self.now = START
        self.add("enrolled", learner="someone", pack=pack.head.id)

    def add(self, kind: str, **payload: Any) -> Event:
        number = len(self.events) + 1
        event = Event("diary", number, self.now, "UTC", f"key-{number}", kind, payload)
        self.events.append(event)
        return event

    def wait(self, **time: float) -> None:
        self.now += timedelta(**time)

    def item(self, decision: str, seed: int = 0) -> Item:
        item = self.generator.generate(decision, seed=seed, length="brief")
        assert item is not None
        return item

    def show(
        self, item: Item, *, step: str = "full", aided: bool = False, session: str | None = "s"
    ) -> str:
        name = f"p{len(self.events)}"
        self.wait(seconds=2)
        self.add(
            "item_shown", presentation=name, session=session, form=None, ordinal=1,
            purpose="practice", step=step, aided=aided, item=item.as_json(),
            pack_hash=self.pack.hash, generator="g",
        )  # fmt: skip
        return name

    def respond(
        self, name: str, chosen: int, *, seconds: float = 30.0, confidence: int | None = 2
    ) -> None:
        self.wait(seconds=seconds)
        self.add(
            "responded", presentation=name, chosen=[chosen], typed=None, confidence=confidence,
            milliseconds=int(seconds * 1000), eliminated=[], marked=[], aids=[],
        )  # fmt: skip

    def answer(
        self,
        item: Item,
        right: bool = True,
        *,
        step: str = "full",
        aided: bool = False,
        seconds: float = 30.0,
        confidence: int | None = 2,
    ) -> str:
        """Show and answer: the key, or the first distractor."""
        name = self.show(item, step=step, aided=aided)
        wrong = next(n for n, one in enumerate(item.options) if not one.correct)
        self.respond(name, item.key if right else wrong, seconds=seconds, confidence=confidence)
        return name

    def read(self, decision: str, step: str = "brief", session: str | None = "s") -> None:
        self.wait(seconds=60)
        rules = self.generator.rules[decision]
        self.add(
            "lesson_read", lesson=decision, step=step, rules=rules, milliseconds=60_000,
            session=session,
        )  # fmt: skip

    def settings(self, **values: Any) -> None:
        self.add("settings", values=values)

    def state(self) -> LearnerState:
        return replay(self.events, self.pack)


@pytest.fixture(scope="session")
def generator(tiny_pack: Pack) -> Generator:
    """The generator of the tiny pack."""
    return Generator(tiny_pack)


@pytest.fixture
def diary(tiny_pack: Pack, generator: Generator) -> Diary:
    """A diary with an enrolment and nothing else."""
    return Diary(tiny_pack, generator)


Course = Callable[..., Diary]


@pytest.fixture
def course(tiny_pack: Pack, generator: Generator) -> Course:
    """Makes a diary of evenings: decisions in turn, each answer right if ``holds`` says so."""

    def make(
        answers: int,
        holds: Callable[[int], bool],
        *,
        a_day: int = 20,
        settings: Mapping[str, Any] | None = None,
    ) -> Diary:
        diary = Diary(tiny_pack, generator)
        if settings:
            diary.settings(**settings)
        decisions = list(tiny_pack.decisions)
        for number in range(answers):
            if number and number % a_day == 0:
                diary.wait(hours=23)
            item = diary.item(decisions[number % len(decisions)], seed=number)
            diary.answer(item, holds(number), seconds=40)
        return diary

    return make
