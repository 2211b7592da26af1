from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from roadworthy.pack.marks import read_marked


def value_of(text: str) -> Any:
    """The value of a document that has no problems."""
    marked, problems = read_marked(text, "f.yaml")
    assert problems == []
    return marked.value


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("no", "no"),
        ("on", "on"),
        ("Yes", "Yes"),
        ("true", True),
        ("false", False),
        ("'true'", "true"),
        ("~", None),
        ("null", None),
        ("", None),
        ("''", ""),
        ("7", 7),
        ("-7", -7),
        ("010", "010"),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        (".5", ".5"),
        (".inf", ".inf"),
        ("2026-11-24", "2026-11-24"),
        ("2026.11", 2026.11),
        ("= x", "= x"),
    ],
)
def test_plain_scalars_are_decided_here(written: str, read: object) -> None:
    """No YAML 1.1 rule turns words, times or octals into something else."""
    found = value_of(f"key: {written}\n")["key"]
    assert (found, type(found)) == (read, type(read))


@pytest.mark.parametrize("key", ["no", "1", "5.2", "true", "~", "2026-11-24"])
def test_keys_are_text(key: str) -> None:
    """A key is what stands there, whatever it looks like."""
    assert value_of(f"{key}: x\n") == {key: "x"}


DOCUMENT = """\
# comment
facts:
  need:
    say:
    - first clause
    - >-
      second
      clause
  other: [a, b]
"""


@pytest.mark.parametrize(
    ("loc", "line", "column"),
    [
        (("facts",), 2, 1),  # a mapping is found at its key
        (("facts", "need", "say"), 4, 5),
        (("facts", "need", "say", 0), 5, 7),  # a scalar at its value
        (("facts", "need", "say", 1), 6, 7),
        (("facts", "other", 1), 9, 14),
        (("facts", "need", "brief"), 3, 3),  # what is not there: at what would hold it
        ((), 2, 1),
    ],
)
def test_each_location_has_a_place(loc: tuple[str | int, ...], line: int, column: int) -> None:
    """Line and column are those of the author's editor."""
    place = read_marked(DOCUMENT, "f.yaml")[0].place(loc)
    assert (place.file, place.line, place.column) == ("f.yaml", line, column)


def test_front_matter_counts_from_its_file() -> None:
    """Lines of front matter are those of the whole file."""
    marked, problems = read_marked("id: a\nid: b\n", "f.md", first_line=1)
    assert marked.place(("id",)).line == 2
    assert [one.place.line for one in problems] == [3]


@pytest.mark.parametrize(
    ("text", "slug", "line"),
    [
        ("a: 1\nb: 2\na: 3\n", "duplicate-key", 3),
        ("a: &x [1]\nb: *x\n", "yaml-feature", 1),
        ("a: &x [*x]\n", "yaml-feature", 1),
        ("a: !!python/object:os.system ls\n", "yaml-feature", 1),
        ("<<: {a: 1}\n", "yaml-feature", 1),
        ("? [a]\n: b\n", "yaml-feature", 1),
        ("a: [one thing, two]\n", "prose-in-brackets", 1),
        ("a: b: c\n", "yaml-syntax", 1),
        ("a:\n\t- b\n", "yaml-syntax", 2),
        ("a: 1\n---\nb: 2\n", "yaml-syntax", 2),
        ("a: \x01\n", "yaml-syntax", 0),
        ("[" * 3000, "yaml-syntax", 0),
    ],
)
def test_what_packs_may_not_use_is_a_problem(text: str, slug: str, line: int) -> None:
    """It is told with its line, and nothing is raised."""
    _, problems = read_marked(text, "f.yaml")
    assert slug in [one.slug for one in problems]
    if line:
        assert problems[0].place.line == line


def test_quoted_prose_may_stand_in_brackets() -> None:
    """A comma in quotes cuts nothing."""
    assert value_of("a: ['one, thing', two]\n") == {"a": ["one, thing", "two"]}


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_what_pyyaml_writes_is_read_back(value: object) -> None:
    """Quoting as PyYAML does it, every value of a pack's kinds survives."""
    text = yaml.safe_dump(value, allow_unicode=True, default_flow_style=False)
    assert value_of(text) == value


@given(st.text(max_size=60))
def test_no_text_makes_reading_fail(text: str) -> None:
    """Whatever an author saves, the answer is a value or problems."""
    marked, problems = read_marked(text, "f.yaml")
    assert (
        problems
        or marked.value is None
        or isinstance(marked.value, str | int | float | list | dict)
    )
