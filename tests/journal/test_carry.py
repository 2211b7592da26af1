from __future__ import annotations

import errno
import sqlite3
import tarfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from roadworthy.errors import BadInput, DiskFull, JournalDamaged, JournalLocked, JournalNewer
from roadworthy.journal import carry
from roadworthy.journal.carry import back_up_state, export_state, import_state, restore_state
from roadworthy.journal.snapshot import JOURNAL_FILE
from roadworthy.journal.sqlite import open_journal

NOW = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)
State = tuple[list[object], dict[str, bytes]]


def make_home(folder: Path, *notes: str, packs: tuple[str, ...] = ("tiny-1",)) -> Path:
    """A home whose journal has these notes, with packs of one file each."""
    with open_journal(folder / JOURNAL_FILE, create_as="j") as journal:
        for text in notes:
            note = {"about": "rule-1", "text": text}
            journal.append("note", note, key=text, now=NOW, zone="UTC")
    for name in packs:
        (folder / "packs" / name).mkdir(parents=True)
        (folder / "packs" / name / "pack.yaml").write_text(f"id: {name}")
    return folder


def state_of(home: Path) -> State:
    """The events, and the files of packs and weights: all that a course is made of."""
    with open_journal(home / JOURNAL_FILE) as journal:
        events: list[object] = list(journal.read())
    files = {
        path.relative_to(home).as_posix(): path.read_bytes()
        for shelf in ("packs", "weights")
        for path in sorted((home / shelf).rglob("*"))
        if path.is_file()
    }
    return events, files


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with two notes, two packs and weights."""
    folder = make_home(tmp_path / "home", "one", "two, ö", packs=("tiny-1", "tiny-2"))
    (folder / "weights").mkdir()
    (folder / "weights" / "w1.json").write_text("{}")
    return folder


@pytest.fixture
def bundle(home: Path, tmp_path: Path) -> Path:
    """A backup of that home."""
    back_up_state(home, tmp_path / "stick" / "b.tar.gz", now=NOW, program="1")
    return tmp_path / "stick" / "b.tar.gz"


def test_a_lost_home_comes_back(home: Path, bundle: Path, tmp_path: Path) -> None:
    """Restored into an empty folder, the state is the same; nothing else is left there."""
    other = tmp_path / "other"
    brought = restore_state(bundle, other, now=NOW)

    assert state_of(other) == state_of(home)
    assert brought.added == ["packs/tiny-1", "packs/tiny-2", "weights/w1.json"]
    assert brought.aside == []
    assert {path.name for path in other.iterdir() if not path.name.endswith(("-wal", "-shm"))} == {
        JOURNAL_FILE, "packs", "weights",
    }  # fmt: skip
    assert [path.name for path in bundle.parent.iterdir()] == ["b.tar.gz"]


def test_a_restore_keeps_what_it_replaces(home: Path, bundle: Path) -> None:
    """Journal and changed content lie beside their places; newer content stays where it is."""
    wanted = state_of(home)
    with open_journal(home / JOURNAL_FILE) as journal:
        later = {"about": "rule-1", "text": "later"}
        journal.append("note", later, key="later", now=NOW, zone="UTC")
    (home / "packs" / "tiny-2" / "pack.yaml").write_text("damaged")
    (home / "packs" / "tiny-3").mkdir()
    (home / "packs" / "tiny-3" / "pack.yaml").write_text("id: newer")

    brought = restore_state(bundle, home, now=NOW)

    events, files = state_of(home)
    assert events == wanted[0]
    assert {name: one for name, one in files.items() if name in wanted[1]} == wanted[1]
    assert files["packs/tiny-3/pack.yaml"] == b"id: newer"
    assert brought.added == ["packs/tiny-2"]
    journal_aside, pack_aside = brought.aside
    with open_journal(journal_aside) as kept:
        assert len(kept.read()) == 3
    assert (pack_aside / "pack.yaml").read_text() == "damaged"


def test_an_export_carries_all_to_another_machine(home: Path, tmp_path: Path) -> None:
    """Imported into an empty folder, the state is the same."""
    to = tmp_path / "all.tar.gz"
    assert export_state(home, to, now=NOW, program="1") == 2

    other = tmp_path / "other"
    brought = import_state(to, other / JOURNAL_FILE, other, now=NOW)

    assert brought.events == 2
    assert state_of(other) == state_of(home)


def test_each_bundle_names_its_own_way_back(home: Path, bundle: Path, tmp_path: Path) -> None:
    """A backup is not imported and an export not restored; the message names the command."""
    to, other = tmp_path / "all.tar.gz", tmp_path / "other"
    export_state(home, to, now=NOW, program="1")
    with pytest.raises(BadInput, match="an export; use roadworthy journal import"):
        restore_state(to, other, now=NOW)
    with pytest.raises(BadInput, match="a backup; use roadworthy journal restore"):
        import_state(bundle, other / JOURNAL_FILE, other, now=NOW)
    assert list(other.iterdir()) == []


def test_a_journal_in_use_is_not_replaced(home: Path, bundle: Path) -> None:
    """Neither journal nor content is touched while another program writes."""
    (home / "packs" / "tiny-1" / "pack.yaml").unlink()
    before = state_of(home)
    with closing(sqlite3.connect(home / JOURNAL_FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(JournalLocked, match="Nothing was restored"):
            restore_state(bundle, home, now=NOW)
    assert state_of(home) == before


@pytest.mark.parametrize("content", [b"my shopping list", b""])
def test_a_bundle_whose_journal_is_none_is_refused(
    home: Path, tmp_path: Path, content: bytes
) -> None:
    """The hashes fit, the journal does not check; the bundle is named and nothing is touched."""
    false_home = make_home(tmp_path / "false", packs=("tiny-9",))
    journal = tmp_path / "text"
    journal.write_bytes(content)
    file = tmp_path / "false.tar.gz"
    carry.write_bundle(file, journal, JOURNAL_FILE, false_home, now=NOW, program="1", lost="No.")
    before = state_of(home)

    with pytest.raises(JournalDamaged, match="Nothing was restored") as refused:
        restore_state(file, home, now=NOW)

    assert refused.value.where == str(file)
    assert state_of(home) == before


def test_a_bundle_with_a_newer_journal_is_refused(home: Path, tmp_path: Path) -> None:
    """A journal of a later program is not put where this one would refuse to open it."""
    later = make_home(tmp_path / "later", "x", packs=("tiny-9",))
    with closing(sqlite3.connect(later / JOURNAL_FILE, isolation_level=None)) as connection:
        connection.execute("INSERT INTO schema_version (version, name) VALUES (999, 'x')")
    file = tmp_path / "later.tar.gz"
    back_up_state(later, file, now=NOW, program="1")
    before = state_of(home)

    with pytest.raises(JournalNewer) as refused:
        restore_state(file, home, now=NOW)

    assert refused.value.where == str(file)
    assert state_of(home) == before


def test_a_disk_that_fills_up_leaves_no_half_backup(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error says that no backup was made; no file and no folder stays behind."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tarfile.TarFile, "addfile", full)
    to = tmp_path / "stick"
    with pytest.raises(DiskFull, match="No backup was made"):
        back_up_state(home, to / "b.tar.gz", now=NOW, program="1")
    assert list(to.iterdir()) == []


def test_a_disk_that_fills_up_restores_nothing(
    home: Path, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it is unpacked, nothing of the home is touched, and the pieces are removed."""
    before, names = state_of(home), sorted(path.name for path in home.iterdir())

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("roadworthy.journal.bundle.os.fsync", full)
    with pytest.raises(DiskFull, match="Nothing was restored"):
        restore_state(bundle, home, now=NOW)
    monkeypatch.undo()
    assert state_of(home) == before
    assert sorted(path.name for path in home.iterdir()) == names


def test_content_goes_back_when_it_cannot_all_be_placed(
    home: Path, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error half-way undoes the moves before it, and the journal stays."""
    for name in ("tiny-1", "tiny-2"):
        (home / "packs" / name / "pack.yaml").write_text("mine")
    before = state_of(home)
    moves: list[Path] = []
    rename = Path.rename

    def breaks(self: Path, target: Path) -> Path:
        moves.append(self)
        if len(moves) == 4:
            raise OSError(errno.EIO, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", breaks)
    with pytest.raises(carry.StoreTrouble, match="Nothing was restored"):
        restore_state(bundle, home, now=NOW)
    assert state_of(home) == before
