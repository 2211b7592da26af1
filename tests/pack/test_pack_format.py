from __future__ import annotations

import runpy
from pathlib import Path

from roadworthy.pack.codes import CODES
from roadworthy.pack.load import CATALOG

ROOT = Path(__file__).parents[2]
PROGRAM = runpy.run_path(str(ROOT / "tools" / "pack_format.py"))


def test_page_is_fresh() -> None:
    """docs/pack-format.md is what the models say. Mend: python tools/pack_format.py."""
    page = (ROOT / "docs" / "pack-format.md").read_text(encoding="utf-8")
    assert page == PROGRAM["page"]()


def test_page_names_every_file_and_code() -> None:
    """An author finds each file, and each code that loading reports."""
    page = PROGRAM["page"]()
    assert [name for name in CATALOG if f"### {name}" not in page] == []
    assert [slug for slug in CODES if f"`{slug}`" not in page] == []


def test_each_field_has_a_meaning() -> None:
    """No row of a table of fields ends in an empty cell."""
    rows = [line for line in PROGRAM["page"]().splitlines() if line.startswith("| ")]
    assert [row for row in rows if row.rstrip("| ").endswith("|") or "|  |" in row] == []
