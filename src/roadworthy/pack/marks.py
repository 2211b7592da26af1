"""YAML with the place of every node: values that authors can be told about by line.

The C parser of PyYAML composes the nodes; everything after that is decided here, because YAML 1.1
reads ``no`` as false, ``12:30`` as 750 and ``010`` as 8. Rules for plain scalars:

- empty, ``~`` and ``null`` are null; ``true`` and ``false`` are booleans;
- ``yes``, ``no``, ``on``, ``off`` stay text, so a boolean field refuses them and says why;
- decimal integers and decimal fractions without leading zeros are numbers;
- everything else is text, dates too (a date field reads ``2026-11-24`` itself).

Keys are text in any case. Duplicate keys, aliases, merges and tags are problems.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from yaml._yaml import CParser
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from roadworthy.pack.codes import problem
from roadworthy.problem import Place, Problem

Loc = tuple[str | int, ...]

_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FRACTION = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+([eE][-+]?[0-9]+)?|[eE][-+]?[0-9]+)")
_OWN_TAGS = {ScalarNode: "scalar", SequenceNode: "list", MappingNode: "mapping"}


class _Composer(CParser):
    """The C composer with one neutral tag a node kind: scalars are decided by ``_scalar``."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        return _OWN_TAGS[kind]

    def descend_resolver(self, current: Any, index: Any) -> None:
        """Nothing to remember: tags do not depend on the path."""

    def ascend_resolver(self) -> None:
        """Nothing to forget."""


@dataclass(frozen=True)
class Marked:
    """A YAML document as plain values, and where each of them stands.

    ``first_line`` is added to all lines: front matter does not begin its file.
    """

    file: str
    value: Any
    root: Node | None
    first_line: int = 0

    def place(self, loc: Loc = (), *, of_key: bool = False) -> Place:
        """The place of the node at ``loc``, or of the nearest one above it that exists.

        A scalar is found at its value, a list or mapping at its key, ``of_key`` always at the key.
        """
        node, key = self.root, None
        for step in loc:
            found = _child(node, step)
            if found is None:
                break
            key, node = found
        if key is not None and (of_key or not isinstance(node, ScalarNode)):
            return self._at(key)
        return self._at(node)

    def node(self, loc: Loc) -> Node | None:
        """The node at ``loc``; None where there is none."""
        node = self.root
        for step in loc:
            found = _child(node, step)
            if found is None:
                return None
            node = found[1]
        return node

    def _at(self, node: Node | None) -> Place:
        if node is None or node.start_mark is None:
            return Place(self.file, 1 + self.first_line)
        mark = node.start_mark
        return Place(self.file, mark.line + 1 + self.first_line, mark.column + 1)


def _child(node: Node | None, step: str | int) -> tuple[Node | None, Node] | None:
    """(key, value) below ``node``; a list entry has no key."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key, value
    elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None


def read_marked(text: str, file: str, *, first_line: int = 0) -> tuple[Marked, list[Problem]]:
    """Read one YAML document; on a syntax error the value is None and the problem says where.

    An empty document gives None without a problem: the schema says whether that is allowed.
    """
    try:
        parser = _Composer(text)
        try:
            root = parser.get_single_node()
        finally:
            parser.dispose()
        reader = _Reader(Marked(file, None, root, first_line))
        value = None if root is None else reader.value_of(root)
    except yaml.YAMLError as error:
        return Marked(file, None, None, first_line), [_syntax(error, file, first_line)]
    except RecursionError:
        deep = yaml.YAMLError("lists or mappings are nested hundreds deep")
        return Marked(file, None, None, first_line), [_syntax(deep, file, first_line)]
    return Marked(file, value, root, first_line), reader.problems


class _Reader:
    """Turns nodes into values and collects what packs may not use."""

    def __init__(self, marked: Marked) -> None:
        self.marked = marked
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def value_of(self, node: Node) -> Any:
        if id(node) in self._seen:
            self._refuse(node, "An alias (`*name`) repeats a value", "Write the value out here.")
            return None
        self._seen.add(id(node))
        if node.tag not in _OWN_TAGS.values():
            self._refuse(node, f"The tag `{node.tag}` is not used in packs", "Remove the tag.")
            return None
        if isinstance(node, MappingNode):
            return dict(self._entries(node))
        if isinstance(node, SequenceNode):
            self._check_brackets(node)
            return [self.value_of(entry) for entry in node.value]
        return _scalar(node)

    def _entries(self, node: MappingNode) -> Iterator[tuple[str, Any]]:
        lines: dict[str, int] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode) or key.value == "<<":
                self._refuse(key, "A key must be a plain word", "Write one key a line.")
                continue
            place = self.marked._at(key)
            if key.value in lines:
                self.problems.append(
                    problem(
                        "duplicate-key",
                        f"`{key.value}` stands twice here; first in line {lines[key.value]}.",
                        place,
                        "Keep one of the two, or give the second another name.",
                    )
                )
                continue
            lines[key.value] = place.line
            yield key.value, self.value_of(value)

    def _check_brackets(self, node: SequenceNode) -> None:
        """A comma in prose cuts a bracket list in two, and nobody sees it: refuse prose there."""
        if not node.flow_style:
            return
        for entry in node.value:
            if isinstance(entry, ScalarNode) and not entry.style and " " in entry.value:
                self.problems.append(
                    problem(
                        "prose-in-brackets",
                        f"`{entry.value}` is prose in a bracket list, where each comma cuts.",
                        self.marked._at(entry),
                        "Write each entry on a line of its own that begins with `- `.",
                    )
                )

    def _refuse(self, node: Node, what: str, mend: str) -> None:
        self.problems.append(
            problem("yaml-feature", f"{what}.", self.marked._at(node), mend),
        )


def _scalar(node: Any) -> Any:
    text: str = node.value
    if node.style:  # quoted, literal or folded: text, whatever it looks like
        return text
    if text in ("", "~", "null"):
        return None
    if text in ("true", "false"):
        return text == "true"
    if _WHOLE.fullmatch(text):
        return int(text)
    if _FRACTION.fullmatch(text):
        return float(text)
    return text


def _syntax(error: yaml.YAMLError, file: str, first_line: int) -> Problem:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    place = Place(file, mark.line + 1 + first_line, mark.column + 1) if mark else Place(file)
    mend = "Look at the indent, the quotes and the colons of this line and the one above."
    if "cannot start any token" in what or "tab character" in what:
        mend = "Indent with spaces, never with a tab; quote text that begins with @, ` or %."
    elif "mapping values" in what:
        mend = "Put the text in quotes: it holds a colon with a blank after it."
    elif "another document" in what:
        mend = "Remove the line `---`: one file holds one document."
    elif "control characters" in what:
        mend = "Remove the control character; plain text only."
    return problem("yaml-syntax", f"This is not YAML: {what}.", place, mend)
