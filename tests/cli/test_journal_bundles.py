from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.journal_files import events_of, lines_said, write_journal

from roadworthy.cli.main import run


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The journal of the home that ROADWORTHY_HOME names: an enrolment and three notes."""
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("ROADWORTHY_HOME", str(folder))
    write_journal(folder / "journal.sqlite3", range(1, 4))
    return folder / "journal.sqlite3"


def test_a_named_backup_takes_content_along_to_an_empty_home(
    journal: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A name in .tar.gz makes a bundle, which restores journal and content of a lost home."""
    content = journal.parent / "packs" / "tiny-1" / "pack.yaml"
    content.parent.mkdir(parents=True)
    content.write_text("id: tiny")
    to, other = tmp_path / "stick" / "mine.tar.gz", tmp_path / "other"

    assert run(["journal", "backup", "--to", str(to)]) == 0
    assert run(["journal", "restore", str(to), f"--home={other}"]) == 0

    said = lines_said(capsys, tmp_path)
    assert said[0] == "The journal and 1 version of its content were copied and checked."
    assert said[2] == "Restored: the journal holds 4 events, 0 of them answers."
    assert said[4:] == ["Content that was not here: 1 version.", f"  {other / 'packs'}"]
    assert events_of(other / "journal.sqlite3") == events_of(journal)
    assert (other / "packs" / "tiny-1" / "pack.yaml").read_text() == "id: tiny"


def test_a_damaged_bundle_names_where_others_are(
    journal: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line, exit code 2, and the journal stays."""
    to = tmp_path / "mine.tar.gz"
    run(["journal", "backup", "--to", str(to)])
    to.write_bytes(to.read_bytes()[:-100])
    before = journal.read_bytes()

    assert run(["journal", "restore", str(to)]) == 2

    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "Nothing was restored. The file is no bundle, or part of it is damaged." in error
    assert "`roadworthy journal status` lists the backups" in error
    assert journal.read_bytes() == before


def test_an_export_with_content_is_imported_in_an_empty_home(
    journal: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A name in .tar.gz has events and content in one file; import knows it by itself."""
    (journal.parent / "packs" / "tiny-1").mkdir(parents=True)
    (journal.parent / "packs" / "tiny-1" / "pack.yaml").write_text("id: tiny")
    to, other = tmp_path / "all.tar.gz", tmp_path / "other"

    assert run(["journal", "export", str(to)]) == 0
    assert run(["journal", "import", str(to), f"--home={other}"]) == 0

    said = lines_said(capsys, tmp_path)
    assert said[0] == "Exported 4 events, with the content that they name."
    assert "Imported 4 events." in said
    assert events_of(other / "journal.sqlite3") == events_of(journal)
    assert (other / "packs" / "tiny-1" / "pack.yaml").read_text() == "id: tiny"
