"""The shape of a lint rule: one class a module, with its code, its slug and its page.

The docstring of a rule class is its page in the documentation (``docs/lint/<slug>.md``): one
sentence, then three parts that begin with a line of their own: ``What``, ``Why`` and ``Example``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import ClassVar

from roadworthy.lint.material import Material
from roadworthy.problem import Place, Problem, Severity


class LintRule(ABC):
    """One thing that must hold of all content, or that an author should know of."""

    code: ClassVar[str]
    slug: ClassVar[str]
    severity: ClassVar[Severity] = "error"
    verifies: ClassVar[str]
    """What holds where nothing was found, as the end of 'Verified: …'."""

    def __init__(self) -> None:
        self.figures = ""
        """Figures that ``check`` found on its way, to be said with what was verified."""

    @abstractmethod
    def check(self, material: Material) -> Iterator[Problem]:
        """All that is wrong, in the order of the files."""

    def found(
        self, message: str, place: Place, mend: str, *, severity: Severity | None = None
    ) -> Problem:
        """One problem of this rule; ``severity`` where it is not that of the class."""
        return Problem(self.code, self.slug, message, place, mend, severity or self.severity)

    def verified(self) -> str:
        """What was verified, with the figures if there are any. Asked for after ``check``."""
        return f"{self.verifies}; {self.figures}" if self.figures else self.verifies
