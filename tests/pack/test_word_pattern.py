from __future__ import annotations

import pytest

from roadworthy.pack.word_pattern import compile_pattern, plain_words, sentences_of

NAMES = {"dispatch": ["Crumbline Dispatch", "Loaf Router"]}


def heard(pattern: str, text: str) -> bool:
    """Whether the pattern finds its words in the text."""
    return bool(compile_pattern(pattern, NAMES.__getitem__).search(plain_words(text)))


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("real time", "A Real-Time answer"),
        ("(least|little) .. effort", "with the least of all operational effort"),
        ("(very)? late", "it is late"),
        ("very? late", "it is very late"),
        ("predict* now", "Predictions, now"),
        ("(ask|one of (two|three) bakers) left", "one of three bakers left"),
        ("use {@dispatch}", "Use two: no, use Loaf Routers"),
        ("5 percent of", "5% of them"),
        ("less than # ms", "in less than 50 ms"),
        ("dont know", "They don’t know"),
    ],
)
def test_a_pattern_hears_words(pattern: str, text: str) -> None:
    """Whatever case, hyphens, endings and names an author uses."""
    assert heard(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("real time", "an unreal time"),
        ("late", "later"),
        ("(least|little) .. effort", "least one two three four five six seven effort"),
        ("use {@dispatch}", "use a loaf"),
    ],
)
def test_a_pattern_hears_whole_words_only(pattern: str, text: str) -> None:
    """No parts of words, and no gaps of more than six words."""
    assert not heard(pattern, text)


@pytest.mark.parametrize("pattern", ["", "(a|b", "a)", "(a|)", "a ? b", "a & b", "{@Dispatch"])
def test_a_bad_pattern_is_refused(pattern: str) -> None:
    """An author learns of it when the pack is loaded."""
    with pytest.raises(ValueError, match=r"[a-z]"):
        compile_pattern(pattern, NAMES.__getitem__)


def test_sentences_end_with_their_marks() -> None:
    """A gap does not reach over the end of a sentence; a point within a name is none."""
    assert sentences_of("Use tf.data now. Then stop!\n\nWhy?") == [
        " use tf data now ", " then stop ", " why ",
    ]  # fmt: skip
