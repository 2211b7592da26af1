"""Skeletons that ``pack new`` writes: they load, nothing in them is served, and each text is open.

FILL IN marks what an author has to write; the lint rule RW241 lists what is left. ``$name`` is
replaced. Every claim is ``unconfirmed`` until somebody has seen its page, so no item is made of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

from roadworthy.lint.lengths import (
    AIM_OUT,
    BECAUSE,
    BRIEF_ASK,
    BRIEF_SETUP,
    DO,
    FACT_BRIEF,
    FACT_SAY,
    GOAL_DECIDES,
    GOAL_DECIDES_OF_PACK,
    GOAL_SAY,
    LEAD,
    LEAD_AND_GOAL,
    LONGEST_SENTENCE,
    NAME,
    OPTION_BRIEF,
    OPTIONS,
    SETUP,
    SHORT,
    STEM,
    SUPPORTS,
    TEACH_BRIEF,
    span,
)

HEAD = """\
schema: 1
id: $id
kind: $kind
title: FILL IN what is decided, for lists and tables
"""
ABOUT = """\
# The first topic and the first consideration are the main ones. Add this id to `decisions` in the
# head of the topic's lesson, in teaching order.
topics:
- $topic
considerations:
- $consideration
"""
SCENE = f"""\
# An opening and a lead must be true for every fact and every option: `pack matrix $id` lists the
# pairs. {{slots}} of frames.yaml bring nouns; `needs` are tags that a frame must carry.
scene:
  setup: # three openings of {span(SETUP)} words, without a final dot
  - FILL IN an opening (1)
  - FILL IN an opening (2)
  - FILL IN an opening (3)
  lead: # three clauses of {span(LEAD)} words; ', and' joins a goal: {LEAD_AND_GOAL} words together
  - FILL IN a lead, such as you now have to decide how (1)
  - FILL IN a lead (2)
  - FILL IN a lead (3)
  # A brief stem has {span(STEM["brief"])} words. `brief_setup` is left out where it would have
  # more, so no `brief` of a fact may lean on it, and `brief_ask` names the thing.
  brief_setup: # whole sentences of {span(BRIEF_SETUP)} words that open a brief stem
  - FILL IN a short opening (1).
  - FILL IN a short opening (2).
  brief_ask: # two last sentences of {span(BRIEF_ASK)} words, with their mark
  - FILL IN a short ending (1)?
  - FILL IN a short ending (2)?
"""
_IN_SUPPORTS = f"in {span(SUPPORTS)} words of your own"
CLAIM = f"""\
{{indent}}source: $source # an id of sources.yaml; add the page there first
{{indent}}supports: FILL IN what the page says on this very point, {_IN_SUPPORTS}
{{indent}}checked: $day
{{indent}}status: unconfirmed # drop this line when you have seen the page say so
"""
TEACH = f"""\
# What is true comes before anything is asked.
teach:
  brief: | # Markdown, {span(TEACH_BRIEF)} words: what decides, in which order, with one example
    FILL IN the brief.
  misconceptions: # two to six beliefs; each must be named by a rule, goal, fault or quantity
    first-belief:
      belief: FILL IN a belief behind a wrong choice, as a sentence.
      refutation: FILL IN what is true instead, and why.
{{claim6}}    second-belief:
      belief: FILL IN another belief, as a sentence.
      refutation: FILL IN what is true instead, and why.
{{claim6}}"""
_FACT_SAY = f"{span(FACT_SAY)} words, no capital, no dot"
VALUE = f"""\
      {{value}}:
        short: FILL IN a clause for reasons and tables # {span(SHORT)} words
        say: # three clauses of {_FACT_SAY}; [brackets] mark what decides
        - FILL IN with [the words that decide] (1)
        - FILL IN with [the words that decide] (2)
        - FILL IN with [the words that decide] (3)
        brief: # two of {span(FACT_BRIEF)} words that stand alone: no "its" that needs an opening
        - FILL IN the same, short (1)
        - FILL IN the same, short (2)
