"""RW230: keys that rest on products one should not choose."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.lint.material import Material
from roadworthy.lint.rule import LintRule
from roadworthy.pack.decision import Decision, Fault, Option, Step
from roadworthy.pack.tokens import TERM
from roadworthy.problem import Problem


class KeyOnOldProduct(LintRule):
    """An option that can be the key names a product that is in preview, deprecated or gone.

    What
        The products in the styles of each option that is the key of a situation must have the
        status ``ga`` in terms.yaml; so must those of each step and of the mend of each fault.

    Why
        The exam asks for what an engineer should build on today.

    Example
        `explain` uses {@explainable}, which is deprecated. Let a rule of strength ``deprecated``
        remove it where a successor is shown, or name the successor.
    """

    code = "RW230"
    slug = "key-on-old-product"
    verifies = "no key rests on a product in preview, deprecated or gone"

    def check(self, material: Material) -> Iterator[Problem]:
        for decision, maker in material.choices():
            keys = {maker.solver.options[one.key] for one in maker.situations}
            for name, option in decision.options.items():
                if name in keys:
                    yield from self._old(material, decision, ("options", name), option)
        for steps, _ in material.steps():
            for name, step in steps.steps.items():
                yield from self._old(material, steps, ("steps", name), step)
        for exhibit in material.exhibits():
            for name, fault in exhibit.faults.items():
                yield from self._old(material, exhibit, ("faults", name), fault)

    def _old(
        self,
        material: Material,
        decision: Decision,
        loc: tuple[str, str],
        option: Option | Step | Fault,
    ) -> Iterator[Problem]:
        terms = {id_ for text in (*option.do, *option.brief) for id_ in TERM.findall(text)}
        for id_ in sorted(terms):
            term = material.pack.terms.get(id_)
            if term is not None and term.status != "ga":
                yield self.found(
                    f"`{loc[1]}` can be the key, and {{@{id_}}} is {_said(term.status)}.",
                    material.at_decision(decision, *loc),
                    "Name what replaces it, or let a rule remove this option.",
                )


def _said(status: str) -> str:
    return "in preview" if status == "preview" else status
