from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from roadworthy.errors import BadInput, JournalDamaged, JournalNewer, NotThere, RoadworthyError
from roadworthy.journal.bundle import MANIFEST, check_bundle, is_bundle, unpack, write_bundle
from roadworthy.journal.snapshot import JOURNAL_FILE

NOW = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)
LOST = "Nothing was restored."


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a file for a journal, one pack, weights, and what a bundle leaves out."""
    folder = tmp_path / "home"
    for name, content in {
        JOURNAL_FILE: b"journal " * 300_000,
        "packs/tiny-1/pack.yaml": b"id: tiny",
        "packs/tiny-1/decisions/a b.yaml": b"",
        "packs/.part-x/pack.yaml": b"half",
        "packs/tiny-0.replaced-20261124T190000Z/pack.yaml": b"broken",
        "weights/w1.json": b"{}",
        "secret": b"s" * 32,
        "cache/packs/x.json": b"{}",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (folder / "packs" / "tiny-1" / "link.yaml").symlink_to(folder / "secret")
    return folder


@pytest.fixture
def bundle(home: Path, tmp_path: Path) -> Path:
    """A bundle of that home."""
    to = tmp_path / "b.tar.gz"
    packs = write_bundle(
        to, home / JOURNAL_FILE, JOURNAL_FILE, home, now=NOW, program="1", lost=LOST
    )
    assert packs == ["tiny-1"]
    return to


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def head_of(bundle: Path) -> dict[str, Any]:
    """The list of a bundle."""
    with tarfile.open(bundle) as tar:
        content = tar.extractfile(MANIFEST)
        assert content is not None
        head: dict[str, Any] = json.loads(content.read())
        return head


def bundle_of(to: Path, members: dict[str, bytes | tarfile.TarInfo], **changes: Any) -> Path:
    """A file like a bundle, with a list that fits its plain members, then ``changes`` to it."""
    listed = {
        name: [len(one), hashlib.sha256(one).hexdigest()]
        for name, one in members.items()
        if isinstance(one, bytes)
    }
    head = {
        "format": "roadworthy-bundle", "version": 1, "holds": JOURNAL_FILE, "files": listed,
        **changes,
    }  # fmt: skip
    with tarfile.open(to, "w:gz") as tar:
        for name, one in {MANIFEST: json.dumps(head).encode(), **members}.items():
            member = one if isinstance(one, tarfile.TarInfo) else tarfile.TarInfo(name)
            content = one if isinstance(one, bytes) else b""
            if isinstance(one, bytes):
                member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return to


def test_what_was_packed_comes_out(bundle: Path, home: Path, tmp_path: Path) -> None:
    """Journal, packs and weights, byte by byte; no links, no broken copies, no secret."""
    unpack(bundle, tmp_path / "out", holds=JOURNAL_FILE, lost=LOST)

    out = files_of(tmp_path / "out")
    assert set(out) == {
        JOURNAL_FILE,
        "packs/tiny-1/pack.yaml",
        "packs/tiny-1/decisions/a b.yaml",
        "weights/w1.json",
    }
    assert out == {name: one for name, one in files_of(home).items() if name in out}
    assert bundle.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "out" / JOURNAL_FILE).stat().st_mode & 0o777 == 0o600
    assert is_bundle(bundle) and not is_bundle(home / JOURNAL_FILE)
    assert head_of(bundle)["made"] == "2026-11-24T19:00:00.000Z"


def test_a_bundle_replaces_nothing(bundle: Path, home: Path) -> None:
    """A file that is there is not overwritten."""
    before = bundle.read_bytes()
    with pytest.raises(BadInput, match="exists already"):
        write_bundle(
            bundle, home / JOURNAL_FILE, JOURNAL_FILE, home, now=NOW, program="1", lost=LOST
        )
    assert bundle.read_bytes() == before


@pytest.mark.parametrize("share", [0.02, 0.5, 0.9])
def test_a_bundle_cut_short_is_damaged(bundle: Path, tmp_path: Path, share: float) -> None:
    """Wherever it ends too early, nothing is taken for whole."""
    content = bundle.read_bytes()
    bundle.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(JournalDamaged, match="part of it is damaged"):
        unpack(bundle, tmp_path / "out", holds=JOURNAL_FILE, lost=LOST)


@pytest.mark.parametrize("place", [0, 60, 200, -40])
def test_a_flipped_byte_is_found(bundle: Path, place: int) -> None:
    """A change of what is in the file is told, by gzip, tar or hash."""
    content = bytearray(bundle.read_bytes())
    content[place] ^= 0x55
    bundle.write_bytes(content)
    with pytest.raises(JournalDamaged):
        check_bundle(bundle, holds=JOURNAL_FILE, lost=LOST)


def _link(name: str, to: str) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = tarfile.SYMTYPE, to
    return member


def _listed_link(path: Path) -> Path:
    empty = [0, hashlib.sha256(b"").hexdigest()]
    one = [1, hashlib.sha256(b"j").hexdigest()]
    return bundle_of(
        path,
        {JOURNAL_FILE: b"j", "packs/a/x": _link("packs/a/x", "/etc")},
        files={JOURNAL_FILE: one, "packs/a/x": empty},
    )


MADE_BY_OTHERS: dict[str, tuple[Callable[[Path], Path], type[RoadworthyError]]] = {
    "up": (lambda to: bundle_of(to, {JOURNAL_FILE: b"j", "packs/../../x": b"x"}), BadInput),
    "absolute": (lambda to: bundle_of(to, {JOURNAL_FILE: b"j", "/tmp/x": b"x"}), BadInput),
    "drive": (lambda to: bundle_of(to, {JOURNAL_FILE: b"j", "packs/c:x": b"x"}), BadInput),
    "backslash": (lambda to: bundle_of(to, {JOURNAL_FILE: b"j", "packs/..\\x": b"x"}), BadInput),
    "other folder": (lambda to: bundle_of(to, {JOURNAL_FILE: b"j", "cache/x": b"x"}), BadInput),
    "secret": (lambda to: bundle_of(to, {JOURNAL_FILE: b"j", "secret": b"x"}), BadInput),
    "not listed": (
        lambda to: bundle_of(to, {JOURNAL_FILE: b"j", "packs/a/x": _link("packs/a/x", "/etc")}),
        JournalDamaged,
    ),
    "link": (_listed_link, JournalDamaged),
    "missing": (
        lambda to: bundle_of(
            to,
            {JOURNAL_FILE: b"j"},
            files={
                JOURNAL_FILE: [1, hashlib.sha256(b"j").hexdigest()],
                "packs/a": [1, ""],
            },
        ),
        JournalDamaged,
    ),
    "newer": (lambda to: bundle_of(to, {JOURNAL_FILE: b"j"}, version=2), JournalNewer),
    "foreign": (lambda to: bundle_of(to, {JOURNAL_FILE: b"j"}, format="zip"), JournalDamaged),
    "no journal": (lambda to: bundle_of(to, {"packs/a/x": b"j"}), JournalDamaged),
    "no list": (lambda to: bundle_of(to, {JOURNAL_FILE: b"j"}, files=None), JournalDamaged),
    "export": (
        lambda to: bundle_of(to, {"journal.jsonl": b"j"}, holds="journal.jsonl"),
        BadInput,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", MADE_BY_OTHERS)
def test_a_file_that_is_not_ours_writes_nothing_outside(tmp_path: Path, case: str) -> None:
    """Foreign, newer and hostile files are refused; no file appears but below the folder given."""
    make, error = MADE_BY_OTHERS[case]
    file = make(tmp_path / "b.tar.gz")
    with pytest.raises(error) as refused:
        unpack(file, tmp_path / "in" / "out", holds=JOURNAL_FILE, lost=LOST)
    assert refused.value.where == str(file)
    assert refused.value.what.startswith(LOST)
    left = set(files_of(tmp_path)) - {"b.tar.gz"}
    assert all(name.startswith("in/out/") for name in left)


@pytest.mark.parametrize(
    "content",
    [b"", b"text", gzip.compress(b"text"), gzip.compress(b"")],
    ids=["empty", "text", "gzipped text", "gzipped nothing"],
)
def test_what_is_no_bundle_is_told(tmp_path: Path, content: bytes) -> None:
    """Plain text, and gzip without a tar in it."""
    file = tmp_path / "b.tar.gz"
    file.write_bytes(content)
    with pytest.raises(JournalDamaged):
        check_bundle(file, holds=JOURNAL_FILE, lost=LOST)


def test_a_missing_bundle_is_told(tmp_path: Path) -> None:
    """The path is named."""
    with pytest.raises(NotThere, match="There is no such file"):
        check_bundle(tmp_path / "none", holds=JOURNAL_FILE, lost=LOST)
