"""What responses and lessons do to the memory of rules and to wrong beliefs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from roadworthy.learner.memory import (
    FAILURE,
    READING,
    SUCCESS,
    days_between,
    memory_logit,
    strengthened,
)
from roadworthy.learner.state import Before, Response, RuleMemory, WrongBelief
from roadworthy.learner.weights import Weights
from roadworthy.learner.workbench import Workbench

T = TypeVar("T")
SURE = 3
"""The highest of the three levels of confidence."""
HOLDS_TO_CLOSE = 2
DAY_LATER = timedelta(hours=16)
"""One of the holds must come this long after the miss: the next evening, not the same one."""


class Learning:
    """Applies evidence to a workbench."""

    def __init__(self, bench: Workbench, weights: Weights) -> None:
        self.bench = bench
        self.weights = weights

    def taught(self, rules: Iterable[str], at: datetime) -> None:
        """Rules were read about; the first time is kept as when they were met."""
        known = self.bench.own_rules()
        before = self.bench.before
        for rule in rules:
            if before is not None and rule in before.rules:
                self.bench.before = None
            memory = known.get(rule) or _unmet(rule)
            memory = self._traced(memory, at, READING, 1.0)
            known[rule] = replace(
                memory, met_at=memory.met_at or at, readings=(*memory.readings, at)
            )

    def take(self, response: Response) -> None:
        """Keep a response and let it change memory and wrong beliefs, if it has weight."""
        response = replace(response, memory=self._memory_before(response))
        self.bench.own_responses().append(response)
        touched = {*response.rules, *response.blamed}
        self.bench.before = Before(
            response.presentation,
            {rule: self.bench.rules.get(rule) for rule in touched},
            {rule: self.bench.wrong.get(rule) for rule in touched},
        )
        self._learn(response)

    def take_back(self, presentation: str) -> None:
        """Undo a response as if it had never been given. Its item stays seen."""
        before, responses = self.bench.before, self.bench.own_responses()
        self.bench.before = None
        if before is not None and before.presentation == presentation:
            responses.pop()
            _put_back(self.bench.own_rules(), before.rules)
            _put_back(self.bench.own_wrong(), before.wrong)
            return
        place = next(
            (n for n, one in enumerate(responses) if one.presentation == presentation), None
        )
        if place is None:
            return
        gone = responses.pop(place)
        if place == len(responses):
            self._relearn({*gone.rules, *gone.blamed}, anew=False)
        else:
            # Later responses stood on memory that has changed. Only merged journals hold this.
            self._relearn(set(self.bench.rules), anew=True)

    def _relearn(self, rules: set[str], *, anew: bool) -> None:
        """Learn ``rules`` again from the responses that are left and the lessons that were read.

        ``anew``: also note again for each response what memory was before it.
        """
        known, wrong = self.bench.own_rules(), self.bench.own_wrong()
        read = [(at, rule) for rule in rules if rule in known for at in known[rule].readings]
        read.sort()
        for rule in rules:
            known.pop(rule, None)
            wrong.pop(rule, None)
        responses = self.bench.own_responses()
        done = 0
        for place, response in enumerate(responses):
            while done < len(read) and read[done][0] <= response.at:
                self.taught([read[done][1]], read[done][0])
                done += 1
            if anew:
                responses[place] = replace(response, memory=self._memory_before(response))
            self._learn(response, rules)
        for at, rule in read[done:]:
            self.taught([rule], at)

    def _memory_before(self, response: Response) -> float:
        """Mean over the rules of what memory adds at the moment of the response."""
        if not response.rules:
            return 0.0
        total = 0.0
        for rule in response.rules:
            memory = self.bench.rules.get(rule)
            if memory is not None and memory.traced_at is not None:
                days = days_between(memory.traced_at, response.at)
                total += memory_logit(memory.traces, days, self.weights)
        return total / len(response.rules)

    def _learn(self, response: Response, only: set[str] | None = None) -> None:
        """Change memory and beliefs of the response's rules, of those in ``only`` if given."""
        if response.weight <= 0:
            return
        credit = self.weights.credit_aided if response.aided else 1.0
        kind = SUCCESS if response.right else FAILURE
        known = self.bench.own_rules()
        for rule in response.rules if response.right else response.blamed:
            if only is not None and rule not in only:
                continue
            memory = self._traced(known.get(rule) or _unmet(rule), response.at, kind, credit)
            if response.right:
                known[rule] = replace(memory, successes=(*memory.successes, response.at))
                self._hold(rule, response)
            else:
                known[rule] = replace(memory, failures=(*memory.failures, response.at))
                self._miss(rule, response)
        if not response.right:  # the reasons of the other options were shown too
            for rule in set(response.rules).difference(response.blamed):
                if rule in known and (only is None or rule in only):
                    known[rule] = self._traced(known[rule], response.at, READING, credit)

    def _traced(self, memory: RuleMemory, at: datetime, kind: int, credit: float) -> RuleMemory:
        days = None if memory.traced_at is None else days_between(memory.traced_at, at)
        traces = strengthened(memory.traces, days, kind, credit, self.weights)
        return replace(memory, traces=traces, traced_at=at)

    def _miss(self, rule: str, response: Response) -> None:
        """Open a wrong belief, or note one more miss of an open one."""
        before = self.bench.wrong.get(rule)
        sure = response.confidence == SURE
        self.bench.own_wrong()[rule] = WrongBelief(
            rule=rule,
            decision=rule.split(".", 1)[0],
            misconception=response.misconception or (before.misconception if before else None),
            since=response.at,
            misses=1 + (before.misses if before else 0),
            sure=sure or (before is not None and before.sure),
            held=(),
            presentation=response.presentation,
        )

    def _hold(self, rule: str, response: Response) -> None:
        """Note that an open wrong belief held; an answer with help on the page proves nothing."""
        belief = self.bench.wrong.get(rule)
        if belief is None or response.aided:
            return
        held = (*belief.held, response.at)
        later = any(at - belief.since >= DAY_LATER for at in held)
        if len(held) >= HOLDS_TO_CLOSE and later:
            del self.bench.own_wrong()[rule]
        else:
            self.bench.own_wrong()[rule] = replace(belief, held=held)


def _unmet(rule: str) -> RuleMemory:
    return RuleMemory(rule=rule, decision=rule.split(".")[0])


def _put_back(part: dict[str, T], before: Mapping[str, T | None]) -> None:
    for name, value in before.items():
        if value is None:
            part.pop(name, None)
        else:
            part[name] = value
