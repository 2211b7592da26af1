from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

from roadworthy.journal.kinds import KINDS

TOOL = Path(__file__).parents[2] / "tools" / "journal_schema.py"


def test_the_page_is_fresh() -> None:
    """docs/journal-schema.md is what the code says today; mend: python tools/journal_schema.py."""
    spec = importlib.util.spec_from_file_location("journal_schema", TOOL)
    assert spec is not None and spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert tool.PAGE.read_text(encoding="utf-8") == tool.page()
    for kind in KINDS:
        assert f"### `{kind}`" in tool.page()


def test_a_stale_page_is_noticed(tmp_path: Path) -> None:
    """The check exits 1 when the page differs from the code."""
    (tmp_path / "tools").mkdir()
    (tmp_path / "docs").mkdir()
    copy = tmp_path / "tools" / "journal_schema.py"
    copy.write_text(TOOL.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "docs" / "journal-schema.md").write_text("# Old\n", encoding="utf-8")
    done = subprocess.run([sys.executable, copy, "--check"], capture_output=True, text=True)
    assert done.returncode == 1
    assert "is not fresh" in done.stdout
