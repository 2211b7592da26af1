from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# A module that may not exist yet, the import that it may not have, and the contract it breaks.
FORBIDDEN = [
    ("pack/intruder_up.py", "import roadworthy.cli.main", "Imports run downward"),
    ("journal/intruder_aside.py", "import roadworthy.items.intruder", "Imports run downward"),
    ("learner/intruder_web.py", "import starlette.requests", "fastapi and starlette only in web"),
    ("workspace_intruder.py", "import roadworthy.errors", "Imports run downward"),
    ("web/intruder_typer.py", "import typer", "typer, click and rich only in cli"),
    ("study/intruder_sql.py", "import sqlalchemy", "sqlalchemy only in journal"),
]
SIGNS = [  # what the report must say of each, in the order above
    "roadworthy.pack is not allowed to import roadworthy.cli",
    "roadworthy.journal is not allowed to import roadworthy.items",
    "roadworthy.learner.intruder_web -> starlette",
    "workspace_intruder",
    "roadworthy.web.intruder_typer -> typer",
    "roadworthy.study.intruder_sql -> sqlalchemy",
]


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter with the project's contracts on a source tree."""
    program = Path(sys.executable).parent / "lint-imports"
    return subprocess.run(
        [program, ROOT / "pyproject.toml", "--no-cache"],
        cwd=root,
        env={"PYTHONPATH": str(root / "src"), "COLUMNS": "200", "LC_ALL": "C.UTF-8"},
        check=False,
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def report_on_intruders(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What import-linter says of a copy of the source with forbidden imports added."""
    root = tmp_path_factory.mktemp("intruded")
    source = root / "src" / "roadworthy"
    shutil.copytree(
        ROOT / "src" / "roadworthy", source, ignore=shutil.ignore_patterns("static", "__pycache__")
    )
    for name, line, _ in [*FORBIDDEN, ("items/intruder.py", "", "")]:
        module = source / name
        module.parent.mkdir(exist_ok=True)
        (module.parent / "__init__.py").touch()
        module.write_text(line + "\n")
    linted = lint_imports(root)
    assert linted.returncode == 1, linted.stdout + linted.stderr
    return " ".join(linted.stdout.split())


def test_source_keeps_its_layers() -> None:
    """Every import of the source runs downward, and frameworks stay in their layer."""
    linted = lint_imports(ROOT)

    assert linted.returncode == 0, linted.stdout + linted.stderr


@pytest.mark.parametrize(
    ("contract", "sign"),
    [(contract, sign) for (_, _, contract), sign in zip(FORBIDDEN, SIGNS, strict=True)],
    ids=[name for name, _, _ in FORBIDDEN],
)
def test_forbidden_import_is_red(report_on_intruders: str, contract: str, sign: str) -> None:
    """An import upward, aside, or of another layer's framework breaks its contract by name."""
    assert f"{contract} BROKEN" in report_on_intruders
    assert sign in report_on_intruders
