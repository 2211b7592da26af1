"""Write docs/exchange.schema.json; with --check, exit 1 where it is not what the code says."""

from __future__ import annotations

import sys
from pathlib import Path

from roadworthy.exchange.json_out import schema_text

PAGE = Path(__file__).resolve().parent.parent / "docs" / "exchange.schema.json"


def main(arguments: list[str]) -> int:
    """Check or write the file, and return the exit code."""
    text = schema_text()
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == text:
        return 0
    if "--check" in arguments:
        print("docs/exchange.schema.json is stale. Mend: make docs", file=sys.stderr)
        return 1
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