"""
_DO = f"{span(DO)} words, alike in length, no dot"
OPTION = f"""\
  {{option}}:
    name: FILL IN {span(NAME)} words
    do: # style 1 of all options is shown together: {_DO}
    - FILL IN a whole action (1)
    - FILL IN a whole action (2)
    brief: # {span(OPTION_BRIEF)} words
    - FILL IN the action, short (1)
    - FILL IN the action, short (2)
    fits:
      because: FILL IN the positive reason, a clause
{{claim6}}"""
RULE = """\
- id: ${{code}}{number}
  out:
  - {out}
  when:
    {fact}:
    - {value}
  because: FILL IN the consequence, a clause with a lower letter
  strength: worse # impossible needs a page that says so; breaks_limit, unrequested_work, deprecated
{misconception}{claim2}"""
COST = """\
- goal: {goal}
  option: {option}
  level: {level} # 0 is best; the key and the next option must lie `margin` apart
  because: FILL IN why, a clause
{claim2}"""

GOAL = f"""\
  {{goal}}:
    name: {{name}}
    say: # three clauses of {span(GOAL_SAY)} words, small letter, no dot; brief stems take them too
    - FILL IN you want (1)
    - FILL IN you want (2)
    - FILL IN you want (3)
"""
GRID = {
    "operations": ("the least operational effort", ("first", "fourth", "second", "third")),
    "cost": ("the lowest cost", ("second", "first", "third", "fourth")),
    "time": ("the shortest time", ("third", "fourth", "first", "second")),
}
"""Goal -> its name, and the options from the best on.

With the rules below, each option is the key somewhere, and each rule moves a key: a grid to begin
with, which a test holds against the lint.
"""


def _claim(indent: int) -> str:
    return CLAIM.format(indent=" " * indent)


def _decision() -> str:
    options = ("first", "second", "third", "fourth")
    values = {"need": ("often", "seldom", "never"), "limit": ("tight", "loose")}
    facts = "".join(
        f"  {fact}:\n    role: {role}\n{must}    values:\n"
        + "".join(VALUE.format(value=value) for value in values[fact])
        for fact, role, must in (
            ("need", "problem", "    must: true # every situation states it\n"),
            ("limit", "constraint", ""),
        )
    )
    rules = "".join(
        RULE.format(
            number=number,
            out=out,
            fact=fact,
            value=value,
            misconception=f"  misconception: {belief}\n" if belief else "",
            claim2=_claim(2),
        )
        for number, (out, fact, value, belief) in enumerate(
            (
                ("first", "need", "seldom", "first-belief"),
                ("second", "need", "often", "second-belief"),
                ("third", "limit", "tight", None),
                ("fourth", "limit", "loose", None),
            ),
            1,
        )
    )
    return (
        "# A choice: facts rule options out, a goal picks among those that are left.\n"
        "# docs/pack-format.md lists all fields; the lint has a page for each of its rules.\n"
        + HEAD
        + ABOUT
        + "level: choose # choose: which service or method; configure: how to set it up\n"
        + SCENE
        + "# Facts are told as symptoms or needs, never in the words of the option they favor.\n"
        + "# Roles: state, problem, constraint, and colour for what decides nothing.\nfacts:\n"
        + facts
        + "# Each option must be the key of some situation, and complete: trigger, path, effect.\n"
        + f"# `do` may have {span(OPTIONS['exam'])} words, but over {LONGEST_SENTENCE} warn.\n"
        + "options:\n"
        + "".join(OPTION.format(option=option, claim6=_claim(6)) for option in options)
        + "# One reason a rule. Each must somewhere be the only one against an option. It removes\n"
        + f"# {AIM_OUT} options at most. `because` has {span(BECAUSE)} words, after the fact.\n"
        + "rules:\n"
        + rules
        + "# A goal decides where two options or more are left: "
        + f"in {GOAL_DECIDES:.0%} of the items or more;\n"
        + f"# over all decisions of the pack in {GOAL_DECIDES_OF_PACK:.0%}.\n"
        + "goals:\n"
        + "".join(GOAL.format(goal=goal, name=name) for goal, (name, _) in GRID.items())
        + "costs:\n"
        + "".join(
            COST.format(goal=goal, option=option, level=2 * place, claim2=_claim(2))
            for goal, (_, order) in GRID.items()
            for place, option in enumerate(order)
        )
        + "worked: # a fair situation; `pack try $id --situations` lists them\n"
        + "  facts:\n    need: often\n  goal: operations\n"
        + TEACH.format(claim6=_claim(6))
    )


def _exhibit() -> str:
    faults = "".join(
        f"""\
  {name}:
    id: ${{code}}{number}
    name: FILL IN two to five words
    symptom: wrong
    change: # text that stands once in the exhibit, and what stands there instead
    - sound: FILL IN line {number}
      faulty: FILL IN faulty line {number}
    do: # the mend as an option, 11 to 24 words, alike in length, no dot
    - FILL IN the mend (1)
    - FILL IN the mend (2)
    brief:
    - FILL IN the mend, short (1)
    - FILL IN the mend, short (2)
    because: FILL IN why the fault shows the symptom, a clause
    sound: FILL IN why this mend is idle where its place is right, a clause
{f"    misconception: {belief}{chr(10)}" if belief else ""}{_claim(4)}"""
        for number, (name, belief) in enumerate(
            (
                ("one", "first-belief"),
                ("two", "second-belief"),
                ("three", None),
                ("four", None),
            ),
            1,
        )
    )
    return (
        "# An exhibit: a sound text into which one fault is put; the options are mends.\n"
        "# docs/pack-format.md lists all fields. At least four faults share each symptom.\n"
        + HEAD
        + "form: code # code, log, table; or chart, with `chart` instead of `exhibit`\n"
        + "language: FILL IN what it is, such as SQL\n"
        + ABOUT
        + SCENE
        + "# Names that are drawn together: <<model>> in the exhibit, {model} in prose.\nworlds:\n"
        + "".join(f"- model: name{number}\n" for number in (1, 2, 3))
        + "exhibit: | # sound, 12 to 28 lines of at most 80 characters; no comment that tells\n"
        + "".join(f"  FILL IN line {number}\n" for number in (1, 2, 3, 4))
        + "  <<model>>\nsymptoms:\n  wrong:\n    say: # three clauses, true of each fault\n"
        + "".join(f"    - '[FILL IN what somebody notices ({number})]'\n" for number in (1, 2, 3))
        + "    brief:\n"
        + "".join(f"    - '[FILL IN the same, short ({number})]'\n" for number in (1, 2))
        + "faults:\n"
        + faults
        + "worked: one # the fault that the worked example shows\n"
        + TEACH.format(claim6=_claim(6))
    )


_PAIR = (
    """\
