"""Finds a pip to install a lab's environment with; the program's own environment has none.

A repository holds the wheel of pip in ``tools/``, an installed Roadworthy in ``_pip/`` beside this
package. A wheel of pip runs as it lies, for any Python of the same age.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from roadworthy.errors import NotThere

_PACKAGE = Path(__file__).resolve().parents[1]


@contextmanager
def pip_command(python: str) -> Iterator[list[str]]:
    """The command that runs pip with that Python. Raises ``NotThere``."""
    for folder in (_PACKAGE / "_pip", _PACKAGE.parents[1] / "tools"):
        for wheel in sorted(folder.glob("pip-*.whl"), reverse=True):
            yield [python, str(wheel / "pip")]
            return
    if importlib.util.find_spec("pip") is not None:
        yield [sys.executable, "-m", "pip", "--python", python]
        return
    raise NotThere(
        "There is no pip to install a lab's packages with.",
        where=str(_PACKAGE),
        mend="Install Roadworthy again, or install pip into its environment.",
    )
