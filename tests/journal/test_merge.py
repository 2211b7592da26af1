from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadworthy.errors import BadInput, Conflict
from roadworthy.journal.conflicts import KeyTaken
from roadworthy.journal.event import Event
from roadworthy.journal.merge import Merged, merge, union
from roadworthy.journal.sqlite import open_journal

if TYPE_CHECKING:
    from tests.journal.conftest import Candidate

START = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)


def event(journal: str, seq: int, key: str, millisecond: int = 0) -> Event:
    """A note whose content follows from its key."""
    at = START + timedelta(milliseconds=millisecond)
    return Event(journal, seq, at, "UTC", key, "note", {"about": key, "text": ""})


# Few ids, numbers, keys and moments, so that copies that went on apart are frequent.
EVENTS = st.builds(
    event,
    st.sampled_from(["a", "b"]),
    st.integers(1, 4),
    st.sampled_from("klmnopqrst"),
    st.integers(0, 3),
)


@st.composite
def journals(draw: st.DrawFn) -> list[Event]:
    """The events of one file: keys and numbers each once."""
    by_key = {each.key: each for each in draw(st.lists(EVENTS, max_size=8))}
    return sorted({(each.journal, each.seq): each for each in by_key.values()}.values())


@settings(max_examples=80, deadline=None)
@given(journals(), journals(), journals())
def test_a_merge_depends_on_the_set_of_events_only(
    one: list[Event], two: list[Event], three: list[Event]
) -> None:
    """Sides may be swapped, journals grouped, and a merge repeated: the result is the same."""
    merged = union(one, two)
    assert merged == union(two, one)
    assert union(merged, three) == union(one, union(two, three))
    assert union(merged, two) == union(merged, merged) == merged


@settings(max_examples=80, deadline=None)
@given(journals(), journals())
def test_a_merge_has_each_key_once_in_order(one: list[Event], two: list[Event]) -> None:
    """No key is lost or doubled, no number is used twice, and the order is (at, journal, seq)."""
    merged = union(one, two)
    assert {e.key for e in merged} == {e.key for e in one} | {e.key for e in two}
    assert len({e.key for e in merged}) == len({(e.journal, e.seq) for e in merged}) == len(merged)
    assert merged == sorted(merged)


def made(journal: str, seq: int, minutes: int, millisecond: int) -> Event:
    """The plan of a day as one machine made it: the key is that of the day."""
    at = START + timedelta(milliseconds=millisecond)
    return Event(journal, seq, at, "UTC", "plan_made:2026-11-24", "plan_made", {"minutes": minutes})


PLANS = st.builds(
    made, st.sampled_from("ab"), st.integers(1, 3), st.integers(0, 3), st.integers(0, 2)
)


@st.composite
def journals_with_plan(draw: st.DrawFn) -> list[Event]:
    """The events of one machine's file, with its plan of the day."""
    plan = draw(PLANS)
    notes = [e for e in draw(journals()) if (e.journal, e.seq) != (plan.journal, plan.seq)]
    return sorted([plan, *notes])


@settings(max_examples=80, deadline=None)
@given(journals_with_plan(), journals_with_plan(), journals_with_plan())
def test_what_each_machine_recorded_on_a_day_is_kept_from_all(
    one: list[Event], two: list[Event], three: list[Event]
) -> None:
    """Plans of one day differ between machines: each stays, once, whatever the order of merges."""
    merged = union(one, two)
    assert merged == union(two, one)
    assert union(merged, three) == union(one, union(two, three)) == union(three, merged)
    assert union(merged, two) == union(merged, merged) == merged
    every = union(merged, three)
    told = [e.payload["minutes"] for e in every if e.kind == "plan_made"]
    assert sorted(told) == sorted(
        {e.payload["minutes"] for e in (*one, *two, *three) if e.kind == "plan_made"}
    )
    assert len({e.key for e in every}) == len({(e.journal, e.seq) for e in every}) == len(every)


