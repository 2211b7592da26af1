"""``python -m bench NAME``: run one measurement."""

from __future__ import annotations

import sys

from bench import forms

RUNS = {"forms": forms.main}

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in RUNS:
        print(f"usage: python -m bench {{{','.join(RUNS)}}} [options]", file=sys.stderr)
        sys.exit(2)
    sys.exit(RUNS[sys.argv[1]](sys.argv[2:]))
