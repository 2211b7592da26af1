"""Build CHANGELOG.md from the fragments in changelog/, whose README says how to write one."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TYPES = ("removed", "deprecated", "added", "changed", "fixed")
FRAGMENT = re.compile(r"(?P<name>[a-z0-9-]+)\.(?P<type>[a-z]+)\.md")
RELEASE = re.compile(r"(?P<date>\d{4}-\d\d-\d\d)-v(?P<version>[0-9][0-9a-z.]*)")
HEAD = """\
# Changes

For those who study with Roadworthy. Built by `make docs` from the files in `changelog/`.
"""


class FragmentRefused(Exception):
    """A file in changelog/ that has no place in CHANGELOG.md; the text says why."""


def build(folder: Path) -> str:
    """The text of CHANGELOG.md: what is not released yet, then the releases, newest first.

    Raises FragmentRefused for a file whose name or text does not follow changelog/README.md.
    """
    parts = [HEAD]
    unreleased = _entries(folder)
    if unreleased:
        parts.append(f"## Not released yet\n\n{unreleased}")
    releases = sorted((path for path in folder.iterdir() if path.is_dir()), reverse=True)
    for release in releases:
        named = RELEASE.fullmatch(release.name)
        if named is None:
            raise FragmentRefused(f"{release.name}: name a release like 2026-11-30-v0.1.0.")
        parts.append(f"## {named['version']} ({named['date']})\n\n{_entries(release)}")
    return "\n".join(parts)


def _entries(folder: Path) -> str:
    """The fragments of one folder by type, an empty line between entries."""
    by_type: dict[str, list[str]] = {name: [] for name in TYPES}
    for path in sorted(folder.glob("*.md")):
        if path.name == "README.md":
            continue
        named = FRAGMENT.fullmatch(path.name)
        if named is None or named["type"] not in TYPES:
            raise FragmentRefused(f"{path.name}: name it <what>.<{'|'.join(TYPES)}>.md.")
        text = path.read_text(encoding="utf-8").strip()
        if not text or text.startswith(("#", "-", "*")):
            raise FragmentRefused(f"{path.name}: write plain sentences, one entry a file.")
        by_type[named["type"]].append("- " + text.replace("\n", "\n  ") + "\n")
    return "\n".join(
        f"### {name.capitalize()}\n\n" + "\n".join(entries)
        for name, entries in by_type.items()
        if entries
    )
