"""Items of kinds next_step and order, from a steps decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import combinations, pairwise
from random import Random

from roadworthy.items.chain_order import order_options
from roadworthy.items.identity import draw, item_id, situation_id, surface_id
from roadworthy.items.item import ArgueRow, Flip, Item, Kind, Length, Mode, ShownOption, Span
from roadworthy.items.phrase import (
    BRIEF_WORDS,
    assemble,
    fill,
    sentence,
)
from roadworthy.items.precedence import Precedence, State
from roadworthy.items.reserve import reserved
from roadworthy.items.scene import Vocabulary, opened
from roadworthy.items.stem import Draft, Stem, fitting_stem
from roadworthy.items.step_reasons import StepReasons
from roadworthy.pack.decision import Needs, StepsDecision

SHOWN = 4
CHAIN = 4


class StepsItems:
    """All items of one steps decision."""

    def __init__(
        self, decision: StepsDecision, vocabulary: Vocabulary, decision_hash: str, objective: str
    ) -> None:
        self.decision = decision
        self.vocabulary = vocabulary
        self.decision_hash = decision_hash
        self.objective = objective
        self.order = Precedence(decision)
        self.reasons = StepReasons(decision, self.order)
        self.states = {self._id(state): state for state in self.order.states()}
        self.chains = {
            situation_id(decision.id, {"chain": " > ".join(chain)}, None): chain
            for chain in self.order.chains(CHAIN)
            if not any(self.order.doubtful(name) for name in chain)
        }
        done = frozenset(decision.worked).union(
            *(self.order.before[one] for one in decision.worked)
        )
        self.worked = self._id(State(done, ()))
        self._kept = reserved(
            {one: self.order.ready(state.done) for one, state in self.states.items()},
            spared=frozenset({self.worked}),
        ) | reserved({one: (chain[-1],) for one, chain in self.chains.items()})
        self.tables = {mode: self._table(mode) for mode in ("practice", "mock")}

    def _id(self, state: State) -> str:
        return situation_id(self.decision.id, dict.fromkeys(sorted(state.done), "done"), None)

    def rules(self) -> list[str]:
        return [self._rule(need) for need in self.order.edges.values()]

    def _rule(self, need: Needs) -> str:
        return f"{self.decision.id}.{need.id}"

    def _table(self, mode: str) -> dict[tuple[str, ...], dict[str, list[str]]]:
        """Option set -> key -> states in which the key alone of the set is ready."""
        table: dict[tuple[str, ...], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for identity, state in self.states.items():
            if (identity in self._kept) != (mode == "mock"):
                continue
            ready = set(self.order.ready(state.done))
            for options in combinations(self.order.steps, SHOWN):
                keys = ready & set(options)
                if len(keys) != 1 or any(self.order.doubtful(name) for name in options):
                    continue
                table[options][next(iter(keys))].append(identity)
        return table

    def situations(self) -> int:
        return len(self.states) + len(self.chains)

    def draw_item(
        self,
        seed: int,
        length: Length,
        mode: Mode,
        *,
        rule: str | None = None,
        kind: Kind | None = None,
        seen: Mapping[str, int] | None = None,
    ) -> Item | None:
        """One item of the wanted kind (drawn if None) and rule; None when there is none."""
        random = draw(seed, self.decision.id, mode, "steps")
        if kind is None:
            kind = "order" if random.random() < 0.35 else "next_step"
        if kind == "order":
            return self._order_item(random, seed, length, mode, rule, seen or {})
        return self._next_item(random, seed, length, mode, rule, seen or {})

    def _next_item(
        self,
        random: Random,
        seed: int,
        length: Length,
        mode: Mode,
        rule: str | None,
        seen: Mapping[str, int],
    ) -> Item | None:
        table = self.tables[mode]
        pairs = [
            (options, key)
            for options, keys in table.items()
            for key in keys
            if rule is None or any(self._tests(rule, options, one) for one in keys[key])
        ]
        if not pairs:
            return None
        most = max(len(table[options]) for options, _ in pairs)
        sets = sorted({options for options, _ in pairs if len(table[options]) == most})
        options = random.choice(sets)
        key = random.choice([key for one, key in pairs if one == options])
        pool = [
            one for one in table[options][key] if rule is None or self._tests(rule, options, one)
        ]
        least = min(seen.get(one, 0) for one in pool)
        identity = random.choice([one for one in pool if seen.get(one, 0) == least])
        return self._build_next(random, seed, length, options, key, identity)

    def worked_item(self, seed: int, length: Length) -> Item | None:
        """The situation that the author chose to show worked out, with a set that it can key."""
        random = draw(seed, self.decision.id, "worked")
        pairs = [
            (options, key)
            for options, keys in self.tables["practice"].items()
            for key, states in keys.items()
            if self.worked in states
        ]
        if not pairs:
            return None
        options, key = random.choice(pairs)
        return self._build_next(random, seed, length, options, key, self.worked)

    def _tests(self, rule: str, options: tuple[str, ...], identity: str) -> bool:
        done = self.states[identity].done
        return any(
            self._rule(self.order.missing(name, done)) == rule
            for name in options
            if name not in done and name not in self.order.ready(done)
        )

    def _build_next(
        self,
        random: Random,
        seed: int,
        length: Length,
        options: tuple[str, ...],
        key: str,
        identity: str,
    ) -> Item:
        state = self.states[identity]
        shuffled = list(options)
        random.shuffle(shuffled)
        steps = self.decision.steps
        styles = len(steps[key].do if length == "exam" else steps[key].brief)
        style = random.randrange(styles)
        stem = self._stem(seed, length, state, identity)
        words = stem.words
        texts = {
            name: fill((steps[name].do if length == "exam" else steps[name].brief)[style], words)
            + "."
            for name in options
        }
        shown = tuple(
            self.reasons.option(name, key, state, texts[name], words) for name in shuffled
        )
        rows = self.reasons.argue(state, shown, key, words)
        rules = tuple(dict.fromkeys(rule for option in shown for rule in option.rules))
        return self._item(
            identity,
            seed,
            length,
            "next_step",
            stem.text,
            stem.spans,
            shown,
            rules,
            dict.fromkeys(state.stated, "done"),
            rows,
            self.reasons.flips(shuffled, key, state, words),
            stem.frame,
            style,
        )

    def _stem(self, seed: int, length: Length, state: State, identity: str) -> Stem:
        scene, steps = self.decision.scene, self.decision.steps
        frames = self.vocabulary.fitting(scene.needs)

        def drawn(number: int) -> Draft:
            random = draw(seed, self.decision.id, identity, length, number)
            frame = random.choice(frames)
            words = self.vocabulary.words(frame)
            parts = []
            if length == "exam":
                parts.append(sentence(fill(random.choice(scene.setup), words)))
            for name in state.stated:
                says = steps[name].done if length == "exam" else steps[name].done_brief
                parts.append(sentence(fill(random.choice(says), words), name))
            if length == "exam":
                parts.append(sentence(fill(random.choice(scene.lead), words)))
            asks = scene.ask if length == "exam" else scene.brief_ask
            parts.append(sentence(fill(random.choice(asks), words)))
            if length == "brief":
                parts = opened(parts, scene, random, words, room=BRIEF_WORDS[1])
            return Draft(parts, frame, words)

        opens = length == "exam" or bool(scene.brief_setup)
        return fitting_stem(length, drawn, opens=opens)

    def _order_item(
        self,
        random: Random,
        seed: int,
        length: Length,
        mode: Mode,
        rule: str | None,
        seen: Mapping[str, int],
    ) -> Item | None:
        pool = [one for one in self.chains if (one in self._kept) == (mode == "mock")]
        if rule is not None:
            pool = [one for one in pool if rule in self._chain_rules(self.chains[one])]
        if not pool:
            return None
        least = min(seen.get(one, 0) for one in pool)
        identity = random.choice([one for one in pool if seen.get(one, 0) == least])
        chain = self.chains[identity]
        scene = self.decision.scene
        frame = random.choice(self.vocabulary.fitting(scene.needs))
        words = self.vocabulary.words(frame)
        parts = []
        if length == "exam":
            parts.append(sentence(fill(random.choice(scene.setup), words)))
        parts.append(sentence(fill(random.choice(self.decision.order_ask), words)))
        stem, spans = assemble(parts)
        shown = order_options(self.decision, self.order, chain, random, words, rule)
        rules = tuple(dict.fromkeys(rule for option in shown for rule in option.rules))
        rows = tuple(
            ArgueRow(
                need.id,
                f"{fill(self.decision.steps[need.step].name, words)} comes before "
                f"{fill(self.decision.steps[then].name, words)}",
                tuple(
                    (self._rule(need),) if self._rule(need) in option.rules else ()
                    for option in shown
                ),
            )
            for (_, then), need in self.order.edges.items()
            if self._rule(need) in rules
        )
        return self._item(
            identity,
            seed,
            length,
            "order",
            stem,
            spans,
            shown,
            rules,
            {"chain": " > ".join(chain)},
            rows,
            (),
            frame,
            0,
        )

    def _chain_rules(self, chain: tuple[str, ...]) -> set[str]:
        return {self._rule(self.order.reason(first, then)) for first, then in pairwise(chain)}

    def _item(
        self,
        situation: str,
        seed: int,
        length: Length,
        kind: Kind,
        stem: str,
        spans: dict[str, Span],
        options: tuple[ShownOption, ...],
        rules: tuple[str, ...],
        facts: dict[str, str],
        argue: tuple[ArgueRow, ...],
        flips: tuple[Flip, ...],
        frame: str,
        style: int,
    ) -> Item:
        decision = self.decision
        return Item(
            id=item_id(situation, self.decision_hash, [option.id for option in options]),
            situation=situation,
            surface=surface_id(stem, [option.text for option in options]),
            decision=decision.id,
            title=decision.title,
            kind=kind,
            length=length,
            section=self.objective.split(".")[0],
            objective=self.objective,
            considerations=tuple(decision.considerations),
            topics=tuple(decision.topics),
            rules=rules,
            facts=facts,
            goal=None,
            goal_name=None,
            goal_decides=False,
            stem=stem,
            spans=spans,
            decisive=tuple(spans.values()),
            options=options,
            argue=argue,
            goal_row=(),
            flips=flips,
            frame=frame,
            style=style,
            seed=seed,
        )
