"""The contributor's road: its commands and options exist, and so do the findings that it names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from roadworthy.cli.main import run
from roadworthy.lint.rules import RULES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
COMMAND = re.compile(r"roadworthy (pack [a-z]+(?: sheet| score)?)([^#`\n]*)")


def commands() -> list[tuple[str, str]]:
    """Each command of the group `pack` that the page names, with its options: once each."""
    found: dict[str, set[str]] = {}
    for name, rest in COMMAND.findall(PAGE):
        found.setdefault(name, set()).update(re.findall(r"--[a-z-]+", rest))
    return [(name, " ".join(sorted(options))) for name, options in found.items()]


@pytest.mark.parametrize(("name", "options"), commands())
def test_command_has_the_options_that_the_page_gives(
    name: str, options: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A renamed command or option is found here, before a newcomer finds it."""
    assert run([*name.split(), "--help"]) == 0

    helped = capsys.readouterr().out
    assert [option for option in options.split() if option not in helped] == []


def test_findings_that_the_page_names_exist() -> None:
    """Codes and slugs are those of lint rules."""
    table = PAGE.partition("| finding | mend |")[2].partition("\n\n")[0]
    slugs = set(re.findall(r"^\| ([a-z][a-z-]+)", table, flags=re.MULTILINE))
    codes = set(re.findall(r"RW2\d\d", PAGE))

    assert len(slugs) > 5
    assert slugs <= {rule.slug for rule in RULES}
    assert codes <= {rule.code for rule in RULES}


def test_last_step_names_what_check_needs() -> None:
    """`make docs` comes before `make check`, which fails until it has run."""
    step = PAGE.partition("**6. ")[2].partition("### ")[0]

    assert 0 < step.index("`make docs`") < step.index("`make check` and")
