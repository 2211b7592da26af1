from __future__ import annotations

from roadworthy.lint.lengths import (
    BRIEF_SETUP,
    FACT_BRIEF,
    GOAL_DECIDES,
    GOAL_DECIDES_MOST,
    GOAL_DECIDES_OF_PACK,
    LEAST_KEPT,
    LONGEST_SENTENCE,
    MOST_OUT,
    OPTIONS,
    SPREAD,
    STEM,
    TEACH_BRIEF,
    lengths,
    span,
    table,
)
from roadworthy.lint.rule import LintRule
from roadworthy.lint.rules.brief_out_of_bounds import BriefOutOfBounds
from roadworthy.lint.rules.goal_seldom_decides import GoalSeldomDecides
from roadworthy.lint.rules.length_out_of_bounds import LengthOutOfBounds
from roadworthy.lint.rules.long_sentence import LongSentence
from roadworthy.pack.decision import FactValue, Option, Scene, Teach

WORDS = {4: "four", 5: "five", 6: "six", 10: "ten"}


def page(rule: type[LintRule]) -> str:
    """The docstring of a rule, which is its page, on one line."""
    return " ".join((rule.__doc__ or "").split())


def test_pages_of_rules_have_the_numbers_of_the_code() -> None:
    """What an author reads on a rule is what the rule compares with."""
    stems = page(LengthOutOfBounds)
    assert f"More than {1 - LEAST_KEPT:.0%} of the items" in stems
    assert (
        f"at most {STEM['brief'][1]} words and its options at most {OPTIONS['brief'][1]}" in stems
    )
    assert f"has {span(STEM['exam'])}, its options {span(OPTIONS['exam'])}" in stems
    goals = page(GoalSeldomDecides)
    assert f"fewer than {GOAL_DECIDES_OF_PACK:.0%}" in goals
    assert f"needs {GOAL_DECIDES:.0%} at least" in goals
    assert f"over {GOAL_DECIDES_MOST:.0%}" in goals
    assert f"fewer than {TEACH_BRIEF[0]} words or more than {TEACH_BRIEF[1]}" in page(
        BriefOutOfBounds
    )
    assert f"more than {LONGEST_SENTENCE} words" in page(LongSentence)


def test_rules_on_counts_say_them_in_words() -> None:
    """Rules that write a number as a word write that of the code."""
    from roadworthy.lint.rules.blunt_rule import BluntRule
    from roadworthy.lint.rules.uneven_options import UnevenOptions

    assert f"removes {WORDS[MOST_OUT + 1]} options or more" in page(BluntRule)
    uneven = page(UnevenOptions)
    assert f"more than {WORDS[SPREAD['do']]} words" in uneven
    assert f"more than {WORDS[SPREAD['brief']]}." in uneven


def test_fields_of_the_format_have_the_same_numbers() -> None:
    """The pack lies below the lint and cannot ask it, so its descriptions are compared here."""
    assert f"{span(OPTIONS['exam'])} words" in str(Option.model_fields["do"].description)
    assert f"at most {OPTIONS['brief'][1]} words" in str(Option.model_fields["brief"].description)
    assert f"{span(TEACH_BRIEF)} words" in str(Teach.model_fields["brief"].description)
    assert f"in {span(FACT_BRIEF)} words" in str(FactValue.model_fields["brief"].description)
    opening = str(Scene.model_fields["brief_setup"].description)
    assert f"at most {BRIEF_SETUP[1]} words" in opening
    assert f"would pass {STEM['brief'][1]}" in opening


def test_table_has_a_row_for_each_text() -> None:
    """Bounds of stems, openings, endings, leads and goals are rows like the others."""
    named = {one.text for one in lengths()}

    assert {
        "a brief stem", "an exam stem", "`setup`", "`lead`", "`brief_setup`", "`brief_ask`",
        "`say` of a goal", "`brief` of a fact", "`do` of an option",
    } <= named  # fmt: skip
    assert len(table().splitlines()) == len(named) + 2
    assert all(line.count("|") == 5 for line in table().splitlines())