# A pair: two decisions asked at once over one stem. It needs 30 situations; see `pack lint`.
schema: 1
id: $id
title: FILL IN what is decided, for lists and tables
kinds:
- composite # two options of each half in all four combinations
- choose_two # five whole options, one of each half is right
# `keep` says which values of a fact fit the scene; a fact with [] is left unsaid. `options` and
# `goals` say which of the decision's fit; only one half may state a goal.
first:
  decision: $first
  about: FILL IN what this half decides
second:
  decision: $second
  about: FILL IN what this half decides
"""
    + SCENE
    + "max_facts: 2 # of each half\n"
    + "# forbid: # what the halves may not state together\n"
    + "# - first: {fact: [value]}\n#   second: {fact: [value]}\n"
)
_LIMIT = """\
  $id:
    name: FILL IN two to five words, for lists
    topics:
    - $topic
    considerations:
    - $consideration
    ask: # two whole sentences that do not hold the answer
    - FILL IN how it is asked (1)?
    - FILL IN how it is asked (2)?
    number: 0 # or `word:`, where the answer is one
    unit: FILL IN the unit # shown beside the field; drop it where there is none
    because: FILL IN why it matters, one or two sentences.
    # accept: # other spellings that are right
    # near: # wrong answers that deserve a reason: - value: '9'  because: that is when …
""" + _claim(4)


def skeleton(kind: str, words: Mapping[str, str]) -> str:
    """The skeleton of a decision, exhibit, pair or limit, with ``$names`` replaced.

    Raises KeyError for a word that is missing.
    """
    texts = {"decision": _decision(), "exhibit": _exhibit(), "pair": _PAIR, "limit": _LIMIT}
    return _told_once(Template(texts[kind]).substitute(words))


def _told_once(text: str) -> str:
    """The text with each comment at the end of a line only where it comes first."""
    told: set[str] = set()
    lines = []
    for line in text.splitlines():
        content, mark, comment = line.partition(" # ")
        lines.append(content if mark and comment in told else line)
        told.add(comment)
    return "\n".join(lines) + "\n"
