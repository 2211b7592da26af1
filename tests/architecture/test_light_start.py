from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {
    "fastapi", "jinja2", "markdown_it", "nh3", "numpy", "pydantic", "rich", "sqlalchemy",
    "starlette", "uvicorn", "yaml",
}  # fmt: skip


def heavy_modules_of(statement: str) -> set[str]:
    """The heavy packages that a fresh interpreter has loaded after a statement."""
    script = f"import sys\n{statement}\nprint(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", script],
        env={"PYTHONPATH": str(ROOT / "src")},
        check=True,
        capture_output=True,
        text=True,
    )
    return HEAVY & set(loaded.stdout.split())


def test_command_line_starts_light() -> None:
    """`roadworthy --help` loads no web framework, database, number or content library."""
    assert heavy_modules_of("import roadworthy.cli.main") == set()


def test_heavy_import_is_red() -> None:
    """A heavy package at the top of a command module is found."""
    assert heavy_modules_of("import roadworthy.cli.main, yaml") == {"yaml"}
