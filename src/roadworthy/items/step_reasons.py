"""Why a step is the next one, too early, or done already; and what follows once the key is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from roadworthy.items.item import Flip, ShownOption
from roadworthy.items.phrase import capitalized, fill
from roadworthy.items.precedence import Precedence, State
from roadworthy.pack.decision import Needs, StepsDecision


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
        return (Flip(key, fill(steps[key].done[0], words), place, cells, why),)
