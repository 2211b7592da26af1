"""Every exception that a user can meet. The tree:

RoadworthyError
├── BadInput            a value, file or flag that cannot be used        exit 2, HTTP 400
│   ├── PackBroken      the pack did not load; carries its problems      exit 2, HTTP 500
│   ├── SettingsBroken  a settings value that cannot be used             exit 2, HTTP 400
│   └── NotThere        an id or page that does not exist                exit 2, HTTP 404
├── CheckFailed         what was checked did not hold                    exit 1, HTTP 422
├── Conflict            the same key with other content, a stale state   exit 2, HTTP 409
├── Refused             we do not do this, and say why                   exit 2, HTTP 403
└── StoreTrouble        the journal cannot be read or written            exit 2, HTTP 503
    ├── DiskFull        there is no room; nothing was saved
    ├── JournalLocked   another program holds the journal
    ├── JournalNewer    written by a newer program; opened by an older one
    └── JournalDamaged  the file is not a journal, or its content does not check

Each carries three sentences: what happened, where, and the mend. They are raised deep and caught
once, in ``cli/main.py`` and in the handler of ``web/app.py``. ``slug`` names the entry in
``docs/messages.md``; a test compares the two lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from roadworthy.problem import Problem


class RoadworthyError(Exception):
    """Base of the tree: what, where, mend; exit code and HTTP status as class attributes."""

    slug: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 2
    http_status: ClassVar[int] = 500

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.mend = mend

    def __str__(self) -> str:
        parts = [self.what]
        if self.where:
            parts.append(f"Where: {self.where}.")
        if self.mend:
            parts.append(self.mend)
        return " ".join(parts)


class BadInput(RoadworthyError):
    """A value, file or flag that cannot be used."""

    slug = "bad-input"
    http_status = 400


class PackBroken(BadInput):
    """The pack did not load; ``problems`` lists all that is wrong."""

    slug = "pack-broken"
    http_status = 500

    def __init__(self, what: str, problems: Sequence[Problem], *, mend: str = "") -> None:
        super().__init__(what, mend=mend)
        self.problems = tuple(problems)


class SettingsBroken(BadInput):
    """A settings value that cannot be used."""

    slug = "settings-broken"


class NotThere(BadInput):
    """An id or page that does not exist."""

    slug = "not-there"
    http_status = 404


class CheckFailed(RoadworthyError):
    """What was checked did not hold."""

    slug = "check-failed"
    exit_code = 1
    http_status = 422


class Conflict(RoadworthyError):
    """The same key with other content, or a state that has moved on."""

    slug = "conflict"
    http_status = 409


class Refused(RoadworthyError):
    """Something that Roadworthy does not do, with the reason."""

    slug = "refused"
    http_status = 403


class StoreTrouble(RoadworthyError):
    """The journal cannot be read or written; what was acknowledged before is safe."""

    slug = "store-trouble"
    http_status = 503


class DiskFull(StoreTrouble):
    """There is no room left; nothing of this event was saved."""

    slug = "disk-full"


class JournalLocked(StoreTrouble):
    """Another program holds the journal for longer than we wait."""

    slug = "journal-locked"


class JournalNewer(StoreTrouble):
    """The journal was written by a newer program."""

    slug = "journal-newer"


class JournalDamaged(StoreTrouble):
    """The file is not a journal, or its content does not check."""

    slug = "journal-damaged"
