"""The text or chart of an exhibit with one fault in it, and what its correction is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from roadworthy.items.item import Curve, Exhibit
from roadworthy.pack.decision import ExhibitDecision, Fault, LineChange

_NAME = re.compile(r"<<([a-z0-9_]+)>>")


@dataclass(frozen=True, slots=True)
class Place:
    """The place of one fault in the exhibit as shown, in words; line numbers are those shown."""

    correction: str  # a sentence: 'Line 4 should read `…`.'
    instead: str  # a clause, for the fault put in: 'line 4 read `…`'
    stands: str  # a clause, for what stands there as shown: 'line 4 reads `…`'


def named(text: str, names: Mapping[str, str]) -> str:
    """The text with each ``<<name>>`` replaced. Raises KeyError for one without a word."""
    return _NAME.sub(lambda match: names[match[1]], text)


def names_in(text: str) -> set[str]:
    """The ``<<names>>`` of a text."""
    return set(_NAME.findall(text))


def edited(text: str, edit: LineChange) -> str:
    """The text after one edit. Lines that an empty edit leaves blank go with it."""
    before, found, after = text.partition(edit.sound.strip("\n"))
    assert found, "references.py checks that every edit has its place"
    faulty = edit.faulty.strip("\n")
    if not faulty and before.rpartition("\n")[2].strip() == "" and after[:1] in ("\n", ""):
        return before.rpartition("\n")[0] + after if "\n" in before else after[1:]
    return before + faulty + after


def shown_with(decision: ExhibitDecision, fault: Fault, world: int) -> Exhibit:
    """The exhibit of a decision with a fault, in the names of one of its worlds."""
    chart = decision.chart
    if chart is not None:
        return Exhibit(
            form="chart",
            language=decision.language,
            lines=(),
            wrong=(),
            corrected=(),
            right=(),
            x=chart.x,
            y=chart.y,
            curves=tuple(Curve(name, tuple(line)) for name, line in fault.series.items()),
            sound=tuple(Curve(name, tuple(line)) for name, line in chart.series.items()),
        )
    shown, sound = _texts(decision, fault, world)
    wrong, right = _differing(shown, sound)
    return Exhibit(
        form=decision.form,
        language=decision.language,
        lines=tuple(shown),
        wrong=tuple(wrong),
        corrected=tuple(sound),
        right=tuple(right),
    )


def place_of_key(exhibit: Exhibit, fault: Fault) -> Place:
    """The place of the fault that was put in: what stands there is wrong."""
    if exhibit.form == "chart":
        return Place(
            "The thin lines show how the curves look without it.",
            f"the curves showed {fault.name}",
            f"the curves show {fault.name}",
        )
    at = _numbered([number + 1 for number in exhibit.wrong])
    wanted, found = _quoted(exhibit.corrected, exhibit.right), _quoted(exhibit.lines, exhibit.wrong)
    if exhibit.form == "log" and exhibit.wrong:  # a log is evidence: nobody mends its lines
        tell = "tells" if len(exhibit.wrong) == 1 else "tell"
        return Place(
            f"{_capital(at)} {tell} it.",
            f"it had {found}",
            f"{at} {_reads(exhibit.wrong)} {found}",
        )
    if not exhibit.right:
        correction = f"{_capital(at)} should go."
    elif not exhibit.wrong:
        correction = f"It lacks {wanted}."
    else:
        correction = f"{_capital(at)} should read {wanted}."
    if not exhibit.wrong:
        return Place(correction, f"it lacked {wanted}", f"it lacks {wanted}")
    return Place(correction, f"{at} read {found}", f"{at} {_reads(exhibit.wrong)} {found}")


def place_of_other(decision: ExhibitDecision, fault: Fault, world: int, exhibit: Exhibit) -> Place:
    """The place of a fault that was not put in: it is sound in the exhibit as shown."""
    if exhibit.form == "chart":
        return Place("", f"the curves showed {fault.name}", f"the curves do not show {fault.name}")
    with_it, sound = _texts(decision, fault, world)
    wrong, right = _differing(with_it, sound)
    found = _quoted(with_it, wrong)
    if not right or (exhibit.form == "log" and wrong):
        return Place("", f"it had {found}", f"it has no {found}")
    shown_at = _positions(exhibit, right)
    at = _numbered([number + 1 for number in shown_at])
    wanted = _quoted(sound, right)
    stands = f"{at} {_reads(shown_at)} {wanted}" if at else f"it has {wanted}"
    if not wrong:
        return Place("", f"it lacked {wanted}", stands)
    return Place("", f"{at} read {found}" if at else f"it had {found}", stands)


def _texts(decision: ExhibitDecision, fault: Fault, world: int) -> tuple[list[str], list[str]]:
    """Lines with the fault, and sound lines."""
    names = decision.worlds[world]
    faulty = decision.exhibit
    for edit in fault.change:
        faulty = edited(faulty, edit)
    return _lines(named(faulty, names)), _lines(named(decision.exhibit, names))


def _positions(exhibit: Exhibit, sound: list[int]) -> list[int]:
    """Where lines of the sound text stand in the text as shown; [] where not all of them do."""
    matcher = SequenceMatcher(None, exhibit.corrected, exhibit.lines, autojunk=False)
    moved = {
        block.a + step: block.b + step
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    }
    return [moved[number] for number in sound] if all(one in moved for one in sound) else []


def _reads(numbers: Sequence[int]) -> str:
    return "reads" if len(numbers) == 1 else "read"


def _lines(text: str) -> list[str]:
    return text.rstrip("\n").split("\n")


def _differing(shown: list[str], sound: list[str]) -> tuple[list[int], list[int]]:
    """Lines that differ: of the shown text, then of the sound one; both from 0.

    Where lines merely changed places, all lines that they passed belong to both, since "line 5
    should read" what already stands there would mend nothing.
    """
    wrong: list[int] = []
    right: list[int] = []
    matcher = SequenceMatcher(None, shown, sound, autojunk=False)
    for kind, start, end, other, until in matcher.get_opcodes():
        if kind != "equal":
            wrong += range(start, end)
            right += range(other, until)
    if wrong and [shown[one] for one in wrong] == [sound[one] for one in right]:
        block = list(range(min(wrong + right), max(wrong + right) + 1))
        return block, block
    return wrong, right


def _numbered(numbers: list[int]) -> str:
    """'line 4', 'lines 4 and 5'; '' for none."""
    told = [str(number) for number in numbers]
    if not told:
        return ""
    if len(told) == 1:
        return f"line {told[0]}"
    return f"lines {', '.join(told[:-1])} and {told[-1]}"


def _quoted(lines: Sequence[str], numbers: Sequence[int]) -> str:
    """'`a` and `b`': what stands in the lines, each text once."""
    texts = list(dict.fromkeys(f"`{lines[number].strip()}`" for number in numbers))
    return " and ".join([", ".join(texts[:-1]), texts[-1]] if len(texts) > 1 else texts)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
