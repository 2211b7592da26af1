"""RW201: what was checked too long ago."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from roadworthy.lint.claims import claims
from roadworthy.lint.material import Material
from roadworthy.lint.rule import LintRule
from roadworthy.problem import Problem


class StaleClaim(LintRule):
    """A claim was read in its source too long ago, or is said to be read in the future.

    What
        Each source has a decay class of 30, 90 or 180 days. A rule, cost, reason, belief or exam
        fact whose ``checked`` day lies further back than its source allows is stale; so is the
        source itself. A day after today is refused.

    Why
        Products change their limits and names. A key that follows from last year's page teaches
        last year's product.

    Example
        ``checked: 2026-01-10`` on a source with ``decay: 90`` is stale from 2026-04-11 on. Read the
        page again, mend what has changed, and write today's date.
    """

    code = "RW201"
    slug = "stale-claim"
    severity = "warning"
    verifies = "each claim was read within the decay of its source"

    def check(self, material: Material) -> Iterator[Problem]:
        for claim in claims(material):
            source = material.pack.sources.get(claim.sourced.source)
            if source is None:
                continue
            until = claim.sourced.checked + timedelta(days=source.decay)
            if claim.sourced.checked > material.today:
                yield self.found(
                    f"`{claim.name}` was checked on {claim.sourced.checked}, which is to come.",
                    claim.place,
                    "Write the day on which somebody read the source.",
                    severity="error",
                )
            elif until < material.today:
                yield self.found(
                    f"`{claim.name}` was checked on {claim.sourced.checked}; its source "
                    f"`{claim.sourced.source}` is good for {source.decay} days.",
                    claim.place,
                    "Read the page again, mend what has changed, and write the new date.",
                )
        for name, source in material.pack.sources.items():
            if source.checked + timedelta(days=source.decay) < material.today:
                yield self.found(
                    f"Source `{name}` was checked on {source.checked} and is good for "
                    f"{source.decay} days.",
                    material.at("sources.yaml", name, "checked"),
                    "Open the page, see whether it still says what claims lean on, date it anew.",
                )
