"""The derivations of kinds other than choice: steps, exhibits and numbers to work out."""

from __future__ import annotations

from collections.abc import Mapping

from roadworthy.errors import BadInput
from roadworthy.items.precedence import Precedence
from roadworthy.items.scene import evaluate, printed
from roadworthy.lint.argument import (
    Argument,
    Outcome,
    Reason,
    Standing,
    argue_choice,
    reason,
    unknown,
)
from roadworthy.lint.material import Material
from roadworthy.pack.decision import (
    ChoiceDecision,
    ComputeDecision,
    ExhibitDecision,
    StepsDecision,
)

DONE = "done"


def argue(
    material: Material, decision_id: str, facts: Mapping[str, str], goal: str | None
) -> Argument:
    """The derivation of a decision of any kind under stated facts.

    A choice has its facts; steps have ``STEP=done``; an exhibit has ``fault=ID``; numbers have
    ``asked=QUANTITY`` and their params. Raises NotThere for names that the decision does not have,
    and BadInput where a fact is missing or a goal is stated that cannot be.
    """
    decision = material.pack.decision(decision_id)
    if isinstance(decision, ChoiceDecision):
        return argue_choice(material, decision, facts, goal)
    if goal is not None:
        raise BadInput(
            f"Decisions of kind {decision.kind} have no goals.", mend="Leave --goal out."
        )
    if isinstance(decision, StepsDecision):
        return _steps(material, decision, facts)
    if isinstance(decision, ExhibitDecision):
        return _exhibit(material, decision, facts)
    return _numbers(material, decision, facts)


def _steps(material: Material, decision: StepsDecision, facts: Mapping[str, str]) -> Argument:
    for name, value in facts.items():
        if name not in decision.steps:
            raise unknown("step", name, decision.steps)
        if value != DONE:
            raise BadInput(f"`{name}={value}` is no state of a step.", mend=f"Write {name}={DONE}.")
    order = Precedence(decision)
    done = frozenset(facts).union(*(order.before[name] for name in facts))
    ready = order.ready(done)
    standings = []
    for name, step in decision.steps.items():
        outcome: Outcome = "falls"
        reasons: list[Reason] = []
        if name in done:
            reasons.append(reason(material, DONE, decision.done_twice, step.fits, None))
        elif name in ready:
            outcome = "key" if len(ready) == 1 else "survives"
            reasons.append(reason(material, "fits", step.fits.because, step.fits, None))
        else:
            for need in step.needs:
                if need.step not in done:
                    says = f"{decision.steps[need.step].name} is missing: {need.because}"
                    rule = f"{decision.id}.{need.id}"
                    strength = need.strength.replace("_", " ")
                    reasons.append(reason(material, rule, says, need, strength))
            if not reasons:  # its own needs are done, what they need is not
                reasons = [reason(material, "fits", step.fits.because, step.fits, None)]
        standings.append(Standing(name, material.named(step.name), outcome, None, tuple(reasons)))
    told = [(name, DONE, material.named(decision.steps[name].done[0])) for name in facts]
    several = f"{', '.join(ready)} are ready; an item shows one of them." if len(ready) > 1 else ""
    return Argument(
        decision.id,
        tuple(told),
        None,
        None,
        ready[0] if len(ready) == 1 else None,
        several or ("" if ready else "All steps are done."),
        tuple(standings),
    )


def _exhibit(material: Material, decision: ExhibitDecision, facts: Mapping[str, str]) -> Argument:
    fault = facts.get("fault")
    if fault is None:
        raise BadInput("An exhibit is argued from its fault.", mend="Write --facts fault=ID.")
    if fault not in decision.faults:
        raise unknown("fault", fault, decision.faults)
    standings = tuple(
        Standing(
            name,
            material.named(one.name),
            "key" if name == fault else "falls",
            None,
            (
                reason(
                    material,
                    f"{decision.id}.{one.id}",
                    one.because if name == fault else one.sound,
                    one,
                    None,
                ),
            ),
        )
        for name, one in sorted(decision.faults.items(), key=lambda pair: pair[0] != fault)
    )
    note = "" if decision.faults[fault].status == "confirmed" else "The fault is unconfirmed."
    told = (("fault", fault, material.named(decision.faults[fault].name)),)
    return Argument(decision.id, told, None, None, fault, note, standings)


def _numbers(material: Material, decision: ComputeDecision, facts: Mapping[str, str]) -> Argument:
    asked = facts.get("asked")
    missing = [name for name in ("asked", *decision.params) if name not in facts]
    if asked is None or missing:
        raise BadInput(
            f"These are missing: {', '.join(missing)}.",
            where="--facts",
            mend="Give the asked quantity and each number, like asked=recall,tp=40.",
        )
    if asked not in decision.quantities:
        raise unknown("quantity", asked, decision.quantities)
    values: dict[str, float] = {}
    try:
        for name in decision.params:
            values[name] = float(facts[name].replace(",", ""))
        for name, expression in decision.derive.items():
            values[name] = evaluate(expression, values)
        found = {name: evaluate(one.formula, values) for name, one in decision.quantities.items()}
    except (ValueError, ZeroDivisionError) as error:
        raise BadInput(f"These numbers give no value: {error}.", where="--facts") from error
    standings = tuple(
        Standing(
            name,
            f"{material.named(one.name)} = {printed(found[name])}",
            "key" if name == asked else "falls",
            None,
            (
                reason(
                    material,
                    f"{decision.id}.{one.id}",
                    f"{one.words}, {one.formula}" if name == asked else one.tempts,
                    one,
                    None,
                ),
            ),
        )
        for name, one in sorted(decision.quantities.items(), key=lambda pair: pair[0] != asked)
    )
    told = tuple((name, facts[name], "") for name in ("asked", *decision.params))
    return Argument(decision.id, told, None, None, asked, "", standings)
