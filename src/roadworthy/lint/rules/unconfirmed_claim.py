"""RW202: claims that nobody has seen in their source."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.lint.claims import claims
from roadworthy.lint.material import LENGTHS, Material
from roadworthy.lint.rule import LintRule
from roadworthy.pack.catalog import ExamFact
from roadworthy.problem import Problem


class UnconfirmedClaim(LintRule):
    """A claim is unconfirmed: nobody has seen its source say so.

    What
        A rule, cost, quantity or step with ``status: unconfirmed`` is reported, and an error is
        reported if a sampled item leans on it all the same. An exam fact may be unconfirmed when
        its ``doubt`` says so to the candidate.

    Why
        A key that follows from an unconfirmed rule may be wrong. Such a rule is never served, so it
        is work that helps nobody until somebody confirms or rewords it.

    Example
        ``status: unconfirmed`` on TR7. Find the page that says it, or reword the rule to what the
        page does say, and set ``status: confirmed`` with today's date.
    """

    code = "RW202"
    slug = "unconfirmed-claim"
    severity = "warning"
    verifies = "each claim is confirmed, and no item leans on one that is not"

    def check(self, material: Material) -> Iterator[Problem]:
        doubtful: dict[str, str] = {}
        for claim in claims(material):
            if claim.sourced.status == "confirmed":
                continue
            if isinstance(claim.sourced, ExamFact):
                if claim.sourced.doubt is None:
                    yield self.found(
                        f"The exam fact `{claim.name}` is unconfirmed and says no doubt.",
                        claim.place,
                        "Find a page that says it, or say under `doubt` what is not known.",
                    )
                continue
            yield self.found(
                f"`{claim.name}` is unconfirmed, so nothing that leans on it is served.",
                claim.place,
                "Find a page that says it, or reword it to what its source does say.",
            )
            doubtful[claim.name] = claim.place.file
        for decision in material.decisions():
            names = {
                f"{decision.id}.{name}": material.at_decision(decision)
                for name, file in doubtful.items()
                if file == material.at_decision(decision).file
            }
            for length in LENGTHS if names else ():
                for item in material.items(decision.id, length):
                    for rule in item.rules:
                        if rule in names:
                            yield self.found(
                                f"An item leans on the unconfirmed `{rule}`.",
                                names.pop(rule),
                                "Report this: the program must not serve it.",
                                severity="error",
                            )
