"""One file with all state of a home folder: the journal, the content and the weights it names.

A bundle is a gzipped tar. Its first member, ``roadworthy.json``, lists every other one with size
and SHA-256: the journal, as a file of SQLite or as JSON lines, then ``packs/…`` and ``weights/…``.
Nothing is unpacked that is not listed, has another size or hash, or would lie elsewhere.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import re
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final

from roadworthy.errors import BadInput, JournalDamaged, JournalNewer, NotThere
from roadworthy.journal.event import checked_moment, utc_text
from roadworthy.journal.snapshot import JOURNAL_FILE, new_private_file, publish
from roadworthy.journal.trouble import translated

FORMAT: Final = "roadworthy-bundle"
VERSION: Final = 1
MANIFEST: Final = "roadworthy.json"
LINES_FILE: Final = "journal.jsonl"
SHELVES: Final = ("packs", "weights")
"""Folders of the home that a bundle carries beside the journal."""
ENDINGS: Final = (".tar.gz", ".tgz")
_LARGEST_LIST: Final = 16_000_000
_PIECE: Final = 1 << 20
_PART: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_. +-]*")
_WAYS: Final = {
    JOURNAL_FILE: "a backup; use roadworthy journal restore",
    LINES_FILE: "an export; use roadworthy journal import",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of a bundle as the list has it."""

    size: int
    sha256: str


def named_as_bundle(path: Path) -> bool:
    """Whether a file of that name is to become a bundle."""
    return path.name.lower().endswith(ENDINGS)


