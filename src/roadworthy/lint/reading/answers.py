"""What readers, control and judge wrote: one JSON object a line, checked against the items."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from roadworthy.errors import BadInput

LETTERS = "ABCDEFGH"
TOLD = 5
"""Lines that an error names; more would hide the first one."""
FIELDS = frozenset({"n", "key", "also", "why", "natural", "source"})
Role = Literal["reader", "control", "judge"]


@dataclass(frozen=True, slots=True)
class Asked:
    """An item of a sheet as the scorer knows it.

    ``key``: letters in order, two for choose_two; ``decision``: a pair's id where two are asked.
    """

    number: int
    part: int
    key: str
    purposes: tuple[str, ...]
    decision: str
    kind: str
    length: str
    facts: dict[str, str]
    goal: str | None
    stem: str
    options: tuple[str, ...]
    rules: tuple[tuple[str, ...], ...]

    @property
    def letters(self) -> str:
        """The letters of the options shown."""
        return LETTERS[: len(self.options)]

    def rules_of(self, letters: Iterable[str]) -> list[str]:
        """The rules by which the options of these letters fall; none for a key."""
        found = [rule for one in letters for rule in self.rules[LETTERS.index(one)]]
        return list(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Answer:
    """One line: ``key`` and ``also`` as letters in order ('' for none), ``natural`` 1 to 5."""

    number: int
    key: str
    also: str
    why: str
    natural: int | None


def read_items(text: str, *, where: str) -> tuple[dict[int, Asked], dict[int, Asked]]:
    """The items of ``items.jsonl``: those read, and those of the control.

    Lines of sheets from before parts and purposes are read too: they belong to part 1, and the
    control got the same items. Raises BadInput with the numbers of lines that cannot be used.
    """
    read: dict[int, Asked] = {}
    control: dict[int, Asked] = {}
    faults: list[str] = []
    for number, data in _objects(text, faults):
        try:
            asked = _asked(data)
        except (KeyError, TypeError, AttributeError) as fault:
            faults.append(f"line {number} is no item of a sheet ({type(fault).__name__}: {fault})")
            continue
        group = control if data.get("sheet") == "control" else read
        if asked.number in group:
            faults.append(f"line {number} has the item {asked.number} again")
        group[asked.number] = asked
    _raise(faults, where, "Make the sheet again; this file is not for editing.")
    if not read and not control:
        raise BadInput("The sheet has no items.", where=where, mend="Make the sheet again.")
    return read, control or read


def _asked(data: dict[str, Any]) -> Asked:
    options = data["options"]
    return Asked(
        number=int(data["n"]),
        part=int(data.get("part", 1)),
        key=str(data["key"]),
        purposes=tuple(data.get("purposes", ("random",))),
        decision=_asked_of(data),
        kind=str(data["kind"]),
        length=str(data["length"]),
        facts=dict(data["facts"]),
        goal=data["goal"],
        stem=str(data["stem"]),
        options=tuple(str(one["text"]) for one in options),
        rules=tuple(tuple(one["rules"]) for one in options),
    )


def _asked_of(data: dict[str, Any]) -> str:
    """The decision of an item, or the pair: an item over two decisions is of neither alone."""
    pairs = [one.split(":")[1] for one in data.get("purposes", ()) if one.startswith("pair:")]
    return pairs[0].split(".")[0] if pairs else str(data["decision"])


def read_answers(
    text: str, asked: Mapping[int, Asked], *, role: Role, where: str
) -> dict[int, Answer]:
    """The answers of one file by number of the item.

    A reader gives key, reason and naturalness of whole parts; the control gives a key of all of its
    items; a judge gives key and reason where asked to. Raises BadInput with the faulty lines.
    """
    found: dict[int, Answer] = {}
    faults: list[str] = []
    for line, data in _objects(text, faults):
        told = [f"line {line} {fault}" for fault in _faults(data, asked, role, found)]
        faults += told
        if not told:
            item = asked[data["n"]]
            key, also = (_letters(data.get(name), item) for name in ("key", "also"))
            found[item.number] = Answer(
                item.number, key or "", also or "", str(data.get("why", "")), data.get("natural")
            )
    _raise(faults, where, "Mend these lines; README.md of the sheet says what a line holds.")
    return found


def missing(asked: Mapping[int, Asked], answers: Mapping[int, Answer]) -> list[int]:
    """Numbers left out of the parts that the answers touch."""
    parts = {asked[number].part for number in answers}
    return sorted(n for n, one in asked.items() if one.part in parts and n not in answers)


def _objects(text: str, faults: list[str]) -> Iterable[tuple[int, dict[str, Any]]]:
    """The JSON objects with their line numbers; what is none is added to the faults."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
        except ValueError:
            faults.append(f"line {number} is not JSON")
            continue
        if isinstance(data, dict):
            yield number, data
        else:
            faults.append(f"line {number} is no JSON object")


def _faults(
    data: dict[str, Any], asked: Mapping[int, Asked], role: Role, found: Mapping[int, Answer]
) -> Iterable[str]:
    """What is wrong with a line, as the rest of a sentence."""
    number = data.get("n")
    if isinstance(number, bool) or not isinstance(number, int) or number not in asked:
        yield f"names no item of the sheet: n is {json.dumps(number)}"
        return
    item = asked[number]
    if number in found:
        yield f"answers item {number} again"
    for name in sorted(set(data) - FIELDS):
        yield f"has an unknown field `{name}`"
    key, also = _letters(data.get("key"), item), _letters(data.get("also"), item)
    if key is None or len(key) != len(item.key):
        wanted = "two letters" if len(item.key) == 2 else "one letter"
        yield f"needs a key of {wanted} from {item.letters}, not {json.dumps(data.get('key'))}"
    elif also is None or set(also) & set(key):
        yield f"needs another option of {item.letters} or null as `also`"
    checks: dict[str, Callable[[Any], bool]] = {}
    if role != "control":
        checks["a reason in `why`"] = lambda one: (
            isinstance(one.get("why"), str) and bool(one["why"].strip())
        )
    if role == "reader":
        checks["`natural` from 1 to 5"] = lambda one: (
            type(one.get("natural")) is int and 1 <= one["natural"] <= 5
        )
    yield from (f"needs {what}" for what, holds in checks.items() if not holds(data))


def _letters(value: object, item: Asked) -> str | None:
    """The letters of 'B', 'BD', 'B, D' or ['B', 'D'] in order, '' for null; None if they are none.

    A letter that stands twice is none.
    """
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        value = "".join(value)
    if not isinstance(value, str):
        return None
    letters = value.upper().replace(",", "").replace(" ", "")
    if not set(letters) <= set(item.letters) or len(set(letters)) != len(letters):
        return None
    return "".join(sorted(letters))


def _raise(faults: list[str], where: str, mend: str) -> None:
    if not faults:
        return
    rest = f"; and {len(faults) - TOLD} more" if len(faults) > TOLD else ""
    raise BadInput(
        f"What was read cannot be used: {'; '.join(faults[:TOLD])}{rest}.", where=where, mend=mend
    )
