"""Items that are more than four options: exhibits, two keys, and limits that are typed."""

from __future__ import annotations

from datetime import timedelta

from tests.web.conftest import Clock, Visitor

from roadworthy.items.generate import Generator
from roadworthy.items.item import Item
from roadworthy.web.exhibit import charts_of, lines_of


def put(visitor: Visitor, item: Item, session: str = "s") -> str:
    """Show an item in a session of its own, and return its presentation."""
    course, now = visitor.desk.course, visitor.clock.now
    course.start_session(session, purpose="more", minutes=30, target=None, now=now)
    view = course.view(session)
    payload = course._shown_payload(view, item, "full", "practice", False, "presented")
    course._append("item_shown", payload, "shown:presented", now)
    return "presented"


def exhibit_item(visitor: Visitor, fault: str) -> Item:
    """An item of the tiny pack's loading list with that fault."""
    generator: Generator = visitor.desk.generator
    for seed in range(200):
        item = generator.generate("van-list", seed=seed, length="brief")
        if item is not None and item.facts["fault"] == fault:
            return item
    raise AssertionError("no such fault")


def test_an_exhibit_stands_beside_its_stem(visitor: Visitor) -> None:
    """The lines are numbered and whole; nothing tells which one is wrong."""
    visitor.settle()
    page = visitor.get(f"/item/{put(visitor, exhibit_item(visitor, 'buns_floor'))}")
    assert "load buns floor" in page
    assert "is-wrong" not in page
    assert "Read the text and the loading list, then choose" in page


def test_feedback_shows_the_corrected_line(visitor: Visitor) -> None:
    """What stood there is struck out, what should stand there is below it, both in words too."""
    visitor.settle()
    item = exhibit_item(visitor, "buns_floor")
    presentation = put(visitor, item)
    visitor.post(f"/item/{presentation}/answer", chosen=item.key, confidence=3)
    page = visitor.get(f"/item/{presentation}")
    assert page.index("Wrong: ") < page.index("load buns floor") < page.index("Right: ")
    assert page.index("Right: ") < page.index("load buns top")


def test_two_keys_need_two_choices(visitor: Visitor) -> None:
    """One choice is refused with what is lacking; two are taken, and both letters are told."""
    visitor.settle()
    item = next(
        one
        for seed in range(50)
        if (
            one := visitor.desk.generator.generate_pair(
                "route-and-remedy", kind="choose_two", seed=seed, length="brief"
            )
        )
    )
    presentation = put(visitor, item)
    assert 'type="checkbox"' in visitor.get(f"/item/{presentation}")
    refused = visitor.post(f"/item/{presentation}/answer", chosen=item.key, confidence=2)
    assert refused.status_code == 422
    assert "Choose two options; 1 of two is chosen." in refused.text
    taken = visitor.post(f"/item/{presentation}/answer", chosen=list(item.keys), confidence=2)
    assert taken.status_code == 303
    page = visitor.get(f"/item/{presentation}")
    letters = " and ".join("ABCDE"[place] for place in item.keys)
    assert f"{letters} are the keys. You chose them and were fairly sure." in page


def test_a_limit_is_typed_judged_and_comes_back(visitor: Visitor, clock: Clock) -> None:
    """From the list to the drill: nothing typed is refused, right is told with its next day."""
    visitor.settle()
    assert "2 of 2 limits to recall now" in visitor.get("/learn/limits")
    visitor.post("/session", session="drill", purpose="recall", minutes=5)
    started = visitor.client.get("/session/drill", follow_redirects=False)
    path = started.headers["location"]
    assert 'name="typed"' in visitor.get(path)
    refused = visitor.post(f"{path}/answer", typed=" ")
    assert refused.status_code == 422
    assert "Type your answer first." in refused.text
    assert "as 1,000 or 2.5" in visitor.post(f"{path}/answer", typed="soon").text
    visitor.post(f"{path}/answer", typed="6")
    page = visitor.get(path)
    assert "Right: 6 o’clock." in page
    assert "It comes back in 1 day." in page
    assert "recalled once, due in 1 day" in visitor.get("/learn/limits")
    visitor.post(f"{path}/undo")
    assert "not asked yet" in visitor.get("/learn/limits")


def test_a_number_may_be_written_as_an_accepted_word(visitor: Visitor) -> None:
    """'six' is no number to the program, but the limit accepts it."""
    visitor.settle()
    visitor.post("/session", session="drill", purpose="recall", minutes=5)
    path = visitor.client.get("/session/drill", follow_redirects=False).headers["location"]
    assert visitor.post(f"{path}/answer", typed="six").status_code == 303
    assert "Right: 6 o’clock." in visitor.get(path)


def test_a_frequent_error_is_answered_with_its_reason(visitor: Visitor) -> None:
    """Who types the hour of the depot is told what that hour is; the limit is due at once."""
    visitor.settle()
    visitor.post("/session", session="drill", purpose="recall", minutes=5)
    path = visitor.client.get("/session/drill", follow_redirects=False).headers["location"]
    visitor.post(f"{path}/answer", typed="9")
    page = visitor.get(path)
    assert "You typed 9. It is 6 o’clock." in page
    assert "that is when the round ends at the depot" in page
    assert "missed last time" in visitor.get("/learn/limits")


def test_recall_leaves_the_forecast_alone(visitor: Visitor, clock: Clock) -> None:
    """Typed answers are no responses on rules: no number of readiness can move by them."""
    visitor.settle()
    visitor.post("/session", session="drill", purpose="recall", minutes=5)
    path = visitor.client.get("/session/drill", follow_redirects=False).headers["location"]
    clock.now += timedelta(seconds=20)
    visitor.post(f"{path}/answer", typed="6")
    state = visitor.desk.course.state()
    assert state.responses == ()
    assert list(state.limits) == ["first-stop"]


def test_lines_keep_their_numbers_beside_corrections(visitor: Visitor) -> None:
    """A line too many is struck out and nothing stands in its place; a missing one is added."""
    twice = exhibit_item(visitor, "double_stop").exhibit
    missing = exhibit_item(visitor, "no_depot").exhibit
    assert twice is not None and missing is not None
    assert [line.state for line in lines_of(twice, corrected=True)].count("wrong") == 1
    assert [line.state for line in lines_of(missing, corrected=True)][-1] == "right"
    assert all(line.state == "" for line in lines_of(missing, corrected=False))
    assert charts_of(missing, corrected=False) == ()
