"""An exhibit is begun after a decision of its topic; nothing waits for ever."""

from __future__ import annotations

from roadworthy.pack.model import Pack
from roadworthy.study.teaching_order import ready_to_begin, taught_before


def test_an_exhibit_waits_for_a_decision_of_its_topic(tiny_pack: Pack) -> None:
    """The loading list comes after the decision on ways has been met, not before."""
    before = taught_before(tiny_pack)
    assert before == {"van-list": frozenset({"delivery-route"})}
    unmet = ["van-list", "new-oven"]
    assert ready_to_begin(unmet, lambda _: False, before) == ["new-oven"]
    assert ready_to_begin(unmet, {"delivery-route"}.__contains__, before) == unmet


def test_what_alone_is_left_is_not_held_back(tiny_pack: Pack) -> None:
    """A pack of nothing but exhibits can be begun as well."""
    before = taught_before(tiny_pack)
    assert ready_to_begin(["van-list"], lambda _: False, before) == ["van-list"]
