"""The text of a topic file: front matter, Markdown cut at its headings, places on its page."""

from __future__ import annotations

import re

_FENCE = re.compile(r" {0,3}(```|~~~)")


def front_matter(text: str) -> tuple[str | None, str]:
    """(YAML between the first two ``---`` lines, Markdown after them)."""
    match = re.match(r"---[ \t]*\r?\n(.*?)^---[ \t]*\r?$\n?", text, re.DOTALL | re.MULTILINE)
    return (match[1], text[match.end() :]) if match else (None, text)


def cut_at_headings(markdown: str) -> tuple[tuple[str, str], ...]:
    """(heading, Markdown) parts cut at ``## `` outside code; an opening has the heading ''."""
    parts: list[tuple[str, list[str]]] = [("", [])]
    fence: str | None = None
    for line in markdown.splitlines():
        opened = _FENCE.match(line)
        if opened and fence in (None, opened[1]):
            fence = None if fence else opened[1]
        if line.startswith("## ") and fence is None:
            parts.append((line[3:].strip(), []))
        else:
            parts[-1][1].append(line)
    cut = [(heading, "\n".join(lines).strip()) for heading, lines in parts]
    return tuple(part for part in cut if part[0] or part[1])


def anchor_of(heading: str) -> str:
    """'What the exam twists' as 'what-the-exam-twists'."""
    return re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-") or "part"
