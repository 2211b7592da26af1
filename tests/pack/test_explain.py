from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from roadworthy.pack.catalog import Resource, Source
from roadworthy.pack.decision import Fact, FactValue, Rule, Scene
from roadworthy.pack.explain import explain
from roadworthy.pack.fields import Content, Ident
from roadworthy.pack.marks import read_marked
from roadworthy.problem import Problem

SOURCED = "source: s\nsupports: it says so\nchecked: 2026-11-24\n"


class Holder(Content):
    """A union as decisions have it."""

    facts: dict[Ident, Fact | Ident]


def told(text: str, kind: Any) -> list[Problem]:
    """The problems of one document."""
    marked, problems = read_marked(text, "f.yaml")
    assert problems == []
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(marked.value)
    return explain(caught.value, marked, kind)


@pytest.mark.parametrize(
    ("text", "kind", "line", "message", "mend"),
    [
        (
            "short: a\nsya: [b]\nbrief: [c, d]\nsay: [x, y, z]\n",
            FactValue,
            2,
            "`sya` is not a field of a fact value; did you mean `say`?",
            "Rename or remove it. Its fields: short, say, brief, needs, baits.",
        ),
        (
            "short: a\nsay: [b, c, d]\n",
            FactValue,
            1,
            "A fact value lacks `brief`.",
            "Add `brief`: the same in 5 to 8 words, standing alone.",
        ),
        (
            "short: 7\nsay: [b, c, d]\nbrief: [c, d]\n",
            FactValue,
            1,
            "`short` must be text, and `7` is not.",
            'Put it in quotes: "7".',
        ),
        (
            "short:\nsay: [b, c, d]\nbrief: [c, d]\n",
            FactValue,
            1,
            "`short` is empty.",
            "Write its text, or remove the line.",
        ),
        (
            "short: a\nsay:\n  b: c\nbrief: [c, d]\n",
            FactValue,
            2,
            "`say` must be a list, and a mapping is not.",
            "Write each entry on a line of its own that begins with `- `.",
        ),
        (
            "short: a\nsay: [b, c, d]\nbrief: [c, d]\nneeds:\n- Late Labels\n",
            FactValue,
            5,
            "`Late Labels` is not an id.",
            "Use small letters, digits, hyphen, dot and underscore; begin with a letter or digit.",
        ),
        (
            "role: state\nvalues: three\n",
            Fact,
            2,
            "`values` must hold named fields, and `three` does not.",
            "Write `name: value` lines below it.",
        ),
        (
            f"id: R1\nout: [a]\nwhen:\n  f: [v]\nbecause: b\nstrength: worse\n{SOURCED}",
            Rule,
            1,
            "`R1` is not an id for a rule.",
            "Use 2 to 4 capitals and 1 or 2 digits, as in TR7.",
        ),
        (
            f"id: RR1\nout: [a]\nwhen: {{}}\nbecause: b\nstrength: worse\n{SOURCED}",
            Rule,
            3,
            "`when` has 0 entries; at least 1 is needed.",
            "Add more.",
        ),
        (
            "title: t\nurl: https://example.org\nchecked: 2026-11-24\ndecay: 30\n",
            Source,
            2,
            "`https://example.org` is not the address of a page.",
            "Write the full address of the page, from https:// on; a bare site does not count.",
        ),
        (
            "title: t\nurl: https://example.org/x\nchecked: 86400\ndecay: 30\n",
            Source,
            3,
            "`checked` must be a date, and `86400` is not.",
            "Write year, month and day, as in 2026-11-24.",
        ),
        (
            "title: t\nurl: https://example.org/x\nchecked: 2026-02-30\ndecay: 30\n",
            Source,
            3,
            "`checked` must be a date, and `2026-02-30` is not.",
            "Write year, month and day, as in 2026-11-24.",
        ),
        (
            "title: t\nurl: https://example.org/x\nchecked: 2026-11-24\ndecay: 31\n",
            Source,
            4,
            "`31` cannot stand at `decay`.",
            "Use one of: 30, 90 or 180.",
        ),
        (
            f"a:\n  title: t\n  url: {'x' * 80}\n  checked: 2026-11-24\n  decay: 30\n",
            dict[Ident, Source],
            3,
            f"`{'x' * 37}...` is not the address of a page.",
            "Write the full address of the page, from https:// on; a bare site does not count.",
        ),
        (
            f"{'x' * 61}:\n  title: t\n  url: https://e.org/x\n  checked: 2026-11-24\n"
            "  decay: 30\n",
            dict[Ident, Source],
            1,
            f"`{'x' * 37}...` has over 60 characters.",
            "Shorten it.",
        ),
    ],
)
def test_frequent_errors_have_their_own_sentence(
    text: str, kind: object, line: int, message: str, mend: str
) -> None:
    """Message and mend are in an author's words, and the line is that of the field."""
    [problem] = told(text, kind)
    assert (problem.place.line, problem.message, problem.mend) == (line, message, mend)


def test_a_fact_written_out_is_judged_as_a_fact() -> None:
    """Where a fact or an id may stand, only the form that the author used is spoken of."""
    found = told("facts:\n  a:\n    role: stat\n  b: No Id\n  c: ok\n  d: []\n", Holder)
    assert [(one.place.line, one.slug) for one in found] == [
        (3, "unknown-choice"),
        (2, "missing-field"),
        (4, "bad-id"),
        (6, "wrong-type"),
    ]


def test_all_errors_of_a_document_are_told_once_each() -> None:
    """Nothing is left out and nothing repeated."""
    found = told("setup: [a]\nlead: [b]\nbrief_ask: x\nneeds: 1\nextra: 2\n", Scene)
    assert [one.slug for one in found] == [
        "wrong-type",
        "wrong-count",
        "wrong-count",
        "wrong-type",
        "unknown-field",
    ]


def test_number_out_of_its_bounds_names_them() -> None:
    """The bound stands in the message."""
    text = (
        "section: a\ntitle: b\nurl: https://e.org\nstate: c\nhours: 0\ncost: free\n"
        "take: d\nguide: e\nchecked: 2026-11-24\nrating: 11\n"
    )
    assert [one.message for one in told(text, Resource)] == [
        "`rating` is `11`, but must be at most 10.",
        "`hours` is `0`, but must be more than 0.",
    ]
