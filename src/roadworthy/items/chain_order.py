"""The options of an order item: one true chain and three with steps swapped.

Two options are one swap away from their parent and one is two away; the parent of the others is
drawn among them, so the key is not the option that all others resemble.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from random import Random

from roadworthy.items.item import ShownOption
from roadworthy.items.phrase import capitalized, fill
from roadworthy.items.precedence import Precedence
from roadworthy.pack.decision import StepsDecision

Chain = tuple[str, ...]


def swapped(chain: Chain, place: int) -> Chain:
    """The chain with the steps at ``place`` and ``place + 1`` exchanged."""
    order = list(chain)
    order[place], order[place + 1] = order[place + 1], order[place]
    return tuple(order)


def wrong_chains(chain: Chain, random: Random, breaks: int | None = None) -> list[Chain]:
    """Three different wrong orders; with even odds the key or a wrong one is their center.

    ``breaks`` is the place of a pair that one of the swaps must turn round.
    """
    places = list(range(len(chain) - 1))
    random.shuffle(places)
    if breaks is not None:
        places.remove(breaks)
        places.insert(0, breaks)
    first = swapped(chain, places[0])
    if random.random() < 0.5:
        others = [swapped(chain, places[1]), swapped(first, places[1])]
    else:
        others = [swapped(first, place) for place in places[1:3]]
    return [first, *others]


def order_options(
    decision: StepsDecision,
    order: Precedence,
    chain: Chain,
    random: Random,
    words: Mapping[str, str],
    rule: str | None = None,
) -> tuple[ShownOption, ...]:
    """Key and distractors in shown order, each with its rationale; one breaks ``rule`` if given."""
    breaks = next(
        (
            place
            for place, (first, then) in enumerate(pairwise(chain))
            if f"{decision.id}.{order.reason(first, then).id}" == rule
        ),
        None,
    )
    names = {name: fill(decision.steps[name].name, words) for name in chain}
    shown = []
    for candidate in [chain, *wrong_chains(chain, random, breaks)]:
        text = "; ".join(
            names[name] if place else capitalized(names[name])
            for place, name in enumerate(candidate)
        )
        broken = order.violations(candidate)
        if not broken:
            last = decision.steps[chain[-1]].fits
            shown.append(
                ShownOption(
                    " > ".join(candidate),
                    "this order",
                    text + ".",
                    True,
                    "Each step finds what it needs done before it. "
                    f"{capitalized(fill(last.because, words))}.",
                    (),
                    last.source,
                    last.checked.isoformat(),
                    None,
                )
            )
            continue
        needs = [order.reason(first, then) for first, then in broken]
        first, then = broken[0]
        rationale = (
            f"'{capitalized(names[then])}' stands before '{names[first]}': "
            f"{fill(needs[0].because, words)}."
        )
        shown.append(
            ShownOption(
                " > ".join(candidate),
                "this order",
                text + ".",
                False,
                rationale,
                tuple(dict.fromkeys(f"{decision.id}.{need.id}" for need in needs)),
                needs[0].source,
                needs[0].checked.isoformat(),
                needs[0].strength,
                needs[0].misconception,
            )
        )
    random.shuffle(shown)
    return tuple(shown)
