"""What pydantic reports, in an author's words and with the line.

``explain`` turns the errors of one document into problems. The error types that authors really
meet have their own sentence below; the rest keep pydantic's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from yaml.nodes import MappingNode

from roadworthy.pack.codes import problem
from roadworthy.pack.marks import Loc, Marked
from roadworthy.pack.schema_walk import fields_of, noun_of, type_at
from roadworthy.pack.wording import listed, nearest, shown
from roadworthy.problem import Problem


def explain(error: ValidationError, marked: Marked, kind: Any) -> list[Problem]:
    """All problems of one validation; ``kind`` is the type that was validated against."""
    told = [_Told(detail, marked, kind) for detail in error.errors(include_url=False)]
    kept = [one for one in told if not one.is_wrong_branch()] or told
    problems: list[Problem] = []
    for one in kept:
        found = one.as_problem()
        if found not in problems:
            problems.append(found)
    return problems


class _Told:
    """One pydantic error, with its location freed of the names of union branches."""

    def __init__(self, detail: ErrorDetails, marked: Marked, kind: Any) -> None:
        self.type = detail["type"]
        self.message = detail["msg"]
        self.input = detail.get("input")
        self.context: dict[str, Any] = detail.get("ctx", {})
        self.marked = marked
        self.kind = kind
        self.of_key = False
        self.branch: tuple[Loc, str] | None = None
        self.loc = self._real_loc(detail["loc"])

    def _real_loc(self, loc: Loc) -> Loc:
        real: list[str | int] = []
        for number, step in enumerate(loc):
            last = number == len(loc) - 1
            if step == "[key]" and last:
                self.of_key = True
            elif self.marked.node((*real, step)) is not None or (last and self.type == "missing"):
                real.append(step)
            else:  # pydantic names the branch of a union here
                self.branch = tuple(real), str(step)
        return tuple(real)

    def is_wrong_branch(self) -> bool:
        """Whether it belongs to a union branch that the author did not mean: a model or an id."""
        if self.branch is None:
            return False
        loc, name = self.branch
        means_model = name[:1].isupper()
        return means_model != isinstance(self.marked.node(loc), MappingNode)

    def as_problem(self) -> Problem:
        slug, message, mend = _SENTENCES.get(self.type, _as_it_is)(self)
        if self.of_key:
            slug = "bad-id"
        loc = self.loc[:-1] if self.type == "missing" else self.loc
        of_key = self.of_key or self.type == "extra_forbidden"
        return problem(slug, message, self.marked.place(loc, of_key=of_key), mend)

    @property
    def name(self) -> str:
        """The field that the error is on, in backticks; entries of a list name their list."""
        for step in reversed(self.loc):
            if isinstance(step, str):
                return f"`{step}`"
        return "the file"

    @property
    def wanted(self) -> Any:
        """The type that stands at the error."""
        return type_at(self.kind, self.loc)

    @property
    def owner(self) -> Any:
        """The type that holds the field of the error."""
        return type_at(self.kind, self.loc[:-1])


Sentence = tuple[str, str, str]  # slug, message, mend


def _unknown_field(told: _Told) -> Sentence:
    field = str(told.loc[-1])
    known = fields_of(told.owner)
    message = f"`{field}` is not a field of {noun_of(told.owner)}{nearest(field, known)}"
    return "unknown-field", message, f"Rename or remove it. Its fields: {listed(known, 20)}."


def _missing(told: _Told) -> Sentence:
    field = str(told.loc[-1])
    info = fields_of(told.owner).get(field)
    meaning = f": {info.description}" if info and info.description else ""
    owner = noun_of(told.owner)
    message = f"{owner[0].upper()}{owner[1:]} lacks `{field}`."
    return "missing-field", message, f"Add `{field}`{meaning}."


def _not_text(told: _Told) -> Sentence:
    message = f"{told.name} must be text, and {shown(told.input)} is not."
    if isinstance(told.input, bool | int | float):
        return "wrong-type", message, f'Put it in quotes: "{shown(told.input).strip("`")}".'
    if told.input is None:
        return "empty-text", f"{told.name} is empty.", "Write its text, or remove the line."
    return "wrong-type", message, "Write one text here; a list or mapping does not fit."


def _not_list(told: _Told) -> Sentence:
    message = f"{told.name} must be a list, and {shown(told.input)} is not."
    return "wrong-type", message, "Write each entry on a line of its own that begins with `- `."


def _not_mapping(told: _Told) -> Sentence:
    fields = fields_of(told.wanted)
    message = f"{told.name} must hold named fields, and {shown(told.input)} does not."
    mend = f"Its fields: {listed(fields, 20)}." if fields else "Write `name: value` lines below it."
    return "wrong-type", message, mend


def _not_number(told: _Told) -> Sentence:
    what = "a whole number" if told.type.startswith("int") else "a number"
    given = f"the text {shown(told.input)}" if isinstance(told.input, str) else shown(told.input)
    message = f"{told.name} must be {what}, and {given} is not."
    return "wrong-type", message, "Write the number without quotes, unit or blank."


def _not_boolean(told: _Told) -> Sentence:
    message = f"{told.name} must be true or false, and {shown(told.input)} is neither."
    return "wrong-type", message, "Write true or false; yes, no, on and off are text here."


def _not_date(told: _Told) -> Sentence:
    message = f"{told.name} must be a date, and {shown(told.input)} is not."
    return "bad-date", message, "Write year, month and day, as in 2026-11-24."


def _pattern(told: _Told) -> Sentence:
    pattern = str(told.context.get("pattern", ""))
    word = shown(told.input)
    if pattern.startswith("^https"):
        mend = "Write the full address of the page, from https:// on; a bare site does not count."
        return "bad-value", f"{word} is not the address of a page.", mend
    if pattern.startswith("^[A-Z]"):
        mend = "Use 2 to 4 capitals and 1 or 2 digits, as in TR7."
        return "bad-id", f"{word} is not an id for a rule.", mend
    mend = "Use small letters, digits, hyphen, dot and underscore; begin with a letter or digit."
    return "bad-id", f"{word} is not an id.", mend


def _count(told: _Told) -> Sentence:
    few = told.type == "too_short"
    bound = told.context["min_length" if few else "max_length"]
    found = told.context["actual_length"]
    entries = "1 entry" if found == 1 else f"{found} entries"
    verb = "is" if bound == 1 else "are"
    wanted = f"at least {bound} {verb} needed" if few else f"at most {bound} {verb} allowed"
    message = f"{told.name} has {entries}; {wanted}."
    return "wrong-count", message, "Add more." if few else "Remove or merge some."


def _text_length(told: _Told) -> Sentence:
    if told.type == "string_too_short":
        return "empty-text", f"{told.name} is empty.", "Write its text, or remove the line."
    limit = told.context["max_length"]
    return "out-of-range", f"{shown(told.input)} has over {limit} characters.", "Shorten it."


def _choice(told: _Told) -> Sentence:
    known = re.findall(r"'([^']*)'", str(told.context.get("expected", "")))
    message = f"{shown(told.input)} cannot stand at {told.name}{nearest(str(told.input), known)}"
    expected = listed(known) if known else str(told.context.get("expected"))
    return "unknown-choice", message, f"Use one of: {expected}."


def _range(told: _Told) -> Sentence:
    signs = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}
    bounds = [f"{signs[sign]} {bound:g}" for sign, bound in told.context.items() if sign in signs]
    message = f"{told.name} is {shown(told.input)}, but must be {' and '.join(bounds)}."
    return "out-of-range", message, "Change the number."


def _own_error(told: _Told) -> Sentence:
    message = told.message.removeprefix("Value error, ")
    return "bad-value", f"{message[0].upper()}{message[1:]}.", "Change it here."


def _as_it_is(told: _Told) -> Sentence:
    return "bad-value", f"{told.name}: {told.message}.", "Change the value to one that is allowed."


_SENTENCES: dict[str, Callable[[_Told], Sentence]] = {
    "extra_forbidden": _unknown_field,
    "missing": _missing,
    "string_type": _not_text,
    "list_type": _not_list,
    "dict_type": _not_mapping,
    "model_type": _not_mapping,
    "model_attributes_type": _not_mapping,
    "int_type": _not_number,
    "int_from_float": _not_number,
    "float_type": _not_number,
    "bool_type": _not_boolean,
    "date_type": _not_date,
    "date_parsing": _not_date,
    "date_from_datetime_parsing": _not_date,
    "date_from_datetime_inexact": _not_date,
    "string_pattern_mismatch": _pattern,
    "too_short": _count,
    "too_long": _count,
    "string_too_short": _text_length,
    "string_too_long": _text_length,
    "literal_error": _choice,
    "greater_than_equal": _range,
    "greater_than": _range,
    "less_than_equal": _range,
    "less_than": _range,
    "value_error": _own_error,
}
