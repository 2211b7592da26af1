from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.labs.tiny_labs import FILES, LAB

from roadworthy.errors import BadInput
from roadworthy.labs import verified
from roadworthy.labs.room import LabRoom
from roadworthy.labs.verified import (
    Verified,
    is_proven,
    lab_hash,
    read_verified,
    with_proof,
    write_verified,
)

DAY = date(2026, 11, 25)
HASHES = st.text("0123456789abcdef", min_size=16, max_size=16) | st.sampled_from(
    ["1234567890123456", "1234567890123e45", "0000000000000000", ""]
)


@st.composite
def proofs_of(draw: st.DrawFn) -> Verified:
    """A proof with hashes that YAML might take for numbers."""
    return Verified(
        lab=draw(HASHES),
        lock=draw(HASHES),
        on=draw(st.dates()).isoformat(),
        seconds=draw(st.floats(0, 300).map(lambda one: round(one, 1))),
        megabytes=draw(st.none() | st.integers(0, 4000)),
        network=draw(st.sampled_from(["cut off", "on", "off"])),
        shortcuts=draw(HASHES),
    )


def proven(
    room: LabRoom, before: dict[str, Verified], *, wrong: bool = False
) -> dict[str, Verified]:
    """The proofs after a run of the tiny lab that went as stated."""
    return with_proof(
        room, room.lab("tiny"), before,
        wrong=wrong, on=DAY, seconds=1.26, megabytes=40.4, network="cut off",
    )  # fmt: skip


@settings(max_examples=25)
@given(proofs=st.dictionaries(st.sampled_from(["tiny", "a-1", "10-e"]), proofs_of(), max_size=2))
def test_proofs_are_read_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, proofs: dict[str, Verified]
) -> None:
    """Every hash and day comes back as text, whatever it looks like."""
    folder = tmp_path_factory.getbasetemp()
    write_verified(folder, proofs)

    assert read_verified(folder) == proofs


def test_file_is_in_order_and_says_who_writes_it(room: LabRoom, tmp_path: Path) -> None:
    """Labs are sorted, and nothing half written stays beside the file."""
    one = proven(room, {})["tiny"]
    write_verified(tmp_path / "pack" / "labs", {"b": one, "a": one})
    text = (tmp_path / "pack" / "labs" / "verified.yaml").read_text()

    assert text.startswith("# Written by roadworthy lab verify")
    assert text.index("\na:") < text.index("\nb:")
    assert list((tmp_path / "pack" / "labs").glob("*.partial")) == []


def test_no_file_is_no_proof(tmp_path: Path) -> None:
    """A pack whose labs were never proven has none, and an empty file has none."""
    assert read_verified(tmp_path) == {}
    (tmp_path / "verified.yaml").touch()
    assert read_verified(tmp_path) == {}


@pytest.mark.parametrize("text", ["tiny: {", "tiny: 3", "- tiny", "tiny: {lab: x, on: y}"])
def test_file_that_is_no_list_of_proofs_is_bad_input(tmp_path: Path, text: str) -> None:
    """Its name and the way out are told, and no traceback."""
    (tmp_path / "verified.yaml").write_text(text)

    with pytest.raises(BadInput, match="Remove the file") as told:
        read_verified(tmp_path)
    assert told.value.where.endswith("verified.yaml")


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith(LAB)])
def test_each_file_of_the_lab_is_in_its_hash(room: LabRoom, name: str) -> None:
    """A changed byte in any file makes the lab another one."""
    folder = room.folder(room.lab("tiny"))
    before = lab_hash(folder)
    path = folder / name.removeprefix(f"{LAB}/")
    path.write_text(path.read_text() + "\n")

    assert len(before) == 16
    assert lab_hash(folder) != before


def test_names_count_and_what_tools_leave_does_not(room: LabRoom) -> None:
    """A file that moved is a change; compiled files are none."""
    folder = room.folder(room.lab("tiny"))
    before = lab_hash(folder)
    (folder / "checks" / "__pycache__").mkdir()
    (folder / "checks" / "__pycache__" / "checks.pyc").touch()
    assert lab_hash(folder) == before
    (folder / "starter" / "main.py").rename(folder / "starter" / "start.py")

    assert lab_hash(folder) != before


def test_program_of_the_checks_is_in_the_hash(
    room: LabRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Labs are proven again when what runs their checks has changed."""
    folder = room.folder(room.lab("tiny"))
    before = lab_hash(folder)
    monkeypatch.setattr(verified, "PROGRAM", tmp_path / "program.py")
    (tmp_path / "program.py").write_text("another\n")

    assert lab_hash(folder) != before


def test_proof_holds_until_the_lab_or_its_lock_changes(room: LabRoom) -> None:
    """Day, seconds and memory are recorded; another lock makes it worth nothing."""
    lab = room.lab("tiny")
    assert not is_proven(room, lab, {}, wrong=False)
    proofs = proven(room, {})

    assert is_proven(room, lab, proofs, wrong=False)
    assert not is_proven(room, lab, proofs, wrong=True)
    assert (proofs["tiny"].on, proofs["tiny"].seconds, proofs["tiny"].megabytes) == (
        "2026-11-25", 1.3, 40,
    )  # fmt: skip
    lock = room.environment(lab).lock
    lock.write_text(lock.read_text() + "\n")
    assert not is_proven(room, lab, proofs, wrong=False)


def test_shortcuts_have_a_proof_of_their_own(room: LabRoom) -> None:
    """It needs that of the lab, stands beside it, and outlives a new one of the same lab."""
    lab = room.lab("tiny")
    assert proven(room, {}, wrong=True) == {}
    both = proven(room, proven(room, {}), wrong=True)

    assert is_proven(room, lab, both, wrong=True)
    assert is_proven(room, lab, proven(room, both), wrong=True)
    shortcut = room.folder(lab) / "wrong" / "for-free" / "scale.py"
    shortcut.write_text("price = None\n")
    assert not is_proven(room, lab, both, wrong=True)
    assert not is_proven(room, lab, proven(room, both), wrong=True)
