from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.labs.tiny_labs import RULES

from roadworthy.items.generate import Generator
from roadworthy.journal.sqlite import SqliteJournal, open_journal
from roadworthy.pack.model import Pack
from roadworthy.study.course import Course
from roadworthy.study.lab_round import LAB_ROUND, items_of, minutes_of
from roadworthy.study.session_view import Shown

START = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SqliteJournal]:
    """An empty journal."""
    with open_journal(tmp_path / "journal.sqlite3", create_as="journal-of-tests") as opened:
        yield opened


def walked(
    pack: Pack, journal: SqliteJournal, rules: Sequence[str], session: str = "round"
) -> tuple[list[Shown], str]:
    """All items of a round, each answered rightly, and the words at its end."""
    course = Course(pack, Generator(pack), journal, "UTC", lambda name: rules)
    now = START
    course.enrol("learner-of-tests", now=now)
    course.start_session(session, purpose=LAB_ROUND, minutes=8, target="tiny", now=now)
    shown: list[Shown] = []
    for _ in range(30):
        now += timedelta(seconds=55)
        position = course.advance(session, now=now)
        if position.finished is not None:
            return shown, position.finished.why
        assert position.shown is not None
        shown.append(position.shown)
        course.answer(
            position.shown.presentation, chosen=position.shown.item.key,
            confidence=2, milliseconds=50_000, now=now,
        )  # fmt: skip
    raise AssertionError("the round does not end")


def targets(shown: Sequence[Shown]) -> list[str]:
    """The rule that each item is for."""
    return [one.purpose.removeprefix("lab:") for one in shown]


@pytest.mark.parametrize(("rules", "items", "minutes"), [(1, 5, 8), (5, 5, 8), (10, 10, 16)])
def test_size_of_a_round(rules: int, items: int, minutes: int) -> None:
    """One item a rule, five at least; a minute and a half for each."""
    names = [f"d.R{number}" for number in range(rules)]

    assert (items_of(names), minutes_of(names)) == (items, minutes)


def test_each_rule_of_the_lab_is_asked_once(tiny_pack: Pack, journal: SqliteJournal) -> None:
    """Five rules give five brief items whose rules are the lab's; then the round is over."""
    shown, why = walked(tiny_pack, journal, RULES)

    assert sorted(targets(shown)) == sorted(RULES)
    assert why == "5 items are a round."
    for one in shown:
        decision, rule = one.purpose.removeprefix("lab:").split(".")
        assert one.item.decision == decision
        assert rule in {name.rpartition(".")[2] for name in one.item.rules}
        assert one.item.length == "brief"


def test_few_rules_are_asked_again_in_turn(tiny_pack: Pack, journal: SqliteJournal) -> None:
    """Two rules give five items, no rule twice more often, and no item twice."""
    shown, _ = walked(tiny_pack, journal, RULES[:2])

    assert len(shown) == 5
    assert sorted(targets(shown).count(rule) for rule in RULES[:2]) == [2, 3]
    assert len({one.item.situation for one in shown}) == 5


def test_rules_that_the_pack_does_not_know_are_passed_over(
    tiny_pack: Pack, journal: SqliteJournal
) -> None:
    """A rule that was taken out of the pack costs its item only."""
    shown, _ = walked(tiny_pack, journal, ["delivery-route.DR99", "gone.G1", "stale-bread.SB1"])

    assert set(targets(shown)) == {"stale-bread.SB1"}


@pytest.mark.parametrize("rules", [(), ("gone.G1",)])
def test_lab_without_items_ends_at_once(
    tiny_pack: Pack, journal: SqliteJournal, rules: Sequence[str]
) -> None:
    """A lab that has left the pack, and one whose rules have, give no item and a reason."""
    shown, why = walked(tiny_pack, journal, rules)

    assert shown == []
    assert "no" in why.split()
    assert why.endswith("lab.")


def test_same_session_gives_the_same_items(
    tiny_pack: Pack, journal: SqliteJournal, tmp_path: Path
) -> None:
    """The id of the session is the seed."""
    shown, _ = walked(tiny_pack, journal, RULES)
    with open_journal(tmp_path / "again.sqlite3", create_as="journal-of-tests") as again:
        repeated, _ = walked(tiny_pack, again, RULES)

    assert [one.item.stem for one in repeated] == [one.item.stem for one in shown]
