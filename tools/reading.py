"""Blind reading: a sheet of items without keys, and its score against the derived keys.

    python tools/reading.py sheet --count 60 --seed 7 --out docs/reviews/NAME
        writes NAME.sheet.md (for readers), NAME.options.md (the control: options only) and
        NAME.items.jsonl (with keys; readers never see it)
    python tools/reading.py score docs/reviews/NAME READER.jsonl [READER.jsonl …]
        each line of a reader: {"n": 1, "key": "B", "also": ["C"], "why": "…"}

Items come in turn from all decisions, half brief and half exam length.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from roadworthy.items.generate import Generator
from roadworthy.pack.find import find_pack
from roadworthy.pack.load import load_pack

LETTERS = "ABCDE"


def sheet(count: int, seed: int, out: Path, leave_out: list[str]) -> int:
    """Write the three files; returns the exit code."""
    pack, problems = load_pack(find_pack("gcp-pmle"))
    if pack is None:
        print(f"the pack has {len(problems)} problems", file=sys.stderr)
        return 2
    for name in leave_out:
        pack.decisions.pop(name, None)
    items = list(Generator(pack).sample(count, seed=seed))
    out.parent.mkdir(parents=True, exist_ok=True)
    head = f"# Reading sheet, seed {seed}, {len(items)} items, pack {pack.hash}\n"
    with_stems, options_only, keys = [head], [head], []
    for number, item in enumerate(items, 1):
        options = "\n".join(
            f"   {LETTERS[place]}. {option.text}" for place, option in enumerate(item.options)
        )
        with_stems.append(f"\n## {number}\n\n{item.stem}\n\n{options}\n")
        options_only.append(f"\n## {number}\n\n{options}\n")
        keys.append(json.dumps({"n": number, "key": LETTERS[item.key], **item.as_json()}))
    out.with_suffix(".sheet.md").write_text("".join(with_stems))
    out.with_suffix(".options.md").write_text("".join(options_only))
    out.with_suffix(".items.jsonl").write_text("\n".join(keys) + "\n")
    print(f"{len(items)} items in {out}.sheet.md")
    return 0


def score(name: Path, readers: list[Path]) -> int:
    """Print agreement by reader and decision, and every disagreement with its rules."""
    items = [json.loads(line) for line in name.with_suffix(".items.jsonl").read_text().splitlines()]
    for reader in readers:
        answers = {one["n"]: one for one in map(json.loads, reader.read_text().splitlines()) if one}
        agreed = sum(answers.get(item["n"], {}).get("key") == item["key"] for item in items)
        also = sum(bool(answers.get(item["n"], {}).get("also")) for item in items)
        print(f"{reader.name}: {agreed} of {len(items)} agree; 'also defensible' on {also}")
    for item in items:
        for reader in readers:
            lines = map(json.loads, reader.read_text().splitlines())
            told = next((one for one in lines if one["n"] == item["n"]), None)
            if told is None or told["key"] != item["key"]:
                said = f"{told['key']}: {told.get('why', '')}" if told else "no answer"
                print(f"\n{item['n']} {item['decision']} {item['facts']} goal {item['goal']}")
                print(f"   key {item['key']}; {reader.name} said {said}")
            elif told.get("also"):
                print(f"\n{item['n']} {item['decision']}: also {told['also']}: {told.get('why')}")
    return 0


def main() -> int:
    """Parse and run."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("sheet")
    one.add_argument("--count", type=int, default=60)
    one.add_argument("--seed", type=int, required=True)
    one.add_argument("--out", type=Path, required=True)
    one.add_argument("--leave-out", nargs="*", default=[])
    two = commands.add_parser("score")
    two.add_argument("name", type=Path)
    two.add_argument("readers", type=Path, nargs="+")
    args = parser.parse_args()
    if args.command == "sheet":
        return sheet(args.count, args.seed, args.out, args.leave_out)
    return score(args.name, args.readers)


if __name__ == "__main__":
    sys.exit(main())
