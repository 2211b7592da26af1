"""What can be wrong with content or input, as a value.

A ``Problem`` is collected, never raised: a reader of a broken pack sees all of its problems at
once, each with its place and its mend. What stops the program is an exception in ``errors.py``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a problem sits: a file, and from 1 a line and a column (0 when unknown)."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.file
        if not self.column:
            return f"{self.file}:{self.line}"
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: ``code`` (as ``RW101``), ``slug``, message, place and mend."""

    code: str
    slug: str
    message: str
    place: Place
    mend: str
    severity: Severity = "error"

    def as_json(self) -> dict[str, object]:
        """The problem as a JSON object with the fields of the class, ``place`` flattened."""
        return {
            "code": self.code,
            "slug": self.slug,
            "severity": self.severity,
            "message": self.message,
            "file": self.place.file,
            "line": self.place.line,
            "column": self.place.column,
            "mend": self.mend,
        }

    def as_text(self) -> str:
        """Three lines for a terminal: what and where, the message, the mend."""
        head = f"{self.severity}[{self.code} {self.slug}] {self.place}"
        return f"{head}\n  {self.message}\n  Mend: {self.mend}"


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of the problems is an error, not only a warning."""
    return any(problem.severity == "error" for problem in problems)
