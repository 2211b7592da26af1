"""The lint rules, in the order of their codes. A new rule is one module, listed here."""

from __future__ import annotations

from roadworthy.lint.rule import LintRule
from roadworthy.lint.rules.stale_claim import StaleClaim
from roadworthy.lint.rules.unconfirmed_claim import UnconfirmedClaim

RULES: tuple[type[LintRule], ...] = (
    StaleClaim,
    UnconfirmedClaim,
)
