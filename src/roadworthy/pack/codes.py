"""The codes of all problems that loading a pack can report, in one place.

``docs/messages.md`` has an entry for each slug. Codes RW1xx belong to loading, RW2xx to lint.
"""

from __future__ import annotations

from roadworthy.problem import Place, Problem, Severity

CODES: dict[str, str] = {
    # the file itself
    "file-missing": "RW101",
    "file-unreadable": "RW102",
    "yaml-syntax": "RW103",
    "duplicate-key": "RW104",
    "yaml-feature": "RW105",
    "prose-in-brackets": "RW106",
    "file-not-read": "RW107",
    "front-matter": "RW108",
    # one field
    "unknown-field": "RW110",
    "missing-field": "RW111",
    "wrong-type": "RW112",
    "bad-id": "RW113",
    "wrong-count": "RW114",
    "empty-text": "RW115",
    "unknown-choice": "RW116",
    "out-of-range": "RW117",
    "bad-date": "RW118",
    "bad-value": "RW119",
    # the name of a thing
    "id-not-file-name": "RW120",
    "id-twice": "RW121",
    "unknown-kind": "RW122",
    # what one thing says of another
    "unknown-source": "RW130",
    "unknown-term": "RW131",
    "unknown-slot": "RW132",
    "bad-token": "RW133",
    "unknown-fact": "RW134",
    "unknown-value": "RW135",
    "unknown-option": "RW136",
    "unknown-goal": "RW137",
    "unknown-misconception": "RW138",
    "unknown-consideration": "RW139",
    "unknown-topic": "RW140",
    "unknown-decision": "RW141",
    "unknown-shared-fact": "RW142",
    "unknown-section": "RW143",
    "unknown-objective": "RW144",
    "unknown-tag": "RW145",
    "unknown-step": "RW146",
    "unknown-number": "RW147",
    "bad-expression": "RW148",
    "unknown-diagram": "RW149",
    "missing-slot": "RW150",
    "steps-in-circle": "RW151",
    "unknown-symptom": "RW152",
    "unknown-fault": "RW153",
    "edit-not-there": "RW154",
    "unknown-name": "RW155",
    "exhibit-form": "RW156",
    "pair-of-other-kind": "RW157",
    "unknown-stage": "RW158",
    "unknown-level": "RW159",
    "note-without-half": "RW160",
    "unknown-guide": "RW161",
    "unknown-cue": "RW165",
    "unknown-mark": "RW166",
    "unknown-rule": "RW167",
    "bad-pattern": "RW168",
    "lab-form": "RW170",
    "unknown-environment": "RW171",
}


def problem(
    slug: str, message: str, place: Place, mend: str, severity: Severity = "error"
) -> Problem:
    """A problem with the code of its slug; an unknown slug raises ``KeyError``."""
    return Problem(CODES[slug], slug, message, place, mend, severity)
