from __future__ import annotations

import clingo
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from roadworthy.items.choice import ChoiceItems
from roadworthy.items.generate import Generator
from roadworthy.items.solve import ChoiceSolver
from roadworthy.pack.decision import ChoiceDecision, Fact

Solved = set[tuple[frozenset[tuple[str, str]], str | None, str]]

# The semantics of a decision, written down a second time, in another language.
PROGRAM = """
1 { states(F,V) : value(F,V) } 1 :- must(F).
0 { states(F,V) : value(F,V) } 1 :- fact(F), not must(F).
0 { wants(G) : goal(G) } 1.
stated(F) :- states(F,_).
:- most(N), #count { F : stated(F) } > N.

so(C,F) :- asks(C,F,V), states(F,V).
so(C,"goal") :- asks(C,"goal",G), wants(G).
met(C)  :- condition(C), so(C,F) : asks(C,F,_).
some(C) :- so(C,_).
:- forbidden(C), met(C).
:- requires(C,F), met(C), not stated(F).

fires(R) :- rule(R), met(when(R)), not some(unless(R)).
falls(O) :- fires(R), out(R,O).
stays(O) :- option(O), not falls(O).
reasons(O,N) :- option(O), N = #count { R : fires(R), out(R,O) }.
takes(O,L+S) :- wants(G), level(G,O,L), S = #sum { B,C : adds(G,O,C,B), met(C) }.

alone(O) :- stays(O), #count { P : stays(P) } = 1.
wins(O) :- stays(O), wants(_), not alone(O), takes(O,N), margin(M),
           N + M <= K : stays(P), takes(P,K), P != O.
key(O) :- alone(O).
key(O) :- wins(O).
:- not 1 { key(O) : option(O) } 1.

close(O) :- option(O), not key(O), reasons(O,N), N <= 1.
fair(O)  :- option(O), not key(O), reasons(O,N), N <= 2.
:- #count { O : close(O) } < 2.
:- #count { O : fair(O) } < 3.

:- fires(R), doubted(R).
:- wants(G), stays(O), not alone(O), doubted(G,O).
#show states/2.
#show wants/1.
#show key/1.
"""


def told(decision: ChoiceDecision, facts: dict[str, Fact]) -> str:
    """The decision as facts for the program; colours are left out, they decide nothing."""
    lines = [f"most({decision.max_facts}). margin({decision.margin})."]

    def condition(name: str, pairs: dict[str, list[str]]) -> str:
        lines.append(f"condition({name}).")
        lines.extend(f'asks({name},"{f}","{v}").' for f, values in pairs.items() for v in values)
        return name

    for name, fact in facts.items():
        if fact.role == "colour":
            continue
        lines.append(f'fact("{name}").' + (f' must("{name}").' if fact.must else ""))
        lines.extend(f'value("{name}","{value}").' for value in fact.values)
    lines.extend(f'option("{name}").' for name in decision.options)
    lines.extend(f'goal("{name}").' for name in decision.goals)
    for number, rule in enumerate(decision.rules):
        lines.append(f"rule({number}).")
        condition(f"when({number})", rule.when)
        condition(f"unless({number})", rule.unless)
        lines.extend(f'out({number},"{name}").' for name in rule.out)
        if rule.status != "confirmed":
            lines.append(f"doubted({number}).")
    for number, cost in enumerate(decision.costs):
        lines.append(f'level("{cost.goal}","{cost.option}",{cost.level}).')
        if cost.status != "confirmed":
            lines.append(f'doubted("{cost.goal}","{cost.option}").')
        for place, added in enumerate(cost.adds):
            name = condition(f"added({number},{place})", added.when)
            lines.append(f'adds("{cost.goal}","{cost.option}",{name},{added.by}).')
    for number, pairs in enumerate(decision.forbid):
        lines.append(f"forbidden({condition(f'forbid({number})', pairs)}).")
    for number, need in enumerate(decision.require):
        name = condition(f"need({number})", need.when)
        lines.extend(f'requires({name},"{fact}").' for fact in need.state)
    return "\n".join(lines)


def by_clingo(decision: ChoiceDecision, facts: dict[str, Fact]) -> Solved:
    """All fair situations (facts, goal, key) that clingo finds."""
    control = clingo.Control(["0", "--warn=none"])
    control.add("base", [], PROGRAM + told(decision, facts))
    control.ground([("base", [])])
    found: Solved = set()

    def take(model: clingo.Model) -> None:
        states, goal, key = set(), None, ""
        for symbol in model.symbols(shown=True):
            words = [argument.string for argument in symbol.arguments]
            if symbol.name == "states":
                states.add((words[0], words[1]))
            elif symbol.name == "wants":
                goal = words[0]
            else:
                key = words[0]
        found.add((frozenset(states), goal, key))

    control.solve(on_model=take)
    return found


def by_solver(solver: ChoiceSolver) -> Solved:
    """All fair situations that our solver finds."""
    return {
        (frozenset(one.facts), one.goal, solver.options[one.key]) for one in solver.situations()
    }


@given(data=st.data())
@settings(max_examples=120)
def test_solver_and_clingo_agree_on_any_decision(
    data: st.DataObject, small_decisions: SearchStrategy[ChoiceDecision]
) -> None:
    """The same situations with the same keys follow from any rules, goals and conditions."""
    decision = data.draw(small_decisions)
    facts = {name: fact for name, fact in decision.facts.items() if isinstance(fact, Fact)}

    assert by_solver(ChoiceSolver(decision, facts)) == by_clingo(decision, facts)


@pytest.mark.parametrize("pack", ["tiny", "real"])
def test_solver_and_clingo_agree_on_a_pack(pack: str, request: pytest.FixtureRequest) -> None:
    """For each decision that we have, both find the same situations, and some."""
    generator: Generator = request.getfixturevalue(pack)
    for decision in generator.pack.decisions.values():
        if not isinstance(decision, ChoiceDecision):
            continue
        maker = generator.maker(decision.id)
        assert isinstance(maker, ChoiceItems)
        expected = by_clingo(decision, generator.pack.facts_of(decision))
        assert by_solver(maker.solver) == expected, decision.id
        assert expected, decision.id


def test_oracle_is_red_when_a_rule_is_lost(tiny: Generator) -> None:
    """The comparison can fail: a solver that misses one rule is found out."""
    decision = tiny.pack.decision("delivery-route")
    assert isinstance(decision, ChoiceDecision)
    facts = tiny.pack.facts_of(decision)
    poorer = decision.model_copy(update={"rules": decision.rules[1:]})

    assert by_solver(ChoiceSolver(poorer, facts)) != by_clingo(decision, facts)
