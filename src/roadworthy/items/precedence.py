"""The order of steps: which states of the work are possible, and what is ready in each."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, pairwise, permutations

from roadworthy.pack.decision import Needs, StepsDecision

MOST_STATED = 4


@dataclass(frozen=True, slots=True)
class State:
    """A set of done steps that is closed downward, and the part of it that a stem states."""

    done: frozenset[str]
    stated: tuple[str, ...]  # done steps that no other done step presumes, in file order


class Precedence:
    """The partial order of a steps decision. Raises ValueError on a cycle or an unknown step."""

    def __init__(self, decision: StepsDecision) -> None:
        self.steps = list(decision.steps)
        self.edges: dict[tuple[str, str], Needs] = {}
        for name, step in decision.steps.items():
            for need in step.needs:
                if need.step not in decision.steps:
                    raise ValueError(f"step '{name}' needs the unknown step '{need.step}'")
                self.edges[(need.step, name)] = need
        self.before = {name: self._ancestors(name, ()) for name in self.steps}

    def _ancestors(self, name: str, path: tuple[str, ...]) -> frozenset[str]:
        if name in path:
            raise ValueError(f"the steps {' -> '.join((*path, name))} form a circle")
        direct = [first for first, then in self.edges if then == name]
        found = set(direct)
        for first in direct:
            found |= self._ancestors(first, (*path, name))
        return frozenset(found)

    def doubtful(self, name: str) -> bool:
        """Whether an edge into the step is unconfirmed."""
        return any(
            need.status != "confirmed" for (_, then), need in self.edges.items() if then == name
        )

    def states(self) -> list[State]:
        """All possible states that a stem can state in a few clauses, smallest first."""
        found: set[frozenset[str]] = {frozenset()}
        frontier = [frozenset[str]()]
        while frontier:
            grown = []
            for done in frontier:
                for name in self.ready(done):
                    more = done | {name}
                    if more not in found:
                        found.add(more)
                        grown.append(more)
            frontier = grown
        states = [State(done, self._stated(done)) for done in found]
        states = [state for state in states if 1 <= len(state.stated) <= MOST_STATED]
        return sorted(states, key=lambda state: (len(state.done), sorted(state.done)))

    def _stated(self, done: frozenset[str]) -> tuple[str, ...]:
        implied = frozenset().union(*(self.before[name] for name in done)) if done else frozenset()
        return tuple(name for name in self.steps if name in done and name not in implied)

    def ready(self, done: frozenset[str]) -> list[str]:
        """Steps that are not done and whose needs are done."""
        return [name for name in self.steps if name not in done and self.before[name] <= done]

    def missing(self, name: str, done: frozenset[str]) -> Needs:
        """The first unmet need of a step that is too early."""
        for first in self.steps:
            need = self.edges.get((first, name))
            if need is not None and first not in done:
                return need
        raise ValueError(f"step '{name}' is not too early")

    def chains(self, length: int) -> list[tuple[str, ...]]:
        """Step sequences of that length in which the order of each neighbouring pair is forced."""
        found = []
        for chosen in combinations(self.steps, length):
            for order in permutations(chosen):
                if all(first in self.before[then] for first, then in pairwise(order)):
                    found.append(order)
        return found

    def violations(self, order: tuple[str, ...]) -> list[tuple[str, str]]:
        """Pairs (first, then) that the order shows the wrong way round."""
        return [
            (order[late], order[early])
            for early in range(len(order))
            for late in range(early + 1, len(order))
            if order[late] in self.before[order[early]]
        ]

    def reason(self, first: str, then: str) -> Needs:
        """An edge on the way from ``first`` to ``then``, the direct one if there is one."""
        direct = self.edges.get((first, then))
        if direct is not None:
            return direct
        for (start, end), need in self.edges.items():
            if start == first and end in self.before[then]:
                return need
        raise ValueError(f"'{first}' does not come before '{then}'")