def test_one_key_with_other_content_is_a_conflict_that_shows_both() -> None:
    """Two copies that hold different responses to one presentation cannot be merged."""
    one = event("a", 1, "k")
    two = replace(event("b", 1, "k", 5), payload={"about": "k", "text": "other"})
    with pytest.raises(KeyTaken, match=r"Kept: text ''\. Sent: text 'other'\."):
        union([one], [two])
    with pytest.raises(KeyTaken, match='Sent: an event "bookmark"'):
        union([one], [replace(two, kind="bookmark")])


def test_copies_that_went_on_apart_keep_all_events() -> None:
    """A home folder that was copied uses the same numbers twice; both events stay."""
    common = event("a", 1, "k")
    here, there = event("a", 2, "here", 10), event("a", 2, "there", 5)
    assert union([common, here], [common, there]) == [common, replace(there, journal="a~2"), here]


@pytest.fixture
def two_copies(candidate: Candidate, tmp_path: Path) -> tuple[Path, Path]:
    """One journal that was copied to a second machine; both went on."""
    candidate.does("enrolled", {"learner": "u1", "pack": "gcp-pmle"}, "e1")
    candidate.sees("p1")
    copy = candidate.journal.backup(tmp_path / "copy.sqlite")
    candidate.responds("p1")
    candidate.notes("here", "n-here")
    with open_journal(copy) as elsewhere:
        note = {"about": "rule-1", "text": "there"}
        elsewhere.append("note", note, key="n-there", now=candidate.now, zone="Asia/Tokyo")
    return candidate.journal.path, copy


def test_two_files_become_one_that_goes_on(
    two_copies: tuple[Path, Path], candidate: Candidate, tmp_path: Path
) -> None:
    """The merged journal has a new id, all events of both, and takes new ones after them."""
    to = tmp_path / "merged.sqlite"
    assert merge(*two_copies, to, journal="both") == Merged(5, 2, 1, 2)
    assert to.stat().st_mode & 0o777 == 0o600
    with open_journal(to) as candidate.journal:
        before = candidate.journal.read()
        assert [e.key for e in before] == ["e1", "shown:p1", "p1", "n-there", "n-here"]
        assert candidate.journal.identity.journal == "both"
        assert candidate.journal.identity.learner == "u1"
        last = candidate.journal.last_seq()
        new = candidate.sees("p2")
        assert new > max(before) and new.journal == "both"
        assert candidate.journal.read(after=last) == [new]
        assert candidate.responds("p1") == before[2]


def test_merging_again_brings_only_what_is_new(
    two_copies: tuple[Path, Path], tmp_path: Path
) -> None:
    """The second machine went on; its journal is merged into the merged one."""
    merge(*two_copies, tmp_path / "m1.sqlite", journal="m1")
    with open_journal(two_copies[1]) as elsewhere:
        note = {"about": "rule-1", "text": "more"}
        elsewhere.append("note", note, key="n-more", now=START, zone="UTC")
    report = merge(tmp_path / "m1.sqlite", two_copies[1], tmp_path / "m2.sqlite", journal="m2")
    assert report == Merged(events=6, first_only=2, second_only=1, both=3)


def test_the_sources_stay_as_they_are(two_copies: tuple[Path, Path], tmp_path: Path) -> None:
    """A merge only reads, and its result replaces nothing."""
    before = [path.read_bytes() for path in two_copies]
    merge(*two_copies, tmp_path / "merged.sqlite", journal="both")
    assert [path.read_bytes() for path in two_copies] == before
    with pytest.raises(BadInput, match="exists already"):
        merge(*two_copies, two_copies[1], journal="both")


def test_journals_of_two_people_are_not_merged(
    two_copies: tuple[Path, Path], tmp_path: Path, fixed_now: datetime
) -> None:
    """The message names both learners."""
    other = tmp_path / "other.sqlite"
    with open_journal(other, create_as="other") as journal:
        enrolled = {"learner": "u2", "pack": "gcp-pmle"}
        journal.append("enrolled", enrolled, key="x", now=fixed_now, zone="UTC")
    with pytest.raises(Conflict, match="two learners: u1 and u2"):
        merge(two_copies[0], other, tmp_path / "merged.sqlite", journal="both")
    assert not (tmp_path / "merged.sqlite").exists()
