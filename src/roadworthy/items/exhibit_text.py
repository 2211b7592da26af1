"""The text or chart of an exhibit with one fault in it, and what its correction is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from roadworthy.items.item import Curve, Exhibit
from roadworthy.pack.decision import ExhibitDecision, Fault, LineChange

_NAME = re.compile(r"<<([a-z0-9_]+)>>")


@dataclass(frozen=True, slots=True)
class Fitted:
    """An exhibit with a fault: as shown, and its correction in words."""

    exhibit: Exhibit
    correction: str  # a sentence: 'Line 4 should read `…`.'
    instead: str  # a clause: 'line 4 read `…`'
    sound: str  # a clause: 'line 4 reads `…`'

    def stands(self, *, faulty: bool) -> str:
        """What stands at the place of this fault, for a row of the argue table."""
        return self.instead.replace(" read ", " reads ", 1) if faulty else self.sound


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


def fitted(decision: ExhibitDecision, fault: Fault, world: int) -> Fitted:
    """The exhibit of a decision with a fault, in the names of one of its worlds."""
    if decision.form == "chart":
        return _fitted_chart(decision, fault)
    names = decision.worlds[world]
    faulty = decision.exhibit
    for edit in fault.change:
        faulty = edited(faulty, edit)
    sound_lines = _lines(named(decision.exhibit, names))
    shown = _lines(named(faulty, names))
    wrong, right = _differing(shown, sound_lines)
    exhibit = Exhibit(
        form=decision.form,
        language=decision.language,
        lines=tuple(shown),
        wrong=tuple(wrong),
        corrected=tuple(sound_lines),
        right=tuple(right),
    )
    there = _place(wrong, shown)
    wanted, found = _quoted(sound_lines, right), _quoted(shown, wrong)
    at = there or _place(right, sound_lines)
    if not right:
        correction = f"{_capital(at)} should go."
    elif not wrong:
        correction = f"After the mend, {_place(right, sound_lines)} reads {wanted}."
    else:
        correction = f"{_capital(at)} should read {wanted}."
    return Fitted(
        exhibit=exhibit,
        correction=correction,
        instead=f"{at} read {found}" if wrong else f"{wanted} were missing",
        sound=f"{_place(right, sound_lines) or at} reads {wanted}"
        if right
        else f"{at} is not there",
    )


def _fitted_chart(decision: ExhibitDecision, fault: Fault) -> Fitted:
    chart = decision.chart
    assert chart is not None
    exhibit = Exhibit(
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
    return Fitted(
        exhibit=exhibit,
        correction="The thin lines show how the curves look without this fault.",
        instead=f"the curves showed {fault.name}",
        sound=f"the curves do not show {fault.name}",
    )


def _lines(text: str) -> list[str]:
    return text.rstrip("\n").split("\n")


def _differing(shown: list[str], sound: list[str]) -> tuple[list[int], list[int]]:
    """Lines that differ: of the shown text, then of the sound one; both from 0."""
    wrong: list[int] = []
    right: list[int] = []
    matcher = SequenceMatcher(None, shown, sound, autojunk=False)
    for kind, start, end, other, until in matcher.get_opcodes():
        if kind != "equal":
            wrong += range(start, end)
            right += range(other, until)
    return wrong, right


def _place(numbers: list[int], lines: list[str]) -> str:
    """'line 4', 'lines 4 and 5'; '' for none."""
    told = [str(number + 1) for number in numbers if number < len(lines)]
    if not told:
        return ""
    if len(told) == 1:
        return f"line {told[0]}"
    return f"lines {', '.join(told[:-1])} and {told[-1]}"


def _quoted(lines: list[str], numbers: list[int]) -> str:
    """'`a` and `b`': what stands in the lines, each text once."""
    texts = list(dict.fromkeys(f"`{lines[number].strip()}`" for number in numbers))
    return " and ".join([", ".join(texts[:-1]), texts[-1]] if len(texts) > 1 else texts)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
