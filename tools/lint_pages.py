"""Write ``docs/lint/`` from the docstrings of the lint rules; ``--check`` only compares.

One page a rule, and README.md with all of them. A docstring begins with one sentence, and has
three parts: What, Why and Example. ``table`` also fills a block of docs/messages.md.
"""

from __future__ import annotations

import inspect
import sys
from pathlib import Path
from typing import Final

from roadworthy.lint.rule import LintRule
from roadworthy.lint.rules import RULES

FOLDER: Final = Path(__file__).parents[1] / "docs" / "lint"
PARTS: Final = ("What", "Why", "Example")
HEAD: Final = """\
# Lint rules

Written by `python tools/lint_pages.py` from the docstrings in `src/roadworthy/lint/rules`; don't
edit these pages by hand. `roadworthy pack lint` checks all of them, `--select` one of them, and
`roadworthy pack try ID` those that bear on one decision. An error makes `pack lint` exit with 1.

"""


def pages() -> dict[str, str]:
    """File name -> content of all pages. Raises ValueError for a docstring that lacks a part."""
    made = {f"{rule.slug}.md": page(rule) for rule in RULES}
    made["README.md"] = f"{HEAD}{table('')}\n"
    return made


def page(rule: type[LintRule]) -> str:
    """The page of one rule."""
    summary, parts = sections(rule)
    text = f"# {rule.slug} ({rule.code}, {rule.severity})\n\n{summary}\n"
    for name in PARTS:
        text += f"\n## {name}\n\n{parts[name]}\n"
    module = f"src/{rule.__module__.replace('.', '/')}.py"
    return text + f"\nThe rule is in `{module}`; where it finds nothing, {rule.verifies}.\n"


def sections(rule: type[LintRule]) -> tuple[str, dict[str, str]]:
    """The first sentence of a docstring and its parts, in Markdown."""
    lines = inspect.cleandoc(rule.__doc__ or "").replace("``", "`").splitlines()
    parts: dict[str, list[str]] = {"": []}
    current = ""
    for line in lines:
        if line in PARTS:
            current = line
            parts[current] = []
        else:
            parts[current].append(line.removeprefix("    ") if current else line)
    missing = [name for name in PARTS if not "".join(parts.get(name, [])).strip()]
    if missing or not "".join(parts[""]).strip():
        raise ValueError(
            f"the docstring of {rule.__name__} lacks {', '.join(missing) or 'a start'}"
        )
    texts = {name: "\n".join(part).strip() for name, part in parts.items()}
    return texts.pop(""), texts


def table(folder: str) -> str:
    """A row for each rule, with links to its page below ``folder`` ('' or 'lint/')."""
    rows = ["| code | rule | | what it reports |", "| --- | --- | --- | --- |"]
    for rule in RULES:
        summary = " ".join(sections(rule)[0].split())
        link = f"[{rule.slug}]({folder}{rule.slug}.md)"
        rows.append(f"| {rule.code} | {link} | {rule.severity} | {summary} |")
    return "\n".join(rows)


def main(arguments: list[str]) -> int:
    """Write or check all pages, and return the exit code."""
    made = pages()
    FOLDER.mkdir(exist_ok=True)
    there = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    stale = sorted(name for name in {*made, *there} if made.get(name) != there.get(name))
    if "--check" in arguments:
        for name in stale:
            print(f"docs/lint/{name} is stale. Mend: make docs", file=sys.stderr)
        return int(bool(stale))
    for name in stale:
        if name in made:
            (FOLDER / name).write_text(made[name], encoding="utf-8")
        else:
            (FOLDER / name).unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
