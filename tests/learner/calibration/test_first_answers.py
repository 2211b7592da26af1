from __future__ import annotations

from typing import Any

from roadworthy.learner.calibration.first_answers import FirstAnswer, first_answers, gathered


def test_only_a_first_unaided_answer_that_was_read_counts(diary: Any) -> None:
    """Aided, too fast, repeated and withdrawn answers are left out; the chosen option is kept."""
    decisions = list(diary.generator.rules)
    counted = diary.item(decisions[0])
    wrong = next(n for n, one in enumerate(counted.options) if not one.correct)
    diary.answer(counted, right=False)
    diary.answer(counted, right=True)
    diary.answer(diary.item(decisions[1]), aided=True)
    fast = next(
        one
        for seed in range(50)
        if (one := diary.item(decisions[0], seed)).situation != counted.situation
    )
    diary.answer(fast, seconds=0.2)
    gone = next(
        one
        for seed in range(50)
        if (one := diary.item(decisions[0], seed)).situation
        not in (counted.situation, fast.situation)
    )
    diary.add("withdrawn", presentation=diary.answer(gone))

    found = list(first_answers(diary.events, "someone"))

    assert [(one.item, one.right) for one in found] == [(counted.id, False)]
    assert found[0].option == counted.options[wrong].id
    assert found[0].ways == len(counted.options)


def test_sources_are_numbered_and_a_second_answer_is_passed_over() -> None:
    """The first answer of a learner and item stands, across sources; the floor is 1 / ways."""
    one = [FirstAnswer("a", "x", True, "k", 4), FirstAnswer("b", "y", False)]
    two = [FirstAnswer("a", "x", False, "m", 4), FirstAnswer("b", "x", False, "m", 4)]

    found = gathered([one, two])

    assert found.items == ("x", "y")
    assert found.floor.tolist() == [0.25, 0.0]
    assert found.answers.right.tolist() == [1, 0, 0]
    assert [found.choices.names[n] if n >= 0 else "" for n in found.choices.option] == [
        "k",
        "",
        "m",
    ]
