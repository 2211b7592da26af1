from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from roadworthy import errors
from roadworthy.errors import RoadworthyError
from roadworthy.lint.rules import RULES
from roadworthy.pack.codes import CODES

ROOT = Path(__file__).resolve().parents[2]
MESSAGES = (ROOT / "docs" / "messages.md").read_text(encoding="utf-8")


def test_pages_of_rules_are_fresh() -> None:
    """docs/lint follows from the docstrings, one page a rule and one with all of them."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "lint_pages.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert len(list((ROOT / "docs" / "lint").glob("*.md"))) == len(RULES) + 1


def test_each_exception_has_an_entry() -> None:
    """docs/messages.md says what to do for each exception of errors.py, and for no other."""
    slugs = {
        kind.slug
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, RoadworthyError)
    }

    assert set(re.findall(r"^### ([a-z-]+)$", MESSAGES, re.MULTILINE)) == slugs


def test_each_problem_of_loading_has_an_entry() -> None:
    """The codes of pack/codes.py are listed with their slugs, and no others."""
    listed = re.findall(r"^- \*\*([a-z-]+)\*\* \((RW1\d\d)\):", MESSAGES, re.MULTILINE)

    assert dict(listed) == CODES


def test_each_lint_rule_has_an_entry() -> None:
    """The list at the end links the page of each rule."""
    listed = re.findall(r"\| (RW2\d\d) \| \[([a-z-]+)\]\(lint/", MESSAGES)

    assert listed == [(rule.code, rule.slug) for rule in RULES]
