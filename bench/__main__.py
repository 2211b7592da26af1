"""``python -m bench NAME [--json] [--data DIR] [--quick] [--no-peers]``: run one measurement.

Each measurement is a module of this folder with ``main(arguments) -> exit code``; one that does not
exist yet says so in one line.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys

from roadworthy.errors import RoadworthyError

MODULES = {
    "predict": "bench.predict",
    "pass": "bench.pass_later",  # pass is a word of Python
    "calibrate": "bench.calibrate",
    "policy": "bench.policy",
    "readiness": "bench.readiness",
    "speed": "bench.speed",
    "forms": "bench.forms",
}


def main(arguments: list[str]) -> int:
    """Run the measurement named first; 2 for a name or data that cannot be used."""
    if not arguments or arguments[0] not in MODULES:
        print(
            f"usage: python -m bench {{{','.join(MODULES)}}} "
            "[--json] [--data DIR] [--quick] [--no-peers]",
            file=sys.stderr,
        )
        return 2
    name = arguments[0]
    if importlib.util.find_spec(MODULES[name]) is None:
        print(f"The measurement {name} does not exist yet.", file=sys.stderr)
        return 2
    try:
        return int(importlib.import_module(MODULES[name]).main(arguments[1:]))
    except RoadworthyError as error:
        print(error, file=sys.stderr)
        return error.exit_code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
