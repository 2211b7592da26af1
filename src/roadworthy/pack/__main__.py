"""``python -m roadworthy.pack FOLDER [PART]``: problems of a pack, for authors at work.

PART keeps only problems of files whose path holds it. Exit 1 when there are errors.
"""

from __future__ import annotations

import sys
from pathlib import Path

from roadworthy.pack.load import read_pack
from roadworthy.problem import has_errors


def main(arguments: list[str]) -> int:
    """Print the problems of the pack in ``arguments[0]``, and how many things fitted."""
    if not arguments:
        print(__doc__)
        return 2
    reading = read_pack(Path(arguments[0]))
    part = arguments[1] if len(arguments) > 1 else ""
    problems = [one for one in reading.problems if part in one.place.file]
    for one in problems:
        print(one.as_text())
    decisions = len(reading.pack.decisions) if reading.pack else 0
    print(f"{len(problems)} problems; {decisions} decisions fit the schema.")
    return 1 if has_errors(problems) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
