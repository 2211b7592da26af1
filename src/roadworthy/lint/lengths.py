"""How long each text of a decision is: what to aim for, and where the lint draws its line.

One place for the numbers. The rules compare with them, skeletons print them in their comments, and
``table`` fills the block in CONTRIBUTING.md. Words are counted as shown, with slots filled.
"""

from __future__ import annotations

from dataclasses import dataclass

from roadworthy.items.item import Length
from roadworthy.items.phrase import BRIEF_WORDS, EXAM_WORDS

Bounds = tuple[int, int]
"""Fewest and most words."""

LONGEST_SENTENCE = 28
STEM: dict[Length, Bounds] = {"brief": BRIEF_WORDS, "exam": EXAM_WORDS}
OPTIONS: dict[Length, Bounds] = {"brief": (1, 12), "exam": (14, 52)}
LEAST_KEPT = 0.94
"""Share of the items of a decision that keep the length of their stem and of their options."""
SPREAD = {"do": 10, "brief": 6}
"""Words between the shortest and the longest option of a style: ±5 and ±3."""
TEACH_BRIEF: Bounds = (120, 200)
GOAL_DECIDES, GOAL_DECIDES_MOST = 0.20, 0.80
"""Share of the items of one decision in which the goal decides."""
GOAL_DECIDES_OF_PACK = 0.40
"""The same over all decisions, at least."""
MOST_OUT = 4
"""Options that a rule may remove."""
LEAD_AND_GOAL = LONGEST_SENTENCE - 1
"""Words of a lead and a goal together: ', and' adds one to their sentence."""

SETUP: Bounds = (12, 22)
LEAD: Bounds = (8, 14)
GOAL_SAY: Bounds = (7, 12)
FACT_SAY: Bounds = (9, 20)
FACT_BRIEF: Bounds = (5, 8)
BRIEF_SETUP: Bounds = (4, 9)
BRIEF_ASK: Bounds = (3, 7)
SHORT: Bounds = (4, 10)
BECAUSE: Bounds = (6, 14)
DO: Bounds = (14, LONGEST_SENTENCE)
OPTION_BRIEF: Bounds = (5, 12)
NAME: Bounds = (2, 4)
GOAL_NAME: Bounds = (3, 6)
BELIEF: Bounds = (6, 15)
SUPPORTS: Bounds = (10, 25)
AIM_OUT = 3
"""What to aim for. No finding comes of these alone."""


@dataclass(frozen=True, slots=True)
class TextLength:
    """One row of the table: a text, its form, the words to aim for, and the bound of the lint."""

    text: str
    form: str
    aim: str
    bound: str


def span(bounds: Bounds) -> str:
    """'12 to 22', or 'up to 45' where one word would do."""
    low, high = bounds
    return f"up to {high}" if low <= 1 else f"{low} to {high}"


def lengths() -> tuple[TextLength, ...]:
    """All rows, stems first, then their parts in the order of the file."""
    sentence = f"{LONGEST_SENTENCE} a sentence (RW210)"
    in_stem = f"none; all together {span(STEM['brief'])} (RW213)"
    reason = f"with its fact {LONGEST_SENTENCE}, in 95% of the rationales (RW210)"
    return (
        TextLength(
            "a brief stem",
            "`brief_setup` where it fits, `brief` of the facts, `say` of the goal, `brief_ask`",
            "30 to 42",
            f"{span(STEM['brief'])} in {LEAST_KEPT:.0%} (RW213)",
        ),
        TextLength(
            "an exam stem",
            "`setup`, `say` of the facts, `lead` and `say` of the goal, `ask`",
            "65 to 95",
            f"{span(STEM['exam'])} in {LEAST_KEPT:.0%} (RW213)",
        ),
        TextLength("`setup`", "clause, capital, no dot", span(SETUP), sentence),
        TextLength("`lead`", "clause, small letter, no dot", span(LEAD), _lead_and_goal()),
        TextLength("`say` of a goal", "the same", span(GOAL_SAY), _lead_and_goal()),
        TextLength(
            "`brief_setup`",
            "whole sentence with its dot",
            span(BRIEF_SETUP),
            f"left out where the stem would pass {STEM['brief'][1]}",
        ),
        TextLength(
            "`brief_ask`",
            "last sentence with its mark; names the thing, since `brief_setup` may be missing",
            span(BRIEF_ASK),
            in_stem,
        ),
        TextLength(
            "`say` of a fact",
            "clause; `[brackets]` around the words that decide",
            span(FACT_SAY),
            sentence,
        ),
        TextLength(
            "`brief` of a fact",
            'clause that stands alone: no "it" or "its" that needs another sentence',
            span(FACT_BRIEF),
            in_stem,
        ),
        TextLength("`short` of a fact", "clause, small letter", span(SHORT), reason),
        TextLength("`because`", 'clause, small letter; read after "fact: "', span(BECAUSE), reason),
        TextLength(
            "`do` of an option",
            f"imperative, capital, no dot; all alike within {SPREAD['do']} words (RW214)",
            span(DO),
            f"{span(OPTIONS['exam'])} in {LEAST_KEPT:.0%} (RW213); "
            f"a warning over {LONGEST_SENTENCE} (RW210)",
        ),
        TextLength(
            "`brief` of an option",
            f"the same; all alike within {SPREAD['brief']} words (RW214)",
            span(OPTION_BRIEF),
            f"{span(OPTIONS['brief'])} in {LEAST_KEPT:.0%} (RW213)",
        ),
        TextLength("`name` of an option", "for tables", span(NAME), "none"),
        TextLength("`name` of a goal", "for tables", span(GOAL_NAME), "none"),
        TextLength("`belief`, `refutation`", "sentences", span(BELIEF) + " a sentence", sentence),
        TextLength("`supports`", "what the page says, in your own words", span(SUPPORTS), "none"),
        TextLength("`teach.brief`", "Markdown", span(TEACH_BRIEF), f"{span(TEACH_BRIEF)} (RW224)"),
    )


def _lead_and_goal() -> str:
    return f"the two together {LEAD_AND_GOAL} (RW210)"


def table() -> str:
    """The rows as a Markdown table, for CONTRIBUTING.md."""
    rows = [f"| {one.text} | {one.form} | {one.aim} | {one.bound} |" for one in lengths()]
    return "\n".join(
        ["| text | form | aim for | the lint's bound |", "| --- | --- | --- | --- |", *rows]
    )
