"""What a change of a decision does to keys: situations whose key moved, that came, that went."""

from __future__ import annotations

from dataclasses import dataclass

from roadworthy.items.choice import ChoiceItems
from roadworthy.items.compute import ComputeItems
from roadworthy.items.exhibit import ExhibitItems
from roadworthy.items.generate import Generator, Maker
from roadworthy.items.recall import DECISION as LIMITS
from roadworthy.pack.limit import Limit
from roadworthy.pack.model import Pack


@dataclass(frozen=True, slots=True)
class Move:
    """One situation in words, with its key before and after; None where it is not asked."""

    situation: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class KeyMoves:
    """What became of the situations of one decision, or of all limits."""

    id: str
    same: int
    moved: tuple[Move, ...]
    appeared: tuple[Move, ...]
    vanished: tuple[Move, ...]

    @property
    def texts_only(self) -> bool:
        """Whether each situation is still asked and has its key."""
        return not (self.moved or self.appeared or self.vanished)


def key_moves(before: Generator, after: Generator, decision: str) -> KeyMoves:
    """The situations of a decision in two packs; in a pack that lacks it, it has none."""
    return _compared(decision, _of_decision(before, decision), _of_decision(after, decision))


def limit_moves(before: Pack, after: Pack) -> KeyMoves:
    """The limits of two packs, each with its answer as the key."""
    return _compared(LIMITS, _of_limits(before), _of_limits(after))


def pair_moves(before: Generator, after: Generator, pair: str) -> tuple[int, int]:
    """How many situations a pair of decisions makes in each pack; 0 where it is not there."""
    return _of_pair(before, pair), _of_pair(after, pair)


def _compared(
    name: str, old: dict[str, tuple[str, str]], new: dict[str, tuple[str, str]]
) -> KeyMoves:
    both = [one for one in old if one in new]
    return KeyMoves(
        id=name,
        same=sum(old[one][1] == new[one][1] for one in both),
        moved=tuple(
            Move(new[one][0], old[one][1], new[one][1])
            for one in both
            if old[one][1] != new[one][1]
        ),
        appeared=tuple(Move(new[one][0], None, new[one][1]) for one in new if one not in old),
        vanished=tuple(Move(old[one][0], old[one][1], None) for one in old if one not in new),
    )


def _of_decision(generator: Generator, decision: str) -> dict[str, tuple[str, str]]:
    """Situation id -> (in words, its key). Situation ids are the same in all versions of a pack."""
    if decision not in generator.pack.decisions:
        return {}
    return _keys(generator.maker(decision))


def _keys(maker: Maker) -> dict[str, tuple[str, str]]:
    if isinstance(maker, ChoiceItems):
        return {
            one.id: (_words(one.stated, one.goal), maker.solver.options[one.key])
            for one in maker.situations
        }
    if isinstance(maker, ComputeItems):
        return {name: (f"asked {name}", one.formula) for name, one in maker.quantities.items()}
    if isinstance(maker, ExhibitItems):
        # A fault in each world of names has the same key, so a fault is told once.
        return {fault: (f"fault {fault}", fault) for fault in maker.faults}
    states = {
        id_: (f"done: {', '.join(sorted(one.done))}", ", ".join(maker.order.ready(one.done)))
        for id_, one in maker.states.items()
    }
    chains = {
        id_: (f"the order of {', '.join(sorted(chain))}", " > ".join(chain))
        for id_, chain in maker.chains.items()
    }
    return states | chains


def _words(facts: dict[str, str], goal: str | None) -> str:
    parts = [f"{name} {value}" for name, value in facts.items()]
    return ", ".join([*parts, f"goal {goal}"] if goal else parts)


def _of_limits(pack: Pack) -> dict[str, tuple[str, str]]:
    return {name: (name, _answer(one)) for name, one in pack.limits.items()}


def _answer(limit: Limit) -> str:
    value = limit.word if limit.word is not None else f"{limit.number:g}"
    return " ".join(filter(None, (value, limit.unit)))


def _of_pair(generator: Generator, pair: str) -> int:
    if pair not in generator.pack.pairs:
        return 0
    maker = generator.pair_maker(pair)
    return maker.situations("practice") + maker.situations("mock")
