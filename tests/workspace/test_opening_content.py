"""What opening a home folder does with the content of the pack."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from roadworthy import workspace as workspaces
from roadworthy.cli.main import run
from roadworthy.errors import DiskFull
from roadworthy.journal.sqlite import open_journal
from roadworthy.pack import find
from roadworthy.workspace import Workspace

EVENING = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)


@pytest.fixture
def pack_folder(tiny_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the tiny pack that the program finds under every id, to be changed by a test."""
    folder = tmp_path / "tiny"
    shutil.copytree(tiny_folder, folder)
    for module in (workspaces, find):
        monkeypatch.setattr(module, "named_pack", lambda pack_id: folder)
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty private home folder."""
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    return folder


@contextmanager
def opened(home: Path, now: datetime = EVENING) -> Iterator[Workspace]:
    """The workspace of a home folder, at a time."""
    desk = Workspace.open(home, clock=lambda: now, zone="UTC")
    try:
        yield desk
    finally:
        desk.close()


def study_one_item(home: Path) -> str:
    """Begin the course and show the opening item; the content hash that it names."""
    with opened(home) as desk:
        desk.enrol(EVENING)
        desk.course.start_session("opening", purpose="opening", minutes=5, target=None, now=EVENING)
        desk.course.advance("opening", now=EVENING)
        return desk.pack.hash


def change(pack_folder: Path) -> None:
    """Another wording in one file of the pack."""
    path = pack_folder / "terms.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# another comment\n", encoding="utf-8")


def test_the_content_in_use_is_kept_in_the_home_folder(pack_folder: Path, home: Path) -> None:
    """Each start finds or makes the snapshot that events name; older ones stay."""
    first = study_one_item(home)
    change(pack_folder)
    with opened(home) as desk:
        second = desk.pack.hash
        assert desk.troubles == []

    assert first != second
    assert {one.name for one in (home / "packs").iterdir()} == {f"tiny-{first}", f"tiny-{second}"}


def test_a_full_disk_at_the_snapshot_does_not_stop_the_start(
    pack_folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The trouble is there to be told, and the next start makes the snapshot."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(find.shutil, "copyfile", full)
        with opened(home) as desk:
            (trouble,) = desk.troubles
            desk.enrol(EVENING)
            assert desk.course.state().enrolled_at is not None

    assert isinstance(trouble, DiskFull)
    assert "The content in use was not kept beside your journal. The disk is full." in str(trouble)
    assert list((home / "packs").iterdir()) == []
    with opened(home) as desk:
        assert (home / "packs" / f"tiny-{desk.pack.hash}").is_dir()


def test_the_command_line_tells_the_trouble_and_goes_on(
    pack_folder: Path,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """One line on stderr, exit code 0."""
    monkeypatch.setenv("ROADWORTHY_HOME", str(home))
    (home / "packs").write_text("in the way")

    assert run(["readiness"]) == 0

    said = capsys.readouterr().err
    assert "The content in use was not kept beside your journal." in said
    assert said.count("\n") == 1


def test_other_content_is_recorded_after_a_backup(pack_folder: Path, home: Path) -> None:
    """The journal as it was is among the backups, and the event names both versions, once."""
    before = study_one_item(home)
    change(pack_folder)
    later = EVENING + timedelta(days=1)
    for _ in range(2):
        with opened(home, later) as desk:
            after = desk.pack.hash
            events = desk.course.events()

    (copy,) = (home / "backups").glob("journal-pack-*.sqlite3")
    with open_journal(copy) as journal:
        assert "pack_changed" not in [event.kind for event in journal.read()]
        assert journal.read() == events[:-1]
    assert events[-1].kind == "pack_changed"
    assert events[-1].payload == {"before": before, "after": after}


def test_the_same_content_is_no_change(pack_folder: Path, home: Path) -> None:
    """A second start adds no event and makes no copy."""
    study_one_item(home)
    with opened(home) as desk:
        assert "pack_changed" not in [event.kind for event in desk.course.events()]
    assert not (home / "backups").exists()


def test_a_backup_that_fails_does_not_stop_the_record(pack_folder: Path, home: Path) -> None:
    """What stands in the way is told; the change is in the journal."""
    study_one_item(home)
    change(pack_folder)
    (home / "backups").write_text("in the way")
    with opened(home) as desk:
        assert [trouble.what.split(".")[0] for trouble in desk.troubles] == ["No backup was made"]
        assert desk.course.events()[-1].kind == "pack_changed"


def test_copies_before_a_change_are_seven_and_erased_with_the_journal(
    pack_folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are the program's own copies, so `erase` leaves none of them."""
    study_one_item(home)
    for number in range(9):
        change(pack_folder)
        with opened(home, EVENING + timedelta(hours=number)):
            pass
    copies = sorted(path.name for path in (home / "backups").iterdir())
    assert len(copies) == 7
    assert copies[0] == "journal-pack-2026-11-24T210000.sqlite3"

    monkeypatch.setenv("ROADWORTHY_HOME", str(home))
    assert run(["journal", "erase", "--yes"]) == 0
    assert list((home / "backups").iterdir()) == []