def is_bundle(path: Path) -> bool:
    """Whether a file is gzipped, whatever its name; False where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(2) == b"\x1f\x8b"
    except OSError:
        return False


def write_bundle(
    to: Path, journal: Path, holds: str, home: Path, *, now: datetime, program: str, lost: str
) -> list[str]:
    """Write ``journal`` and the shelves of ``home`` to the new file ``to``; names of the packs.

    ``holds`` is ``JOURNAL_FILE`` or ``LINES_FILE``. The file is read again and checked before it
    gets its name. Raises ``BadInput`` if ``to`` exists, ``DiskFull`` and other ``StoreTrouble``.
    """
    partial = new_private_file(to, lost=lost)
    try:
        with translated(to, lost):
            sources = {holds: journal, **_on_shelves(home)}
            listed = {name: _listed(path) for name, path in sources.items()}
            head = {
                "format": FORMAT,
                "version": VERSION,
                "program": program,
                "made": utc_text(checked_moment(now)),
                "holds": holds,
                "files": {name: [one.size, one.sha256] for name, one in listed.items()},
            }
            _pack(partial, head, sources)
        check_bundle(partial, holds=holds, lost=lost)
        with translated(to, lost):
            publish(partial, to)
    finally:
        partial.unlink(missing_ok=True)
    return sorted({name.split("/")[1] for name in sources if name.startswith("packs/")})


def check_bundle(file: Path, *, holds: str, lost: str) -> None:
    """Read a bundle to its end and compare all of it with its list; raises as ``unpack`` does."""
    for _, piece in _contents(file, holds, lost):
        del piece


def unpack(file: Path, into: Path, *, holds: str, lost: str) -> None:
    """Write the files of a bundle below the folder ``into``, each checked, for us alone.

    Raises ``NotThere`` without a file, ``JournalNewer`` for a later format, ``JournalDamaged``
    where something is missing or changed, ``BadInput`` where it holds something else than
    ``holds`` or a path that leads elsewhere, ``DiskFull`` and other ``StoreTrouble``. The caller
    removes ``into`` after an error.
    """
    out: IO[bytes] | None = None
    open_name = ""
    try:
        for name, piece in _contents(file, holds, lost):
            with translated(into, lost):
                if out is None or name != open_name:
                    _finish(out)
                    target = into.joinpath(*name.split("/"))
                    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                    handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
                    out, open_name = os.fdopen(handle, "wb"), name
                out.write(piece)
        with translated(into, lost):
            _finish(out)
            out = None
    finally:
        if out is not None:
            out.close()


def _finish(out: IO[bytes] | None) -> None:
    if out is not None:
        out.flush()
        os.fsync(out.fileno())
        out.close()


def _on_shelves(home: Path) -> dict[str, Path]:
    """Plain files of the shelves by their name in the bundle; nothing hidden, no links."""
    found: dict[str, Path] = {}
    for shelf in SHELVES:
        for path in sorted((home / shelf).rglob("*")):
            parts = path.relative_to(home).parts
            aside = ".replaced-" in parts[1]
            if path.is_file() and not path.is_symlink() and not aside and _is_safe(parts):
                found["/".join(parts)] = path
    return found


def _listed(path: Path) -> Listed:
    with path.open("rb") as file:
        return Listed(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def _pack(to: Path, head: Mapping[str, Any], sources: Mapping[str, Path]) -> None:
    text = json.dumps(head, indent=1).encode()
    with to.open("wb") as raw, tarfile.open(fileobj=raw, mode="w:gz", compresslevel=6) as tar:
        for name, path in ((MANIFEST, None), *sources.items()):
            member = tarfile.TarInfo(name)
            member.mode = 0o600
            if path is None:
                member.size = len(text)
                tar.addfile(member, io.BytesIO(text))
                continue
            with path.open("rb") as file:
                member.size = os.fstat(file.fileno()).st_size
                tar.addfile(member, file)


def _contents(file: Path, holds: str, lost: str) -> Iterator[tuple[str, bytes]]:
    """(name, next bytes) of every listed file, each of them compared at its end."""
    if not file.is_file():
        raise NotThere(f"{lost} There is no such file.", where=str(file), mend="Check the path.")
    with _readable(file, lost), tarfile.open(file, mode="r|gz") as tar:
        listed = _list_of(tar, file, holds, lost)
        missing = dict(listed)
        while (member := tar.next()) is not None:
            wanted = missing.pop(member.name, None)
            if wanted is None or not member.isreg() or member.size != wanted.size:
                raise _damaged(file, lost)
            content = tar.extractfile(member)
            assert content is not None
            digest = hashlib.sha256()
            piece = content.read(_PIECE)
            yield member.name, piece  # an empty file is a file
            while piece:
                digest.update(piece)
                piece = content.read(_PIECE)
                if piece:
                    yield member.name, piece
            if digest.hexdigest() != wanted.sha256:
                raise _damaged(file, lost)
        if missing:
            raise _damaged(file, lost)


def _list_of(tar: tarfile.TarFile, file: Path, holds: str, lost: str) -> dict[str, Listed]:
    first = tar.next()
    if first is None or first.name != MANIFEST or not first.isreg() or first.size > _LARGEST_LIST:
        raise _damaged(file, lost)
    content = tar.extractfile(first)
    assert content is not None
    try:
        head = json.loads(content.read())
        if head["format"] != FORMAT or type(head["version"]) is not int:
            raise _damaged(file, lost)
        if head["version"] > VERSION:
            raise JournalNewer(
                f"{lost} The bundle was written by a newer Roadworthy.",
                where=str(file),
                mend="Install that version or a later one.",
            )
        held = head["holds"]
        listed = {name: Listed(int(one[0]), str(one[1])) for name, one in head["files"].items()}
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise _damaged(file, lost) from error
    if held not in _WAYS or held not in listed:
        raise _damaged(file, lost)
    if held != holds:
        raise BadInput(
            f"{lost} This file holds {_WAYS[held]}.",
            where=str(file),
            mend="Call that command with the same file.",
        )
    for name in listed:
        parts = tuple(name.split("/"))
        if name != held and not (len(parts) > 1 and parts[0] in SHELVES and _is_safe(parts)):
            raise BadInput(
                f"{lost} The bundle names a path that it may not hold: {name[:80]!r}.",
                where=str(file),
                mend="Use another file; Roadworthy did not write this one.",
            )
    return listed


def _is_safe(parts: tuple[str, ...]) -> bool:
    """Whether a path stays below its folder on every system: no dots in front, no drive."""
    return all(_PART.fullmatch(part) for part in parts)


@contextmanager
def _readable(file: Path, lost: str) -> Iterator[None]:
    """Errors of unpacking as ``JournalDamaged``; those of the disk as usual."""
    with translated(file, lost):
        try:
            yield
        except (tarfile.TarError, zlib.error, EOFError, gzip.BadGzipFile) as error:
            raise _damaged(file, lost) from error


def _damaged(file: Path, lost: str) -> JournalDamaged:
    return JournalDamaged(
        f"{lost} The file is no bundle, or part of it is damaged.",
        where=str(file),
        mend="Choose another one.",
    )
