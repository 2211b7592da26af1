from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from roadworthy.journal.event import Event
from roadworthy.study.pack_versions import change_to, newest_change

EVENING = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)


def journal_of(*kept: tuple[str, dict[str, Any]]) -> list[Event]:
    """Events of these kinds and payloads, a minute apart."""
    return [
        Event(
            journal="j",
            seq=number,
            at=EVENING + timedelta(minutes=number),
            zone="UTC",
            key=f"k{number}",
            kind=kind,
            payload=payload,
        )
        for number, (kind, payload) in enumerate(kept, start=1)
    ]


SHOWN = ("item_shown", {"pack_hash": "old"})
CHANGED = ("pack_changed", {"before": "old", "after": "new"})
SEEN = ("pack_change_seen", {"before": "old", "after": "new"})


def test_a_journal_that_names_no_content_has_no_change() -> None:
    """Before the first item nothing is compared."""
    assert change_to("new", journal_of(("settings", {}))) is None


def test_the_content_of_the_last_item_is_in_use() -> None:
    """Opening the same content again is no change, other content is one."""
    events = journal_of(SHOWN, ("settings", {}))
    assert change_to("old", events) is None
    change = change_to("new", events)
    assert change is not None
    assert change[:2] == CHANGED


def test_two_programs_record_one_change_and_a_way_back_is_another() -> None:
    """The key follows from what was in use; going back and forth gives a key of its own."""
    first, again = change_to("new", journal_of(SHOWN)), change_to("new", journal_of(SHOWN))
    back = journal_of(SHOWN, CHANGED, ("pack_changed", {"before": "new", "after": "old"}))
    forth = change_to("new", back)
    assert first is not None
    assert forth is not None
    assert first == again
    assert change_to("new", back[:2]) is None
    assert forth[2] != first[2]


def test_a_dismissed_change_is_seen_until_there_is_another() -> None:
    """The newest change counts, with its study day."""
    assert newest_change(journal_of(SHOWN), "UTC") is None
    change = newest_change(journal_of(SHOWN, CHANGED), "UTC")
    assert change is not None
    assert (change.before, change.after, change.seen) == ("old", "new", False)
    assert change.day == date(2026, 11, 24)
    seen = newest_change(journal_of(SHOWN, CHANGED, SEEN), "UTC")
    other = newest_change(journal_of(SHOWN, CHANGED, SEEN, CHANGED), "UTC")
    assert seen is not None and seen.seen
    assert other is not None and not other.seen
