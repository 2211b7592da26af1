"""What an exhibit names: symptoms, the worked fault, drawn names, and places that edits change."""

from __future__ import annotations

import re

from roadworthy.pack.checker import Checker
from roadworthy.pack.decision import ExhibitDecision, Fault
from roadworthy.pack.marks import Loc

_NAME = re.compile(r"<<([^<>]*)>>")


def check_exhibit(checker: Checker, decision: ExhibitDecision) -> None:
    """Collect what does not hold together in one exhibit."""
    checker.expect("fault", decision.worked, decision.faults, ("worked",))
    _check_worlds(checker, decision)
    _check_form(checker, decision)
    _check_names(checker, decision, decision.exhibit, ("exhibit",))
    for id_, fault in decision.faults.items():
        loc: Loc = ("faults", id_)
        checker.expect("symptom", fault.symptom, decision.symptoms, (*loc, "symptom"))
        _check_edits(checker, decision, fault, loc)


def _check_worlds(checker: Checker, decision: ExhibitDecision) -> None:
    first = set(decision.worlds[0])
    for number, world in enumerate(decision.worlds):
        if set(world) != first:
            checker.add(
                "unknown-name",
                "This world does not name the same things as the first one.",
                checker.marked.place(("worlds", number)),
                f"Give each world these names: {', '.join(sorted(first))}.",
            )


def _check_form(checker: Checker, decision: ExhibitDecision) -> None:
    """A chart has curves and no text; everything else has text and no curves."""
    chart = decision.form == "chart"
    if chart == bool(decision.exhibit) or chart != (decision.chart is not None):
        checker.add(
            "exhibit-form",
            f"An exhibit of the form `{decision.form}` needs "
            f"{'`chart`' if chart else '`exhibit`'} and not the other one.",
            checker.marked.place(("form",)),
            "Write the text under `exhibit`, or for a chart its curves under `chart`.",
        )


def _check_edits(checker: Checker, decision: ExhibitDecision, fault: Fault, loc: Loc) -> None:
    if decision.form == "chart":
        if decision.chart and set(fault.series) != set(decision.chart.series):
            checker.add(
                "exhibit-form",
                "A fault of a chart draws the same curves as the sound chart.",
                checker.marked.place(loc, of_key=True),
                f"Give `series` for: {', '.join(decision.chart.series)}.",
            )
        return
    if not fault.change:
        checker.add(
            "exhibit-form",
            "This fault changes nothing in the exhibit.",
            checker.marked.place(loc, of_key=True),
            "Add `change` with a `sound` text of the exhibit and what is `faulty` instead.",
        )
    for number, edit in enumerate(fault.change):
        place = (*loc, "change", number)
        _check_names(checker, decision, edit.faulty, (*place, "faulty"))
        found = decision.exhibit.count(edit.sound.strip("\n"))
        if found != 1:
            checker.add(
                "edit-not-there",
                f"This text stands {found} times in the exhibit; an edit needs exactly one place.",
                checker.marked.place((*place, "sound")),
                "Copy it from the exhibit letter by letter, and take more of its line.",
            )


def _check_names(checker: Checker, decision: ExhibitDecision, text: str, loc: Loc) -> None:
    for name in _NAME.findall(text):
        checker.expect("name", name, decision.worlds[0], loc)
