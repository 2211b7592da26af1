"""RW228: lines of the article that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from roadworthy.lint.material import Material
from roadworthy.lint.rule import LintRule
from roadworthy.problem import Place, Problem


class DeadPath(LintRule):
    """A line of the article, or a takeaway, opens a path that the app does not have.

    What
        Each ``opens`` is held against the routes of the app. A path to a topic must name one that
        exists, `#R04` a resource, and an anchor on the takeaways a takeaway.

    Why
        Each line of the article opens the feature that it became. A dead one is a broken promise
        on the first page that a candidate sees.

    Example
        `/learn/topic/privacy` should be `/learn/topics/privacy`.
    """

    code = "RW228"
    slug = "dead-path"
    verifies = "each line of the article and each takeaway opens a page that exists"

    def check(self, material: Material) -> Iterator[Problem]:
        if material.paths is None:
            return
        pack = material.pack
        lines: list[tuple[str, Place]] = []
        for number, part in enumerate(pack.article.parts):
            for index, line in enumerate(part.lines):
                loc = ("parts", number, "lines", index, "opens")
                lines.append((line.opens, material.at("article.yaml", *loc)))
        for name, takeaway in pack.takeaways.takeaways.items():
            place = material.at("takeaways.yaml", "takeaways", name, "opens")
            lines.append((takeaway.opens, place))
        for opens, place in lines:
            message = _trouble(material, opens)
            if message:
                yield self.found(
                    message, place, f"Use one of: {', '.join(sorted(material.paths))}."
                )


def _trouble(material: Material, opens: str) -> str | None:
    """What is wrong with a path; None where it opens something."""
    path, _, anchor = opens.partition("#")
    path = path.partition("?")[0]
    pack = material.pack
    for route in material.paths or ():
        pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(route))
        match = re.fullmatch(pattern, path)
        if match is None:
            continue
        topic = match.groupdict().get("topic")
        if topic is not None and topic not in pack.topics:
            return f"`{opens}` names no topic."
        anchors: dict[str, set[str]] = {
            "/resources": {*pack.resources.article, *pack.resources.newer},
            "/takeaways": set(pack.takeaways.takeaways),
        }
        if anchor and path in anchors and anchor not in anchors[path]:
            return f"`{opens}` names nothing on its page."
        return None
    return f"`{opens}` is no page of the app."
