"""A foreign file as text, read with a cap: what is too large, packed or broken is refused."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO, Final

from roadworthy.errors import BadInput, NotThere

LARGEST_BYTES: Final = 5_000_000
NOTHING: Final = "Nothing was imported."
_PACKED: Final = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf")
_JOURNAL: Final = b"SQLite format 3\0"
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")


def read_file(path: Path) -> bytes:
    """The bytes of a file, at most one more than the cap; ``text_of`` refuses that many.

    Raises ``NotThere`` and ``BadInput``.
    """
    try:
        if not path.is_file():
            raise NotThere(f"{NOTHING} There is no such file.", where=str(path), mend="Check it.")
        with path.open("rb") as file:
            return read_stream(file)
    except OSError as error:
        raise BadInput(
            f"{NOTHING} The file cannot be read: {error.strerror}.",
            where=str(path),
            mend="Check the path and its permissions.",
        ) from error


def read_stream(file: BinaryIO) -> bytes:
    """What a stream holds, at most one byte more than the cap."""
    return file.read(LARGEST_BYTES + 1)


def text_of(data: bytes, source: str) -> str:
    """The text of a file. Raises ``BadInput`` where it is too large, packed, or not UTF-8."""
    if len(data) > LARGEST_BYTES:
        raise BadInput(
            f"{NOTHING} The file is larger than {LARGEST_BYTES // 1_000_000} MB.",
            where=source,
            mend="Split it and import the parts.",
        )
    if data.startswith(_JOURNAL):
        raise BadInput(
            f"{NOTHING} This is a journal of Roadworthy.",
            where=source,
            mend="In a terminal: roadworthy journal merge makes one of two.",
        )
    if data.startswith(_PACKED):
        raise BadInput(
            f"{NOTHING} The file is packed, and nothing is unpacked here.",
            where=source,
            mend="Save it as CSV or JSON and import that.",
        )
    if data.startswith(_WIDE):
        raise BadInput(
            f"{NOTHING} The file is text in UTF-16.",
            where=source,
            mend="Save it as UTF-8 and import that.",
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadInput(
            f"{NOTHING} The file is not text in UTF-8: line {line} has a broken sign.",
            where=source,
            mend="Save it as UTF-8 and import that.",
        ) from error
    if "\0" in text:
        raise BadInput(
            f"{NOTHING} The file is no text: it holds zero bytes.",
            where=source,
            mend="Name a file in CSV or JSON.",
        )
    if not text.strip():
        raise BadInput(
            f"{NOTHING} The file is empty.", where=source, mend="Name a file in CSV or JSON."
        )
    return text
