"""The what-decides table of a decision, made from its rules: what a lesson shows, never typed.

``table_of`` gives plain data with all words filled; the faces draw it. Slots are filled from one
fitting frame (``frame``), so a table reads like the items do. Claims that are unconfirmed are
left out, as they are in items.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from simpleeval import simple_eval

from roadworthy.pack.decision import (
    ChoiceDecision,
    ComputeDecision,
    Condition,
    Decision,
    ExhibitDecision,
    Fact,
    StepsDecision,
)
from roadworthy.pack.fields import Sourced
from roadworthy.pack.model import Pack
from roadworthy.pack.table_rows import (
    After,
    ChoiceTable,
    ComputeTable,
    Evidence,
    FaultRow,
    FaultTable,
    GoalRow,
    QuantityRow,
    Ranked,
    RuleRow,
    StepRow,
    StepsTable,
    Table,
)
from roadworthy.pack.text import Names
from roadworthy.pack.tokens import fill

Words = Callable[[str], str]
_FUNCTIONS = {"round": round, "min": min, "max": max, "abs": abs}


def table_of(pack: Pack, decision_id: str) -> Table:
    """The table of one decision; raises ``NotThere`` for an unknown id."""
    decision = pack.decision(decision_id)
    frame, slots = _frame_for(pack, decision)
    names = Names(pack.terms, "today")
    slots = {**_typical_numbers(decision), **slots}
    if isinstance(decision, ExhibitDecision):
        slots = {**slots, **decision.worlds[0]}

    def words(text: str) -> str:
        return names.fill(fill(text.replace("[", "").replace("]", ""), slots))

    if isinstance(decision, ChoiceDecision):
        return _choice_table(pack, decision, frame, words)
    if isinstance(decision, ComputeDecision):
        return _compute_table(decision, frame, words)
    if isinstance(decision, ExhibitDecision):
        return _fault_table(decision, frame, words)
    return _steps_table(decision, frame, words)


def _frame_for(pack: Pack, decision: Decision) -> tuple[str, Mapping[str, str]]:
    """(id, slots) of the first frame that carries the tags of the scene, else of the first."""
    wanted = set(decision.scene.needs)
    frames = pack.frames.frames
    fitting = [name for name, frame in frames.items() if wanted <= set(frame.tags)]
    name = (fitting or list(frames))[0]
    return name, frames[name].slots


def _typical_numbers(decision: Decision) -> dict[str, str]:
    """A number for each draw, so that sentences read: the middle one, and what follows from it."""
    if isinstance(decision, ChoiceDecision):
        draws, derive = decision.numbers, decision.derive
    elif isinstance(decision, ComputeDecision):
        draws, derive = decision.params, decision.derive
    else:
        return {}
    values: dict[str, float] = {
        name: one.low + (one.high - one.low) // (2 * one.step) * one.step
        for name, one in draws.items()
    }
    for name, expression in derive.items():
        values[name] = float(simple_eval(expression, names=dict(values), functions=_FUNCTIONS))
    return {name: f"{value:,.10g}" for name, value in values.items()}


def _evidence(decision: Decision, rule: str, claim: Sourced) -> Evidence:
    return Evidence(f"{decision.id}.{rule}", claim.source, claim.checked.isoformat())


def _choice_table(pack: Pack, decision: ChoiceDecision, frame: str, words: Words) -> ChoiceTable:
    facts = pack.facts_of(decision)
    place = {name: number for number, name in enumerate(facts)}
    rows = [
        RuleRow(
            stated=_capital(_stated(rule.when, facts, words)),
            unless=_stated(rule.unless, facts, words, link=" or ") or None,
            falls=tuple(words(decision.options[option].name) for option in rule.out),
            because=words(rule.because),
            strength=rule.strength,
            evidence=_evidence(decision, rule.id, rule),
            cases=_cases(rule.when, facts, words),
        )
        for rule in sorted(decision.rules, key=lambda one: min(place[name] for name in one.when))
        if rule.status == "confirmed"
    ]
    goals = [
        _goal_row(decision, goal, facts, words)
        for goal in decision.goals
        if any(cost.goal == goal and cost.status == "confirmed" for cost in decision.costs)
    ]
    return ChoiceTable(
        decision_id=decision.id,
        title=words(decision.title),
        frame=frame,
        options=tuple(
            (words(one.name), words(one.fits.because)) for one in decision.options.values()
        ),
        rules=tuple(rows),
        goals=tuple(goals),
    )


def _goal_row(
    decision: ChoiceDecision, goal: str, facts: Mapping[str, Fact], words: Words
) -> GoalRow:
    costs = [one for one in decision.costs if one.goal == goal and one.status == "confirmed"]
    costs.sort(key=lambda one: one.level)
    ranking = tuple(
        Ranked(
            option=words(decision.options[cost.option].name),
            level=cost.level,
            because=words(cost.because),
            more_when=tuple(
                f"{_stated(adds.when, facts, words)}: {words(adds.because)}" for adds in cost.adds
            ),
        )
        for cost in costs
    )
    name = next(words(one.name) for key, one in decision.goals.items() if key == goal)
    return GoalRow(_capital(name), ranking, _evidence(decision, f"goal:{goal}", costs[0]))


def _stated(
    condition: Condition, facts: Mapping[str, Fact], words: Words, link: str = " and "
) -> str:
    """'the lanes are closed and the load is heavy', values of one fact joined by 'or'."""
    clauses = [
        " or ".join(words(facts[name].values[value].short) for value in values)
        for name, values in condition.items()
    ]
    return link.join(clauses)


def _cases(condition: Condition, facts: Mapping[str, Fact], words: Words) -> tuple[str, ...]:
    """The values of the one fact of a condition, each as a clause; () when there is one clause."""
    (name, values), *more = condition.items()
    if more or len(values) < 2:
        return ()
    return tuple(words(facts[name].values[value].short) for value in values)


def _compute_table(decision: ComputeDecision, frame: str, words: Words) -> ComputeTable:
    rows = tuple(
        QuantityRow(
            name=_capital(words(one.name)),
            words=words(one.words),
            formula=one.formula,
            tempts=words(one.tempts),
            evidence=_evidence(decision, one.id, one),
        )
        for one in decision.quantities.values()
        if one.status == "confirmed"
    )
    return ComputeTable(decision.id, words(decision.title), frame, rows)


def _fault_table(decision: ExhibitDecision, frame: str, words: Words) -> FaultTable:
    rows = tuple(
        FaultRow(
            name=_capital(words(one.name)),
            because=words(one.because),
            mend=words(one.brief[0]),
            evidence=_evidence(decision, one.id, one),
        )
        for one in decision.faults.values()
        if one.status == "confirmed"
    )
    return FaultTable(decision.id, words(decision.title), frame, rows)


def _steps_table(decision: StepsDecision, frame: str, words: Words) -> StepsTable:
    rows = []
    for number, step_id in enumerate(in_order(decision), start=1):
        step = decision.steps[step_id]
        after = tuple(
            After(
                words(decision.steps[need.step].name),
                words(need.because),
                _evidence(decision, need.id, need),
            )
            for need in step.needs
            if need.status == "confirmed"
        )
        rows.append(StepRow(number, words(step.name), step.mode, words(step.fits.because), after))
    return StepsTable(decision.id, words(decision.title), frame, tuple(rows))


def in_order(decision: StepsDecision) -> list[str]:
    """Step ids so that each comes after all that it needs; ties keep the order of the file.

    Steps in a circle (loading reports them) follow at the end.
    """
    placed: list[str] = []
    waiting = list(decision.steps)
    while waiting:
        ready = [
            step for step in waiting if all(n.step in placed for n in decision.steps[step].needs)
        ]
        chosen = ready[0] if ready else waiting[0]
        placed.append(chosen)
        waiting.remove(chosen)
    return placed


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
