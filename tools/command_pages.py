"""The help of every command as text, for docs/cli.md; called from its generated block."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROGRAM = Path(sys.executable).parent / "roadworthy"


def all_help() -> str:
    """A heading and the help at 80 columns of the program, its groups and its commands."""
    return "\n".join(_pages(()))


def _pages(path: tuple[str, ...]) -> list[str]:
    text = _help(path)
    page = f"## {' '.join(('roadworthy', *path))}\n\n```text\n{text.strip()}\n```\n"
    return [page, *(part for name in _commands(text) for part in _pages((*path, name)))]


def _help(path: tuple[str, ...]) -> str:
    return subprocess.run(
        [PROGRAM, *path, "--help"],
        env={"COLUMNS": "80", "TERMINAL_WIDTH": "80", "LC_ALL": "C.UTF-8", "NO_COLOR": "1"},
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def _commands(help_text: str) -> list[str]:
    """Names below "Commands:" in a help text: those lines that are indented by two."""
    _, found, listing = help_text.partition("\nCommands:\n")
    if not found:
        return []
    return [line.split()[0] for line in listing.splitlines() if line[:2] == "  " != line[1:3]]
