"""For authors at work: what one decision file yields, before the whole pack loads.

``python -m roadworthy.items.try_decision PACK_FOLDER DECISION_ID [--items N] [--seed S]``
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import yaml

from roadworthy.items.choice import ChoiceItems
from roadworthy.items.generate import Generator
from roadworthy.pack.catalog import Frames, SharedFacts, Term
from roadworthy.pack.decision import ChoiceDecision, ComputeDecision, StepsDecision


def draft(folder: Path, name: str) -> Generator:
    raw = yaml.load((folder / "decisions" / f"{name}.yaml").read_text(), Loader=yaml.CSafeLoader)
    kinds = {"compute": ComputeDecision, "steps": StepsDecision}
    decision = kinds.get(raw["kind"], ChoiceDecision).model_validate(raw)
    frames = Frames.model_validate(yaml.safe_load((folder / "frames.yaml").read_text()))
    terms = yaml.safe_load((folder / "terms.yaml").read_text()) or {}
    shared_file = folder / "facts.yaml"
    shared = (
        SharedFacts.model_validate(yaml.safe_load(shared_file.read_text())).facts
        if shared_file.exists()
        else {}
    )
    pack = SimpleNamespace(
        frames=frames,
        decisions={name: decision},
        decision_hashes={},
        hash="draft",
        terms={key: Term.model_validate(value) for key, value in terms.items()},
        decision=lambda _: decision,
        facts_of=lambda d: {k: shared[f] if isinstance(f, str) else f for k, f in d.facts.items()},
    )
    return Generator(pack)  # type: ignore[arg-type]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("decision")
    parser.add_argument("--items", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--length", choices=("brief", "exam"))
    parser.add_argument("--kind")
    parser.add_argument("--situations", action="store_true", help="list every situation")
    args = parser.parse_args()
    generator = draft(args.folder, args.decision)
    maker = generator.maker(args.decision)
    if isinstance(maker, ChoiceItems):
        report_choice(maker, args.situations)
    else:
        print("rules:", ", ".join(maker.rules()))
        if hasattr(maker, "states"):
            table = maker._tables["practice"]
            most = max(map(len, table.values()), default=0)
            print(
                f"states {len(maker.states)}, chains {len(maker.chains)}; option sets "
                f"{len(table)}; most keys in a set: {most} of 4, in "
                f"{sum(len(keys) == most for keys in table.values())} sets"
            )
            keys = Counter(key for one in table.values() if len(one) == most for key in one)
            print("keys in the best sets:", dict(keys))
    made = list(generator.sample(400, seed=args.seed, length=args.length, decision=args.decision))
    lengths = Counter()
    for item in made:
        low, high = (1, 45) if item.length == "brief" else (52, 101)
        stem_ok = low <= len(item.stem.split()) <= high
        words = [len(option.text.split()) for option in item.options]
        options_ok = (
            all(w <= 12 for w in words)
            if item.length == "brief"
            else all(14 <= w <= 52 for w in words)
        )
        lengths[(item.kind, item.length, "in" if stem_ok and options_ok else "OUT")] += 1
    print(f"{len(made)} items; lengths:", dict(lengths))
    if made and made[0].kind == "choice":
        print(
            f"goal decides {sum(i.goal_decides for i in made) / len(made):.0%}; a flip makes a "
            f"distractor the key {sum(any(f.key is not None for f in i.flips) for i in made) / len(made):.0%}; "
            f"common words {sum(common_share(i) for i in made) / len(made):.0%}"
        )
    guessers(made)
    shown = 0
    for item in made:
        if shown == args.items or (args.kind and item.kind != args.kind):
            continue
        shown += 1
        print(
            f"\n--- {item.kind} {item.length} {item.facts} goal={item.goal} "
            f"stem {len(item.stem.split())} words, frame {item.frame}"
        )
        print(item.stem)
        for letter, option in zip("ABCDE", item.options, strict=False):
            print(
                f" {letter}{'*' if option.correct else ' '} {option.text}  ({len(option.text.split())} w)"
            )
            print(f"      {option.strength or 'key'}: {option.rationale} {list(option.rules)}")
        for flip in item.flips[:2]:
            print(f"   flip: {flip.instead} -> {'none' if flip.key is None else 'ABCDE'[flip.key]}")


def common_share(item) -> float:
    sets = [set(option.text.lower().strip(".").split()) for option in item.options]
    common = set.intersection(*sets)
    return sum(len(common) / len(one) for one in sets) / len(sets)


def guessers(items: list) -> None:
    """How often simple rules of thumb find the key; chance is 25%."""
    hits: Counter[str] = Counter()
    counted = [item for item in items if item.kind in ("choice", "diagnosis", "next_step")]
    for item in counted:
        texts = [option.text for option in item.options]
        stem = {word.strip(".,;").lower() for word in item.stem.split() if len(word) > 3}
        over = [
            len({w.strip(".,;").lower() for w in t.split()} & stem) / len(t.split()) for t in texts
        ]
        sizes = [len(t.split()) for t in texts]
        for name, values in (
            ("longest", sizes),
            ("shortest", [-s for s in sizes]),
            ("most overlap", over),
            ("least overlap", [-o for o in over]),
        ):
            best = max(values)
            ties = [i for i, v in enumerate(values) if v == best]
            hits[name] += (item.key in ties) / len(ties)
    for name, value in hits.items():
        print(f"  guesser {name}: {value / max(1, len(counted)):.1%}")


def report_choice(maker: ChoiceItems, list_all: bool) -> None:
    names = maker.solver.options
    sets = maker.practice
    print(
        f"situations {len(maker.situations)} (practice {len(sets.situations)}, "
        f"reserved {len(maker.mock.situations)}); goal decides in "
        f"{sum(s.goal_decides for s in maker.situations)}"
    )
    print("keys:", dict(Counter(names[s.key] for s in maker.situations)))
    print(
        f"option sets {len(sets.table)}; best sets have {sets.symmetry} of 4 as keys: {len(sets.symmetric)}"
    )
    for options in sets.symmetric[:30]:
        print(
            "   ",
            [names[p] for p in options],
            {names[k]: len(v) for k, v in sets.table[options].items()},
        )
    never = set(names) - {names[p] for one in sets.symmetric for p in one}
    if never:
        print("NOT in any best set:", sorted(never))
    reached = sets.rules_reached()
    missing = [r.id for i, r in enumerate(maker.decision.rules) if i not in reached]
    print("rules never the sole reason:", missing or "none")
    goals = {
        g
        for g in maker.decision.goals
        if any(s.goal == g and s.goal_decides for s in maker.situations)
    }
    print("goals that decide:", sorted(goals), "of", sorted(maker.decision.goals))
    if list_all:
        for s in maker.situations:
            print(
                "  ",
                dict(s.facts),
                "goal",
                s.goal,
                "-> KEY",
                names[s.key],
                {n: c for n, c in zip(names, s.classes, strict=True) if c != "key"},
            )


if __name__ == "__main__":
    main()
