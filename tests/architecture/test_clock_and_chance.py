from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
READS = [
    ("from datetime import UTC, datetime\n", "now = datetime.now(UTC)\n"),
    ("import datetime\n", "today = datetime.date.today()\n"),
    ("import time\n", "started = time.time()\n"),
    ("import random\n", "chosen = random.choice([1, 2])\n"),
    ("import numpy as np\n", "drawn = np.random.rand(3)\n"),
]


def complaints(module: str, code: str) -> str:
    """What ruff says, with the project's rules, of code as if it lay in a module."""
    program = Path(sys.executable).parent / "ruff"
    checked = subprocess.run(
        [
            program,
            "check",
            "--no-cache",
            "--output-format=concise",
            "--stdin-filename",
            module,
            "-",
        ],
        cwd=ROOT,
        input=f'"""A module."""\n\n{code}',
        check=False,
        capture_output=True,
        text=True,
    )
    return checked.stdout


@pytest.mark.parametrize(("line", "use"), READS, ids=[use.split(" = ")[1] for _, use in READS])
def test_clock_or_chance_below_the_faces_is_red(line: str, use: str) -> None:
    """Below the faces a module that reads the clock or draws by global chance is found."""
    found = complaints("src/roadworthy/learner/intruder.py", f"{line}\n{use}")

    assert any(code in found for code in ("TID251", "NPY002", "DTZ011")), found


def test_faces_may_read_the_clock() -> None:
    """The command line reads the clock, to hand the time down."""
    line, use = READS[0]

    assert "TID251" not in complaints("src/roadworthy/cli/intruder.py", f"{line}\n{use}")
