"""Write the generated parts of the documentation anew; with --check, only say what would change.

A page is kept fresh in one of two ways. It has a block that cog fills, as docs/cli.md has: such
pages are found by themselves. Or a program in tools/ writes it whole and knows --check: those are
listed below. CHANGELOG.md is built from changelog/. Exit 1 where --check finds a stale page.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from changelog import FragmentRefused, build

ROOT = Path(__file__).resolve().parent.parent
PAGE_PROGRAMS = ("exchange_schema.py", "journal_schema.py", "lint_pages.py", "pack_format.py")
BLOCK = "[[" + "[cog"  # in two parts, so that cog does not take this line for one


def main(arguments: list[str]) -> int:
    """Check or write all pages, and return the exit code."""
    check = "--check" in arguments
    pages = pages_with_blocks()
    try:
        stale = changelog_is_stale(check=check)
    except FragmentRefused as refusal:
        print(f"changelog/{refusal}", file=sys.stderr)
        return 1
    if pages:
        mode = ["--check", "--diff", "--check-fail-msg=Mend: make docs"] if check else ["-r"]
        command = [sys.executable, "-m", "cogapp", "--verbosity=1", *mode]
        command += ["-I", str(ROOT / "tools"), *pages]
        stale |= subprocess.run(command, cwd=ROOT, check=False).returncode != 0
    for program in PAGE_PROGRAMS:
        command = [sys.executable, str(ROOT / "tools" / program), *(["--check"] if check else [])]
        stale |= subprocess.run(command, cwd=ROOT, check=False).returncode != 0
    if stale:
        return 1
    count = len(pages) + len(PAGE_PROGRAMS)
    print(f"{count} generated pages and CHANGELOG.md are {'fresh' if check else 'written'}.")
    return 0


def pages_with_blocks() -> list[str]:
    """Paths, below the repository root, of the Markdown pages that hold a block for cog."""
    candidates = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    return sorted(
        str(path.relative_to(ROOT))
        for path in candidates
        if BLOCK in path.read_text(encoding="utf-8")
    )


def changelog_is_stale(*, check: bool) -> bool:
    """Whether CHANGELOG.md does not follow from its fragments; written anew unless ``check``."""
    target = ROOT / "CHANGELOG.md"
    built = build(ROOT / "changelog")
    if target.exists() and target.read_text(encoding="utf-8") == built:
        return False
    if check:
        print("CHANGELOG.md does not follow from changelog/. Mend: make docs", file=sys.stderr)
        return True
    target.write_text(built, encoding="utf-8")
    return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
