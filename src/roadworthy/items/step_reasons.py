"""Why a step is the next one, too early, or done already; and what follows once the key is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from roadworthy.items.item import ArgueRow, Flip, ShownOption
from roadworthy.items.phrase import capitalized, fill
from roadworthy.items.precedence import Precedence, State
from roadworthy.pack.decision import Needs, StepsDecision

NOTHING_ELSE = "nothing beyond that is done yet"


@dataclass(frozen=True)
class StepReasons:
    """Rationales and flips of next_step items of one decision."""

    decision: StepsDecision
    order: Precedence

    def option(
        self, name: str, key: str, state: State, text: str, words: Mapping[str, str]
    ) -> ShownOption:
        """One shown step with its rationale, rule, source and strength."""
        step = self.decision.steps[name]
        title = fill(step.name, words)
        if name == key:
            fits = step.fits
            reason = f"{capitalized(fill(fits.because, words))}."
            day = fits.checked.isoformat()
            return ShownOption(name, title, text, True, reason, (), fits.source, day, None)
        if name in state.done:
            need = self._edge_of(name)
            strength = "unrequested_work"
            reason = (
                f"This is done already: {fill(step.done[0], words)}. "
                f"{capitalized(fill(self.decision.done_twice, words))}."
            )
        else:
            need = self.order.missing(name, state.done)
            strength = need.strength
            first = fill(self.decision.steps[need.step].name, words)
            reason = f"Too early: '{first}' is still missing, and {fill(need.because, words)}."
            if self.order.before[name] - state.done == {need.step}:
                reason += " It would be the key once that is done."
        return ShownOption(
            name,
            title,
            text,
            False,
            reason,
            (f"{self.decision.id}.{need.id}",),
            need.source,
            need.checked.isoformat(),
            strength,
            need.misconception,
        )

    def argue(
        self, state: State, shown: tuple[ShownOption, ...], key: str, words: Mapping[str, str]
    ) -> tuple[ArgueRow, ...]:
        """A row for each stated step with the shown steps that it presumes, then what is missing.

        Every option but the key has its rule in one row.
        """
        rows = []
        placed = {key}
        for name in state.stated:
            implied = {name} | self.order.before[name]
            cells = tuple(
                option.rules if option.id in implied and option.id not in placed else ()
                for option in shown
            )
            placed |= implied
            rows.append(ArgueRow(name, fill(self.decision.steps[name].done[0], words), cells))
        early = tuple(option.rules if option.id not in placed else () for option in shown)
        if any(early):
            rows.append(ArgueRow("rest", NOTHING_ELSE, early))
        return tuple(rows)

    def _edge_of(self, name: str) -> Needs:
        """The rule that a done step belongs to: the first edge that leaves or enters it."""
        for (first, then), need in self.order.edges.items():
            if name in (first, then):
                return need
        raise ValueError(f"step '{name}' stands alone")

    def flips(
        self, shuffled: list[str], key: str, state: State, words: Mapping[str, str]
    ) -> tuple[Flip, ...]:
        """What if the key were done as well: which of the shown steps is ready then?"""
        done = state.done | {key}
        ready = [name for name in self.order.ready(done) if name in shuffled]
        if len(ready) > 1:
            return ()
        steps = self.decision.steps
        cells = tuple(
            "key" if name in ready else "done" if name in done else "too early" for name in shuffled
        )
        why = (
            f"{capitalized(fill(steps[ready[0]].fits.because, words))}."
            if ready
            else "Each of the shown steps is done already or too early."
        )
        place = shuffled.index(ready[0]) if ready else None
        instead = f"this is done too: {fill(steps[key].name, words)}"
        return (Flip(key, instead, place, cells, why),)
