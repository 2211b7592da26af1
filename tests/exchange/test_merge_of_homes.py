"""Two machines of one candidate, both used on the same evening, made one again."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from tests.web.conftest import Clock, Visitor, opened

from roadworthy.exchange.foreign import KINDS, batches, import_file
from roadworthy.journal.merge import merge
from roadworthy.journal.sqlite import open_journal
from roadworthy.learner.replay import replay
from roadworthy.pack.model import Pack

ITEMS = b"stem,option_1,option_2,key\nWhat is left?,This,That,B\n"


@pytest.fixture
def two_homes(evening: Path, tmp_path: Path, tiny_pack: Pack) -> tuple[Path, Path]:
    """Two copies of a home; each had its day begun, a session, a reading and the same import."""
    for number, name in enumerate(("desk", "phone")):
        home = tmp_path / name
        shutil.copytree(evening, home)
        clock = Clock()
        clock.now += timedelta(days=1, minutes=number)
        for workspace in opened(home, tiny_pack, clock):
            Visitor(workspace, clock).study(f"session-{name}", "evening", minutes=10 + 5 * number)
            workspace.standing.begin_day(clock.now)  # after other answers: another plan
            import_file(
                ITEMS, "mine.csv", "my notes", journal=workspace.journal, now=clock.now, zone="UTC"
            )
    return tmp_path / "desk" / "journal.sqlite3", tmp_path / "phone" / "journal.sqlite3"


def test_both_evenings_are_in_the_merged_journal(
    two_homes: tuple[Path, Path], tmp_path: Path, tiny_pack: Pack
) -> None:
    """Either order gives the same learner with all answers; what came in twice is there once."""
    states, counts = [], []
    for number, sides in enumerate((two_homes, two_homes[::-1])):
        merged = tmp_path / f"merged-{number}.sqlite3"
        merge(*sides, merged, journal="both")
        again = tmp_path / f"again-{number}.sqlite3"
        merge(merged, sides[1], again, journal="again")
        with open_journal(merged) as first, open_journal(again) as second:
            assert first.read() == second.read()
            states.append(replay(first.read(), tiny_pack))
            counts.append([len(one.items) for one in batches(first.read(kinds=KINDS))])
    told = []
    for path in two_homes:
        with open_journal(path) as journal:
            told += [one.presentation for one in replay(journal.read(), tiny_pack).responses]
    assert states[0] == states[1]
    assert {one.presentation for one in states[0].responses} == set(told)
    assert len(states[0].responses) == len(set(told))
    assert counts == [[1], [1]]
